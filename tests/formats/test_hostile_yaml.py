"""YAML that is a trap: refused with a sentence, quickly, whatever it tries."""

import time

import pytest

from assessments.formats import yaml_tree
from assessments.formats.bank import load_bank

from .minimal import BANK, problems_of, spoilt

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", "1: the file is empty"),
        ("# nothing but a remark\n", "1: the file is empty"),
        ("just words", '1: fields (format, key, version, title, levels, pillars) expected, found "just words"'),
        (BANK + BOMB, "33: a: anchors are not allowed"),
        (BANK + BOMB, "34: b[0]: aliases are not allowed"),
        (BANK + "key: again\n", "33: key: this field stands twice, first in line 2"),
        (BANK.replace("title: A", "title: !!python/object:os.system A"), "4: title: tags are not allowed"),
        (BANK.replace("title: A", "title: ! A"), "4: title: tags are not allowed"),
        (BANK + "---\nformat: maturity-bank/1\n", "33: a second document starts here"),
        ("%YAML 1.1\n---\n" + BANK, "2: directives are not allowed"),
        (BANK.replace("    name: Pillar", "\tname: Pillar"), "14: this is not YAML: a tab where spaces are expected"),
        (BANK.replace("A tiny bank", "'unclosed"), "this is not YAML: "),
        (BANK.replace("{name: One", "{{name: One"), "7: "),
        (BANK + "more: " + "[" * 100_000, "33: more[0]"),
        (BANK.replace("A tiny bank", "x" * 20_000_000), "1: a file longer than 4,000,000 bytes is not read"),
        ("\ufeff" + BANK, "1: the file starts with a byte order mark"),
        (BANK.replace("tiny bank", "tiny\0bank"), "4: the character U+0000 cannot be printed"),
        (BANK.replace("A tiny bank", r'"a\0b"'), "4: title: the character U+0000 cannot be printed"),
        (BANK.replace("A tiny bank", r'"a\ud83d"'), "4: title: half of a character"),
        (BANK.encode().replace(b"tiny bank", b"t\xefny bank"), "4: the file is not UTF-8"),
        (BANK.encode("utf-16"), "1: the file is not UTF-8"),
        (BANK + "? [a, b]\n: c\n", "33: a field's name must be text"),
        (BANK + "<<: {key: other}\n", '33: ["<<"]: unknown field'),
        (BANK + f"{'k' * 300}: 1\n", "33: "),
        (BANK + "".join(f"k{n}: 1\n" for n in range(300_000)), "75: k42: nothing in a bank has more than 50 fields"),
        (BANK + "*a : 1\n" * 300_000, '75: ["?"]: nothing in a bank has more than 50 fields'),
        (BANK + "more: {" + "k: 1, " * 300_000 + "}\n", "33: more.k: nothing in a bank has more than 50 fields"),
        (BANK + "more: [" + "[], " * 900_000 + "]\n", "33: more: no list in a bank has more than 5,000 entries"),
        (BANK + f"more: [{', '.join(['[a, b, c]'] * 4_999)}]\n", "33: more: unknown field"),
        (BANK + "? " * 100_000, "33: a field's name must be text"),
        (BANK.replace("weight: 1\n", "weight: " + "9" * 10_000 + "\n"), "weight: a number expected, found"),
        (BANK.replace("weight: 1\n", "weight: 1." + "0" * 10_000 + "\n"), "weight: a number expected, found"),
        (BANK + '"line\\nbreak": 1\n', '33: ["line\\nbreak"]: unknown field'),
    ],
)
def test_trap_is_refused_with_a_sentence(source, expected):
    start = time.process_time()
    lines = problems_of(source)
    assert any(expected in line for line in lines), lines
    assert all(len(line) < 300 for line in lines)
    assert time.process_time() - start < 3


def test_many_nodes_are_refused_however_they_are_spread(monkeypatch):
    monkeypatch.setattr(yaml_tree, "MAX_NODES", 1_000)
    crowd = "".join(f"  - [{'a, ' * 98}a]\n" for _ in range(10))
    [line] = problems_of(BANK + "more:\n" + crowd)
    assert line.startswith("tiny.yaml:43: more[9][") and line.endswith("no bank has more than 1,000 fields and entries")


@pytest.mark.parametrize(
    "word",
    [
        *("No", "yes", "on", "Off", "y", "TRUE", "~", "null", "", "<<", "="),
        *("1.10", "7", "1_000", "0x1F", "0o17", "017", "0b11", "1e3", ".5", "12:30:45", "-.inf", ".NaN"),
        *("2026-11-24", "2026-11-24 10:00:00"),
    ],
)
def test_bare_word_that_some_reader_takes_for_something_else_must_be_quoted(word):
    [line] = problems_of(spoilt("title: A tiny bank", f"title: {word}"))
    assert line.startswith("tiny.yaml:4: title: ")
    assert "quote it" in line or word == ""
    if word:
        assert load_bank(spoilt("title: A tiny bank", f'title: "{word}"')).title == word


@pytest.mark.parametrize(
    "word", ["Nobody", "yesterday", "1.0.0", "90d", "v1", "10 %", "null and void", "12 people", "-x"]
)
def test_bare_words_that_are_text_for_everybody_stay_text(word):
    assert load_bank(spoilt("title: A tiny bank", f"title: {word}")).title == word


def test_surrogate_pairs_of_json_become_one_character():
    assert load_bank(spoilt("A tiny bank", r'"\ud83d\ude00"')).title == "😀"


def test_line_breaks_of_windows_do_not_change_the_bank():
    assert load_bank(BANK.replace("\n", "\r\n")) == load_bank(BANK)
