"""Reading answers: what is wrong is named with its line and place, and a trap is refused in time."""

import json
import time

import pytest

from assessments.formats.answers import AnswersReader, load_answers, read_one
from assessments.formats.bank import load_bank
from assessments.formats.problems import ProblemsError
from assessments.scoring.answers import Evidence

from .minimal import BANK

TINY = load_bank(BANK)

ANSWERS = """\
{
  "format": "maturity-answers/1",
  "id": "acme",
  "invited": 3,
  "targets": {"p": 3.5},
  "respondents": [
    {
      "id": "r1",
      "role": "ceo",
      "answers": {"q1": 4, "q2": "dont_know"},
      "evidence": {"q1": {"grade": 2, "text": "Minutes", "link": "https://example.org/m"}, "q2": 1},
      "reasons": {"q1": "why"},
      "comments": {"q2": "so"}
    },
    {
      "id": "r2",
      "answers": {"q1": null}
    }
  ]
}
"""


def problems_of(text):
    with pytest.raises(ProblemsError) as caught:
        load_answers(text, TINY, "a.json")
    return str(caught.value).splitlines()


def spoilt(old, new):
    assert ANSWERS.count(old) == 1
    return ANSWERS.replace(old, new)


def test_answers_are_read():
    answers = load_answers(ANSWERS, TINY)
    first, second = answers.respondents
    assert (answers.id, answers.invited, answers.targets) == ("acme", 3, {"p": 3.5})
    assert first.answers == {"q1": 4, "q2": "dont_know"}
    assert first.evidence == {"q1": Evidence(2, "Minutes", "https://example.org/m"), "q2": Evidence(1)}
    assert (first.role, first.reasons, first.comments) == ("ceo", {"q1": "why"}, {"q2": "so"})
    assert second.answers == {}


def test_only_respondents_their_ids_and_answers_are_required():
    assert load_answers('{"respondents": []}', TINY).respondents == ()
    answers = load_answers('{"respondents": [{"id": "r", "answers": {}}], "id": null, "targets": null}', TINY)
    assert (answers.id, answers.invited, answers.targets) == (None, None, {})


def test_target_stays_as_it_was_given():
    assert repr(load_answers(spoilt("3.5", "4"), TINY).targets["p"]) == "4"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"q1": 4', '"q1": 0', "10: respondents[0].answers.q1: a level from 1 to 5 expected"),
        ('"q1": 4', '"q1": 6', "10: respondents[0].answers.q1: a level from 1 to 5 expected"),
        ('"q1": 4', '"q1": 3.0', "10: respondents[0].answers.q1: a level from 1 to 5 expected, written as a whole"),
        ('"q1": 4', '"q1": true', "10: respondents[0].answers.q1: a level from 1 to 5 expected"),
        ('"q1": 4', '"q1": "4"', "10: respondents[0].answers.q1: a level from 1 to 5 expected"),
        ('"q1": 4', '"q1": "maybe"', "10: respondents[0].answers.q1: a level from 1 to 5 expected, written as a whole"),
        ('"q1": 4', '"q1": [4]', "10: respondents[0].answers.q1: a level from 1 to 5 expected"),
        ('"q1": 4', '"q1": NaN', "10: respondents[0].answers.q1: a level from 1 to 5 expected"),
        ('"q1": 4', '"q1": ' + "9" * 10_000, "10: respondents[0].answers.q1: a level from 1 to 5 expected"),
        ('"q1": 4', '"q3": 4', '10: respondents[0].answers.q3: this bank has no question "q3"'),
        ('"q1": 4', '"q1": 4, "q1": 5', "10: respondents[0].answers.q1: this key stands more than once"),
        ('"dont_know"', "2", "10: respondents[0].answers.q2: this question does not offer level 2; choose 1, 3 or 5"),
        ('"dont_know"', '"not_applicable"', "10: respondents[0].answers.q2: this question always applies"),
        ('"id": "r2"', '"id": "r1"', '16: respondents[1].id: the id "r1" is taken by respondents[0]'),
        ('"id": "r2"', '"id": 2', "16: respondents[1].id: text expected, found 2"),
        ('"id": "r2"', '"id": ""', "16: respondents[1].id: this text is empty"),
        ('"id": "r2"', '"id": null', "16: respondents[1].id: text expected, found null"),
        ('"id": "r2"', r'"id": "\ud800"', "16: respondents[1].id: the character U+D800 is not text"),
        ('"id": "r2"', r'"id": "a\u0000"', "16: respondents[1].id: the character U+0000 is not text"),
        ('"id": "r2",\n', "", "15: respondents[1].id: this field is missing"),
        ('"answers": {"q1": null}', '"answer": {"q1": null}', "17: respondents[1].answer: unknown field"),
        ('"answers": {"q1": null}', '"answers": []', "17: respondents[1].answers: an object expected, found a list"),
        ('"invited": 3', '"invited": 1', "4: invited: 1 invited, but 2 respondents"),
        ('"invited": 3', '"invited": true', "4: invited: a whole number of people expected, found true"),
        ('"invited": 3', '"invited": 3.0', "4: invited: a whole number of people expected, found 3.0"),
        ('"p": 3.5', '"p": 5.5', "5: targets.p: a target from 1 to 5 expected, found 5.5"),
        ('"p": 3.5', '"p": true', "5: targets.p: a target from 1 to 5 expected, found true"),
        ('"p": 3.5', '"p": Infinity', "5: targets.p: a target from 1 to 5 expected, found Infinity"),
        ('"p": 3.5', '"p": 1e999', "5: targets.p: a target from 1 to 5 expected, found 1e999"),
        ('"p": 3.5', '"p": 3.' + "5" * 10_000, "5: targets.p: a target from 1 to 5 expected, found 3.5555"),
        ('"invited": 3', '"invited": ' + "9" * 10_000, "4: invited: a whole number of people expected, found 9999"),
        ('"q2": 1}', '"q2": ' + "1" * 10_000 + "}", "11: respondents[0].evidence.q2: an evidence grade is 0, 1, 2"),
        ('"p": 3.5', '"x": 3', '5: targets.x: this bank has no pillar "x"'),
        ('"q2": 1}', '"q2": 4}', "11: respondents[0].evidence.q2: an evidence grade is 0, 1, 2 or 3, found 4"),
        ('"q2": 1}', '"q2": true}', "11: respondents[0].evidence.q2: an evidence grade is 0, 1, 2 or 3, found true"),
        ('"q2": 1}', '"zz": 1}', '11: respondents[0].evidence.zz: this bank has no question "zz"'),
        ('"grade": 2, ', "", "11: respondents[0].evidence.q1.grade: this field is missing"),
        ('"grade": 2', '"grade": 2.0', "11: respondents[0].evidence.q1.grade: an evidence grade is"),
        ("https://example.org/m", "javascript:alert(1)", "11: respondents[0].evidence.q1.link: a link starts with"),
        ('"q1": "why"', '"q9": "why"', '12: respondents[0].reasons.q9: this bank has no question "q9"'),
        ('"q2": "so"', '"q2": 7', "13: respondents[0].comments.q2: text expected, found 7"),
        ('"q2": "so"', f'"q2": "{"x" * 10_001}"', "13: respondents[0].comments.q2: 10,001 characters"),
        ('"id": "acme"', '"id": "acme", "extra": 1', "3: extra: unknown field"),
        ("maturity-answers/1", "maturity-answers/2", "2: format: "),
        ('"respondents"', '"respondent"', "1: respondents: this field is missing"),
        ('"invited": 3,', '"invited": 3', "5: this is not JSON: "),
    ],
)
def test_broken_rule_is_named_with_line_and_place(old, new, expected):
    assert any(line.startswith(f"a.json:{expected}") for line in problems_of(spoilt(old, new)))


def test_every_problem_is_reported_at_once():
    text = spoilt('"q1": 4', '"q1": 9').replace('"invited": 3', '"invited": 0').replace('"q2": "so"', '"q5": "so"')
    assert [line.split(": ")[0] for line in problems_of(text)] == ["a.json:4", "a.json:10", "a.json:13"]


@pytest.mark.parametrize("text", ["[]", "3", '"x"', "null", "true", "NaN"])
def test_anything_but_an_object_is_refused(text):
    assert "a.json:1: an object expected, found" in problems_of(text)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (json.dumps({f"k{i}": i for i in range(300_000)}), "a.json:1: k0: unknown field"),
        (json.dumps({f"k{i}": i for i in range(300_000)}, indent=0), "a.json:2: k0: unknown field"),
        (
            '{\n"respondents":\n' + "[" * 100_000 + "]" * 100_000 + "}",
            "a.json:3: lists or objects are nested too deeply",
        ),
        ("[" * 100_000, "a.json:1: lists or objects are nested too deeply"),
        ('{"a":' * 100_000, "a.json:1: lists or objects are nested too deeply"),
        (spoilt('"acme"', f'"{"x" * 20_000_000}"'), "a.json:3: id: 20,000,000 characters"),
        (spoilt('"acme"', '"' + r"\n" * 10_000_000 + '"'), "a.json:3: id: 10,000,000 characters"),
        (spoilt('"id": "acme"', f'"{"x" * 20_000_000}": 1'), 'a.json:3: ["xxx'),
        (spoilt('"invited": 3', '"invited": ' + "9" * 10_000), "a.json:4: invited: a whole number of people"),
        (
            json.dumps({"respondents": [{"id": "same", "answers": {}}] * 50_000}),
            'a.json:1: respondents[1].id: the id "same" is taken',
        ),
        ('{"respondents": [' + "[]," * 900_000 + "[]]}", "a.json:1: respondents: 900,001 respondents; at most 100,000"),
    ],
    ids=[
        "keys",
        "keys in lines",
        "arrays",
        "open arrays",
        "objects",
        "string",
        "escapes",
        "key",
        "digits",
        "same id",
        "many",
    ],
)
def test_trap_is_refused_in_time_and_in_few_words(text, expected):
    start = time.process_time()
    lines = problems_of(text)
    assert time.process_time() - start < 5
    assert lines[0].startswith(expected)
    assert len(lines) <= 101
    assert all(len(line) < 300 for line in lines)


def test_one_reader_reads_many():
    reader = AnswersReader(TINY)
    assert reader.read(ANSWERS) == reader.read(ANSWERS)


def test_one_assessment_is_wanted_where_assessments_are_compared(tmp_path):
    path = tmp_path / "a.jsonl"
    line = json.dumps(json.loads(ANSWERS))
    for content, sentence in (("", "the file is empty"), (f"{line}\n{line}\n", "more than one assessment")):
        path.write_text(content)
        with pytest.raises(ProblemsError, match=sentence):
            read_one(path, TINY)
    path.write_text(line)
    assert read_one(path, TINY).id == "acme"


def test_a_key_that_stands_twice_does_not_hide_what_else_is_wrong():
    text = spoilt('"q1": 4', '"q1": 4, "q1": 9').replace('"invited": 3', '"invited": -1')
    assert [line.split(": ")[1] for line in problems_of(text)] == [
        *("invited", "respondents[0].answers.q1", "respondents[0].answers.q1"),
    ]
