"""Warnings: what an author should look at again, in any bank."""

import dataclasses
import pathlib

import pytest

from assessments.formats.bank import load_bank, read_bank
from assessments.formats.checks import warnings
from assessments.formats.problems import written
from assessments.formats.readability import grade
from assessments.scoring.bank import NextStep

from .minimal import BANK

FIXTURES = pathlib.Path(__file__).parents[2] / "fixtures"
SMALL = read_bank(FIXTURES / "demo" / "small.yaml")


def said(bank):
    return [f"{written(path)}: {sentence}" for path, sentence in warnings(bank)]


def with_question(bank=SMALL, index=0, **changes):
    questions = list(bank.pillars[0].questions)
    questions[index] = dataclasses.replace(questions[index], **changes)
    return dataclasses.replace(bank, pillars=(dataclasses.replace(bank.pillars[0], questions=tuple(questions)),))


def anchors(**changes):
    return tuple(
        changes.get(f"a{level}", anchor) for level, anchor in enumerate(SMALL.pillars[0].questions[0].anchors, 1)
    )


STEPS = SMALL.pillars[0].questions[0].next_steps
LONG = " ".join(["The board decides once a year which of its plans it keeps,"] * 3)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"anchors": anchors(a2=LONG)}, "anchors[1]: 36 words; an anchor of more than 25"),
        ({"anchors": anchors(a2="Some do.")}, "anchors[1]: 2 words; fewer than 10"),
        ({"anchors": anchors(a2=SMALL.pillars[0].questions[0].anchors[0] + " Still.")}, "anchors[1]: says almost the same"),
        ({"anchors": anchors(a5=SMALL.pillars[0].questions[1].anchors[4])}, "the same words as in "),
        ({"anchors": anchors(a3="The board has fully approved a plan that all departments have read and signed.")}, '"fully"'),
        ({"anchors": anchors(a3="The board and/or the chief executive approved a plan that all departments signed.")}, '"and/or"'),
        ({"text": "To what extent do you plan ahead?"}, "text: \"To what extent\" asks for an opinion"),
        ({"text": "Describe your plan."}, "text: no question mark"),
        ({"text": SMALL.pillars[0].questions[1].text}, "text: asks almost the same as"),
        ({"anchors": anchors(a3="The board reads the report every year and decides on it with the chief executive.",
                             a4="The board always reads the report every year and decides on it with the chief executive.")},
         "anchors[3]: differs from the level below only in how much"),
        ({"anchors": anchors(a4=SMALL.pillars[0].questions[1].anchors[3] + " Indeed.")},
         'questions[1].anchors[3]: says almost the same as level 4 of "vision-direction"'),
        ({"text": "Who decides what AI is for and how do they say so?"}, 'text: "and how do" starts a second question'),
        ({"text": "Who decides? Who pays?"}, "text: a second question mark starts a second question"),
        ({"weight": 0.0}, "weight: 0: asked and shown"),
        ({"weight": 0.05}, "weight: carries 0.8% of the pillar's score"),
        ({"help": None}, "help: missing"),
        ({"error": None}, "error: missing"),
        ({"error": "Please choose"}, 'error: an error phrase begins with "Select"'),
        ({"essential_at": 3}, "essential_reason: missing"),
        ({"essential_reason": "because"}, "essential_reason: a reason, but no essential_at"),
        ({"essential_at": 2, "essential_reason": "x", "anchors": anchors(a2=None)}, "level 2 is not offered; level 3 is"),
        ({"next_steps": STEPS[1:]}, "next_steps: no next step from level 1"),
        ({"next_steps": (*STEPS, NextStep(5, "Rest"))}, "next_steps[4].from: nobody climbs from level 5 here"),
        ({"next_steps": (*STEPS, NextStep(4, "Rest"))}, "next_steps[4]: without owner, effort and horizon"),
        ({"next_steps": (NextStep(1, "x", requires=("vision-direction",)),)}, "in a circle, the question itself"),
        ({"covers": ("VI-9",)}, '"VI-8" of the source are covered by no question'),
        ({"text": "Organisational interoperability institutionalisation considerations notwithstanding?",
          "anchors": ("Institutionalised organisational interoperability considerations",) * 5}, "reads like school grade"),
    ],
)  # fmt: skip
def test_weakness_is_named(changes, expected):
    assert not any(expected in warning for warning in said(SMALL))
    assert any(expected in warning for warning in said(with_question(**changes)))


def test_circle_through_two_questions_is_named_at_both():
    first = dataclasses.replace(STEPS[0], requires=("vision-value",))
    second = dataclasses.replace(STEPS[0], requires=("vision-direction",))
    bank = with_question(with_question(next_steps=(first,)), 1, next_steps=(second,))
    assert [warning.split(".next")[0] for warning in said(bank) if "in a circle" in warning] == [
        "pillars[0].questions[0]",
        "pillars[0].questions[1]",
    ]


def test_long_pillar_name_without_a_short_is_named():
    pillar = dataclasses.replace(SMALL.pillars[0], short=None, name="A name that no chart has room for")
    assert any("add a short" in warning for warning in said(dataclasses.replace(SMALL, pillars=(pillar,))))


def test_pillar_that_cannot_move_the_index_is_named():
    light = dataclasses.replace(SMALL.pillars[0], key="light", weight=0.01)
    assert any(
        "weight: carries 1.0% of the index" in one
        for one in said(dataclasses.replace(SMALL, pillars=(*SMALL.pillars, light)))
    )


def test_pillar_without_any_weight_inside_is_named():
    questions = tuple(dataclasses.replace(question, weight=0.0) for question in SMALL.pillars[0].questions)
    hollow = dataclasses.replace(SMALL.pillars[0], questions=questions)
    assert any("never scored" in one for one in said(dataclasses.replace(SMALL, pillars=(*SMALL.pillars, hollow))))


def test_words_that_only_end_like_adverbs_are_facts():
    one = "The board reads the report on the policy of the year and decides on it with staff."
    changes = {"anchors": anchors(a3=one, a4=one.replace("policy", "assembly"))}
    assert not any("differs from the level below only" in warning for warning in said(with_question(**changes)))


def test_other_languages_are_not_measured_by_english():
    changes = {"text": "Wie weit?", "error": "Bitte", "anchors": anchors(a3="fully and/or fully and/or fully " * 2)}
    german = dataclasses.replace(with_question(**changes), language="de-AT")
    assert not any("Select" in warning or "and/or" in warning or "grade" in warning for warning in said(german))
    japanese = dataclasses.replace(with_question(anchors=anchors(a2="計画がある。")), language="ja")
    assert not any("words" in warning for warning in said(japanese))


def test_warnings_keep_no_bank_from_loading():
    assert said(load_bank(BANK))


def test_grade_rises_with_longer_words_and_sentences():
    assert grade(["The cat sat on the mat."]) < 3
    assert grade(["Organisational accountability necessitates interdepartmental communication."]) > 12
    assert grade([]) == 0


def test_a_question_that_ends_below_the_highest_level_is_named_once_a_pillar():
    ends_at_3 = ("Nobody does it.", "Some do it.", "Most do it.", None, None)
    one = with_question(anchors=ends_at_3)
    (warning,) = [each for each in said(one) if "the best answer counts as level" in each]
    count = len(SMALL.pillars[0].questions)
    assert warning.startswith("pillars[0].questions[0].anchors: the best answer counts as level 3 of 5")
    assert f"scores {(3 + 5 * (count - 1)) / count:.1f} of 5 at most" in warning
    assert "nothing in it" not in warning
    every = one
    for index in range(1, count):
        every = with_question(every, index, anchors=ends_at_3)
    (warning,) = [each for each in said(every) if "the best answer counts as level" in each]
    assert warning.endswith("scores 3.0 of 5 at most; nothing in it offers a level above 3")
    assert not any("the best answer counts as level" in each for each in said(SMALL))
