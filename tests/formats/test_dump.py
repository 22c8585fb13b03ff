"""Load, dump, load is the identity, and the dumped text is one for all."""

import dataclasses
import hashlib
import io
import pathlib
from random import Random

import pytest
from hypothesis import given, strategies as st
from ruamel.yaml import YAML

from assessments.formats.bank import load_bank, read_bank
from assessments.formats.dump import checksum, dump_bank
from assessments.scoring.bank import NextStep
from tests.scoring.strategies import random_bank

from .minimal import BANK

ROOT = pathlib.Path(__file__).parents[2]

TRICKY = [
    *(
        "No",
        "1.10",
        "~",
        "2026-11-24",
        "a: b",
        "a #b",
        "- a",
        "# a",
        "'a'",
        '"a"',
        "a\\b",
        "{a}",
        "*a",
        "a:",
        "...",
        "---",
    ),
    *(" leading", "trailing ", "a\nb", "a\n\nb", "a\n", "\na", " a\nb", "a\n b", "a \nb", "a\n\n", "a\tb", "a\r\nb"),
    *(
        "نص عربي",
        "\u202eabc",
        "a\u2028b",
        "a\x85b",
        "\ufeffa",
        "👩\u200d💻",
        "é",
        "\xa0a",
        "中文",
        "<script>",
        "%a",
        "@a",
        "`a",
    ),
]

texts = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t\r"), max_size=60),
).filter(str.strip)


def with_text(text):
    """The small bank with one text in every place that holds one."""
    bank = load_bank(BANK)
    pillar = bank.pillars[0]
    question = dataclasses.replace(
        pillar.questions[0], text=text, help=text, error=text, anchors=(text, None, text, None, text), covers=(text.strip()[:64],),
        next_steps=(NextStep(2, text, owner=text),),
    )  # fmt: skip
    pillar = dataclasses.replace(pillar, name=text, questions=(question,))
    return dataclasses.replace(bank, title=text, about=text, pillars=(pillar,))


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_text_survives(text):
    bank = with_text(text)
    assert load_bank(dump_bank(bank)) == bank


@given(texts)
def test_any_text_survives_and_its_dump_is_stable(text):
    bank = with_text(text)
    dumped = dump_bank(bank)
    assert load_bank(dumped) == bank
    assert dump_bank(load_bank(dumped)) == dumped


@pytest.mark.parametrize("version", [(1, 1), (1, 2)])
@pytest.mark.parametrize("text", TRICKY)
def test_other_readers_see_the_same_text(text, version):
    reader = YAML(typ="safe", pure=True)
    reader.version = version
    data = reader.load(io.StringIO(dump_bank(with_text(text))))
    assert data["title"] == data["pillars"][0]["name"] == data["pillars"][0]["questions"][0]["anchors"][4] == text


@pytest.mark.parametrize("seed", range(40))
def test_random_banks_survive(seed):
    bank = random_bank(Random(seed), largest=seed % 10 == 0)
    assert load_bank(dump_bank(bank)) == bank


@pytest.mark.parametrize("name", ["ai-leadership.yaml", "demo/small.yaml"])
def test_shipped_banks_survive_and_keep_their_checksum(name):
    bank = read_bank(ROOT / "fixtures" / name)
    again = load_bank(dump_bank(bank))
    assert again == bank
    assert again.checksum == bank.checksum == checksum(bank)


def test_checksum_is_the_sha256_of_the_text():
    bank = load_bank(BANK)
    assert checksum(bank) == "sha256:" + hashlib.sha256(dump_bank(bank).encode()).hexdigest()


def test_comments_order_of_fields_and_quotes_do_not_change_the_checksum():
    other = BANK.replace("title: A tiny bank\n", "").replace("key: tiny", "title: 'A tiny bank'  # ours\nkey: \"tiny\"")
    assert load_bank(other).checksum == load_bank(BANK).checksum


def test_a_changed_word_changes_the_checksum():
    assert load_bank(BANK.replace("- Half", "- A half")).checksum != load_bank(BANK).checksum


def test_defaults_are_left_out_and_several_lines_stand_as_a_block():
    bank = dataclasses.replace(load_bank(BANK), about="One.\n\nTwo.")
    text = dump_bank(bank)
    assert "about: |-\n  One.\n\n  Two.\n" in text
    assert "weight" not in text
    assert "allows_na: false" not in text
    assert "central: false" not in text


@pytest.mark.parametrize("weight", [0, 0.001, 0.1, 1 / 3, 2.5, 1000])
def test_weights_survive_to_the_last_bit(weight):
    bank = load_bank(BANK)
    heavy = dataclasses.replace(
        bank.pillars[0].questions[0], weight=weight, next_steps=(NextStep(1, "x", effort=weight or 1e-7),)
    )
    pillar = dataclasses.replace(bank.pillars[0], questions=(heavy, bank.pillars[0].questions[1]))
    bank = dataclasses.replace(bank, pillars=(pillar,))
    assert load_bank(dump_bank(dataclasses.replace(bank))).questions["q1"] == dataclasses.replace(heavy)
