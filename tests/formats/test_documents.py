"""One object, or one a line: what a file holds is told from its content."""

import io
import json

import pytest

from assessments.formats import documents as module
from assessments.formats.documents import AnswersText, documents
from assessments.formats.problems import ProblemsError

ONE = {"id": "a", "respondents": [{"id": "r1", "answers": {"q": 3}}]}
LINE = json.dumps(ONE)
PRETTY = json.dumps(ONE, indent=2)


def cut(content, name="answers.json"):
    """What documents() makes of a file: (line, value), or the sentence of the problem."""
    raw = content if isinstance(content, bytes) else content.encode()
    found = []
    for document in documents(io.BytesIO(raw), name):
        if isinstance(document, ProblemsError):
            found.append(str(document))
        else:
            assert isinstance(document, AnswersText)
            found.append((document.line, document.text.strip()))
    return found


@pytest.mark.parametrize("name", ["answers.json", "answers.jsonl", "/dev/stdin"])
@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("", []),
        ("\n  \n\r\n", []),
        (LINE, [1]),
        (f"{LINE}\n", [1]),
        (f"\n\n{LINE}\n\n{LINE}\n", [3, 5]),
        (f"{LINE}\r\n{LINE}\r\n", [1, 2]),
        (f"\ufeff{LINE}\n{LINE}", [1, 2]),
        (f"{LINE}\n" * 500, list(range(1, 501))),
    ],
)
def test_json_lines(name, content, lines):
    assert cut(content, name) == [(line, LINE) for line in lines]


@pytest.mark.parametrize("content", [PRETTY, f"\n\n{PRETTY}\n\n", PRETTY.replace("\n", "\r\n"), f"\ufeff{PRETTY}"])
def test_one_object_over_many_lines(content):
    [(line, text)] = cut(content)
    assert line == 1
    assert json.loads(text) == ONE


def test_line_numbers_count_blank_lines_inside_an_object():
    [(line, text)] = cut('{"id":\n\n\n"a", oops}')
    assert (line, text.split("\n").index('"a", oops}')) == (1, 3)


def test_one_respondent_a_line_is_still_one_object():
    content = '{"respondents": [\n{"id": "r1", "answers": {"q": 3}}\n]}'
    assert [line for line, _ in cut(content)] == [1]


@pytest.mark.parametrize("bad", ["oops", LINE[:-9], "[" * 100_000, '{"id": ' + "9" * 10_000 + "}"])
def test_a_bad_first_line_does_not_hide_the_others(bad):
    assert [line for line, _ in cut(f"{bad}\n{LINE}\n{LINE}\n")] == [1, 2, 3]


def test_a_name_in_jsonl_settles_it():
    assert [line for line, _ in cut("oops\nworse\n", "a.jsonl")] == [1, 2]
    assert [line for line, _ in cut("oops\nworse\n", "a.json")] == [1]


def test_what_is_no_utf8_is_named_and_the_rest_is_read():
    assert cut(LINE.encode() + b"\n\xff\xfe\n" + LINE.encode(), "a.json") == [
        (1, LINE),
        "a.json:2: this is not UTF-8; save the file as UTF-8",
        (3, LINE),
    ]


def test_a_line_that_is_too_long_is_named_and_skipped(monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    long = json.dumps({**ONE, "id": "x" * 1000})
    [first, second, third] = cut(f"{LINE}\n{long}\n{LINE}\n")
    assert (first, third) == ((1, LINE), (3, LINE))
    assert second.startswith("answers.json:2: an assessment longer than 100 bytes")
    assert len(cut(json.dumps({**ONE, "id": "x" * 1000}, indent=2))) == 1


def test_short_things_in_great_number_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_PARTS", 50)
    crowd = '{"respondents": [' + "[]," * 50 + "[]]}"
    assert cut(f"{crowd}\n{LINE}\n") == [
        "answers.json:1: an assessment of more than 50 fields and entries is not read",
        (2, LINE),
    ]


class Broken(io.BytesIO):
    """A file whose disk goes away."""

    def readline(self, size=-1):
        raise OSError(5, "Input/output error")


def test_a_file_that_breaks_off_is_a_sentence():
    [error] = documents(Broken(), "a.json")
    assert str(error) == "a.json:1: the file cannot be read: Input/output error"
