"""A translation from YAML and back: the bank's keys, only texts, every mistake with its line."""

from pathlib import Path

import pytest

from assessments.formats.bank import load_bank, read_bank
from assessments.formats.dump import dump_translation
from assessments.formats.places import texts_of, translated
from assessments.formats.problems import ProblemsError
from assessments.formats.translation import parse_translation, translations_beside, warnings

from .minimal import BANK

TINY = load_bank(BANK)
GERMAN = """\
format: maturity-translation/1
bank: tiny
bank_version: 1.0.0
language: de
version: 1.2.0
title: Eine winzige Bank
levels:
  - {name: Eins, summary: Die erste}
  - {name: Zwei}
  - {}
  - {}
  - {name: Fünf, summary: Die fünfte}
pillars:
  - key: p
    name: Säule
    questions:
      - key: q2
        text: Wie oft?
        anchors: ["Nie", null, Manchmal, null, null]
      - key: q1
        text: Was?
        anchors: [Nichts, Etwas, Die Hälfte, Das meiste, Alles]
        next_steps:
          - {from: 1, action: Anfangen, owner: Geschäftsleitung}
source_changed: [questions/q1/anchors/2]
"""


def parsed(text, bank=TINY):
    return parse_translation(text, "tiny.de.yaml", lambda key, version: bank if key == bank.key else None)


def problems_of(text):
    with pytest.raises(ProblemsError) as caught:
        parsed(text)
    return str(caught.value).splitlines()


def spoilt(old, new):
    assert GERMAN.count(old) == 1, f"{old!r} stands {GERMAN.count(old)} times"
    return GERMAN.replace(old, new)


def test_texts_are_found_by_their_place_in_bank_order():
    found = parsed(GERMAN).translation
    assert (found.bank, found.bank_version, found.language, found.version) == ("tiny", "1.0.0", "de", "1.2.0")
    assert found.texts["questions/q1/anchors/3"] == "Die Hälfte"
    assert found.texts["questions/q1/next_steps/1/owner"] == "Geschäftsleitung"
    assert list(found.texts) == [place for place in texts_of(TINY) if place in found.texts]
    assert found.changed == {"questions/q1/anchors/2"}


def test_what_is_missing_is_listed():
    assert parsed(GERMAN).missing == (
        *("levels/2/summary", "levels/3/name", "levels/3/summary", "levels/4/name", "levels/4/summary"),
        "questions/q2/anchors/5",
    )


def test_file_comes_back_as_it_was():
    found = parsed(GERMAN).translation
    text = dump_translation(found, TINY)
    assert parsed(text).translation == found
    assert dump_translation(parsed(text).translation, TINY) == text


def test_translated_bank_has_the_same_keys_and_figures_and_falls_back():
    bank = translated(TINY, parsed(GERMAN).translation.texts, "de")
    assert (bank.language, bank.title, bank.checksum) == ("de", "Eine winzige Bank", TINY.checksum)
    assert bank.questions["q2"].anchors == ("Nie", None, "Manchmal", None, "Always")
    assert [level.name for level in bank.levels] == ["Eins", "Zwei", "Three", "Four", "Fünf"]
    step, source = bank.questions["q1"].next_steps[0], TINY.questions["q1"].next_steps[0]
    assert (step.action, step.owner) == ("Anfangen", "Geschäftsleitung")
    assert (step.effort, step.horizon, step.requires) == (source.effort, source.horizon, source.requires)
    assert translated(bank, texts_of(TINY), "en") == TINY


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - key: p\n", "  - key: p\n    weight: 2\n", "tiny.de.yaml:15: pillars[0].weight: unknown field"),
        (
            "      - key: q2\n",
            "      - key: q9\n",
            'pillars[0].questions[0].key: there is no question "q9" in this bank',
        ),
        ("- key: q2\n", "- key: q1\n", 'pillars[0].questions[1].key: "q1" is the key of a question before this one'),
        ("text: Was?", "text: Was?\n        help: Hilfe", "questions[1].help: the bank has no text here"),
        ('["Nie", null,', "[Nie, Selten,", "questions[0].anchors[1]: the bank has no text here; leave it out"),
        ("Das meiste, Alles]", "Alles]", "anchors: five anchors expected, four found"),
        ("from: 1", "from: 2", "from: the bank's step 1 here is from level 1; keep the bank's order"),
        ("language: de", "language: en", '"en" is the bank\'s own language'),
        ("language: de", "language: no such", "language: a language tag such as de, pt-BR or ar expected"),
        ("bank: tiny", "bank: huge", 'bank: there is no question bank "huge 1.0.0" here; load it first'),
        ("anchors/2]", "anchors/9]", "source_changed[0]: this file has no text for"),
        ("text: Was?", "text: Nein\n        short: Ein sehr langer Name für eine Achse", "at most 24 are allowed"),
        ("text: Was?", "text: No", "quote it"),
    ],
)
def test_mistake_is_named_with_its_line(old, new, said):
    found = problems_of(spoilt(old, new))
    assert any(said in line for line in found), found
    assert all(line.startswith("tiny.de.yaml:") for line in found)


def test_all_mistakes_are_named_at_once():
    text = spoilt("from: 1", "from: 2").replace("text: Was?", "text: Was?\n        help: Hilfe")
    assert len(problems_of(text)) == 2


def test_author_is_warned_of_what_is_long_untranslated_or_old():
    text = spoilt("Etwas", " ".join(["Wort"] * 31)).replace("Eine winzige Bank", "A tiny bank indeed")
    bank = load_bank(BANK.replace("A tiny bank", "A tiny bank indeed"))
    assert {place: said.split(";")[0] for place, said in warnings(parsed(text, bank))} == {
        "title": "the same words as in the bank's own language",
        "questions/q1/anchors/2": "the source has changed since this was translated",
    }
    long = parsed(text.replace("source_changed: [questions/q1/anchors/2]\n", ""), bank)
    assert ("questions/q1/anchors/2", "31 words; a statement of more than 30 is not read to its end") in [
        *warnings(long)
    ]


def test_shipped_bank_is_whole_in_german():
    bank = read_bank("fixtures/ai-leadership.yaml")
    (german,) = translations_beside(Path("fixtures/ai-leadership.yaml"), bank)
    assert (german.translation.language, german.missing) == ("de", ())
    assert list(warnings(german)) == []
