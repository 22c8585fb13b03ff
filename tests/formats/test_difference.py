"""What differs between two versions of a bank, and the number that the rules ask for."""

import dataclasses
import pathlib

import pytest

from assessments.formats.bank import read_bank
from assessments.formats.difference import Bump, DifferenceKind, asked, differences, is_slip, numbers, raised
from assessments.scoring.bank import NextStep

BANK = read_bank(pathlib.Path(__file__).parents[2] / "fixtures" / "ai-leadership.yaml")
FIRST = BANK.pillars[0].questions[0]


def with_first(**changes):
    pillar = BANK.pillars[0]
    questions = (dataclasses.replace(FIRST, **changes), *pillar.questions[1:])
    return with_pillar(questions=questions)


def with_pillar(**changes):
    return dataclasses.replace(BANK, pillars=(dataclasses.replace(BANK.pillars[0], **changes), *BANK.pillars[1:]))


def anchors(level, text):
    return tuple(text if number == level else anchor for number, anchor in enumerate(FIRST.anchors, start=1))


def test_the_same_bank_differs_in_nothing():
    assert differences(BANK, BANK) == ()
    assert asked(()) is Bump.NONE


@pytest.mark.parametrize(
    ("changed", "kind", "bump"),
    [
        (with_first(text="Who has decided what AI is for?"), DifferenceKind.REWORDED, Bump.MAJOR),
        (with_first(text=FIRST.text.upper()), DifferenceKind.REWORDED, Bump.PATCH),
        (with_first(anchors=anchors(2, "Somebody has drawn a picture of it.")), DifferenceKind.ANCHORS, Bump.MAJOR),
        (with_first(anchors=anchors(2, None)), DifferenceKind.ANCHORS, Bump.MAJOR),
        (with_first(anchors=anchors(2, FIRST.anchors[1].rstrip("."))), DifferenceKind.ANCHORS, Bump.PATCH),
        (with_first(weight=2.0), DifferenceKind.COUNTED, Bump.MINOR),
        (with_first(essential_at=5), DifferenceKind.COUNTED, Bump.MINOR),
        (with_first(allows_na=not FIRST.allows_na), DifferenceKind.COUNTED, Bump.MINOR),
        (with_first(central=True), DifferenceKind.COUNTED, Bump.MINOR),
        (with_first(help="Other help."), DifferenceKind.TEXTS, Bump.PATCH),
        (with_first(next_steps=(NextStep(1, "Begin"),)), DifferenceKind.TEXTS, Bump.PATCH),
        (with_pillar(name="Aim"), DifferenceKind.TEXTS, Bump.PATCH),
        (with_pillar(weight=2.0), DifferenceKind.COUNTED, Bump.MINOR),
        (with_pillar(questions=BANK.pillars[0].questions[1:]), DifferenceKind.RETIRED, Bump.MINOR),
        (with_pillar(questions=BANK.pillars[0].questions[::-1]), DifferenceKind.MOVED, Bump.MINOR),
        (dataclasses.replace(BANK, pillars=BANK.pillars[::-1]), DifferenceKind.MOVED, Bump.MINOR),
        (dataclasses.replace(BANK, title="Another title"), DifferenceKind.TEXTS, Bump.PATCH),
        (with_first(key="new"), DifferenceKind.ADDED, Bump.MINOR),
    ],
)  # fmt: skip
def test_a_change_asks_for_its_part_of_the_number(changed, kind, bump):
    found = differences(BANK, changed)
    assert (found[0].kind, asked(found)) == (kind, bump)


def test_a_question_in_another_pillar_is_moved_and_nothing_else():
    first, second, *others = BANK.pillars
    moved = dataclasses.replace(
        BANK,
        pillars=(
            dataclasses.replace(first, questions=first.questions[1:]),
            dataclasses.replace(second, questions=(*second.questions, first.questions[0])),
            *others,
        ),
    )
    assert [(one.kind, one.about, one.before, one.after) for one in differences(BANK, moved)] == [
        (DifferenceKind.MOVED, FIRST.key, first.key, second.key)
    ]


def test_an_author_who_vouches_for_the_meaning_turns_a_rewording_into_a_patch_but_not_a_level_taken_away():
    assert asked(differences(BANK, with_first(text="Who decides?")), same_meaning=True) is Bump.PATCH
    assert asked(differences(BANK, with_first(anchors=anchors(2, None))), same_meaning=True) is Bump.MAJOR


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("The board recieves a report.", "The board receives a report", True),
        ("The board recieves a report.", "The board receives no report.", False),
        ("Every 90 days", "Every 30 days", False),
        ("It is not so", "It is now so", False),
        ("Costs increase", "Costs decrease", False),
        ("It is tested yearly", "It is untested yearly", False),
        ("Partners are namd in a list", "Partners are named in a list", False),
        ("Partners are listd there", "Partners are listed there", True),
        ("One word", "One word more", False),
    ],
)
def test_a_slip_is_a_letter_of_a_long_word(one, other, slip):
    assert is_slip(one, other) is slip


@pytest.mark.parametrize(
    ("bump", "expected"), [(Bump.NONE, "1.2.3"), (Bump.PATCH, "1.2.4"), (Bump.MINOR, "1.3.0"), (Bump.MAJOR, "2.0.0")]
)
def test_the_next_number_is_the_lowest_that_raises_its_part(bump, expected):
    assert raised("1.2.3", bump) == expected


def test_numbers_are_numbers():
    assert numbers("1.10.0") > numbers("1.9.9")
    assert numbers("1.2.3-rc.1+build") == (1, 2, 3)
