"""Whatever eight pillars come to, their titles share no frame more than twice, and each names what blocks it."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.change import Change, Comparison
from assessments.scoring.result import score
from assessments.scoring.view import view_of
from assessments.wording.change import change_title, moved_questions, verdict
from assessments.wording.pillars import pillar_titles
from tests.charts import northfield

BANK = northfield.bank()


def frame(title, pillar, blocking, bank):
    """The title without its names: what two titles may not share three times."""
    for word in (pillar.name, *(q.short or q.text for q in pillar.questions)):
        title = title.replace(word, "…")
    for number in ("Two", "Three", "Four", "Five", "Six", "Seven"):
        title = title.replace(f"{number} questions", "N questions")
    for level in range(1, 6):
        title = title.replace(f"level\u00a0{level}", "level N")
    return title.lower()


def with_essentials(tags):
    pillars = tuple(
        replace(
            pillar,
            questions=tuple(
                replace(question, essential_at=tag if place == 0 else None)
                for place, question in enumerate(pillar.questions)
            ),
        )
        for pillar, tag in zip(BANK.pillars, tags, strict=True)
    )
    return replace(BANK, pillars=pillars)


VALUE = st.sampled_from([1, 2, 3, 4, 5, 4, 3, 5, "dont_know"])
SEVEN = st.lists(VALUE, min_size=7, max_size=7)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    people=st.lists(st.lists(SEVEN, min_size=1, max_size=8), min_size=1, max_size=3),
    tags=st.lists(st.sampled_from([None, 2, 3]), min_size=8, max_size=8),
)
def test_eight_titles_of_whatever_people_answer(people, tags):
    """Fewer than eight rows are repeated, so that many pillars are in the very same state."""
    bank = with_essentials(tags)
    keys = [[question.key for question in pillar.questions] for pillar in bank.pillars]
    respondents = tuple(
        Respondent(
            f"r{number}",
            {
                key: value
                for place, row in enumerate(keys)
                for key, value in zip(row, rows[place % len(rows)], strict=True)
            },
        )
        for number, rows in enumerate(people)
    )
    result = score(bank, Answers(respondents))
    titles = pillar_titles(view_of(bank, result))
    frames = Counter(
        frame(titles[p.key], p, r.blocking, bank) for p, r in zip(bank.pillars, result.pillars, strict=True)
    )
    assert max(frames.values()) <= 2, frames.most_common(1)
    for pillar, row in zip(bank.pillars, result.pillars, strict=True):
        title = titles[pillar.key]
        assert pillar.name in title
        assert "%(" not in title
        assert not title.endswith(".")
        if row.blocking:
            first = bank.questions[row.blocking[0].question]
            assert f"“{first.short or first.text}”" in title


def test_one_question_of_many_below_is_said_in_four_ways():
    """A lower share failed as well, so the one question is not said to suffice."""
    rows = tuple(
        northfield.pillar_result(
            pillar, level=2, attained={2: 0.8, 3: 0.4, 4: 0.1, 5: 0.0}, blocking=northfield.below(pillar, 3)
        )
        for pillar in BANK.pillars
    )
    titles = pillar_titles(northfield.view(northfield.result(pillars=rows)))
    frames = Counter(frame(titles[pillar.key], pillar, (), BANK) for pillar in BANK.pillars)
    assert max(frames.values()) <= 2


# What changed, in words


def moved(*deltas, real=True):
    """Changes of pillars in bank order: a number is a clear change of that size, None one that is not real."""
    pillars = tuple(
        Change(pillar.key, "comparable", 1.0, 3.0, 3.0 + (delta or 0.1), delta or 0.1, 0.1, (0.0, 1.0), "paired",
               None if real is None else delta is not None, ())
        for pillar, delta in zip(BANK.pillars, deltas, strict=False)
    )  # fmt: skip
    return Comparison(replace(pillars[0], key=None), pillars)


@pytest.mark.parametrize(
    ("comparison", "title"),
    [
        (moved(None, None), "No pillar shows a clear change"),
        (moved(0.4, None), "Vision rose since the previous round"),
        (moved(0.4, 0.3, None), "Vision and Culture rose since the previous round"),
        (moved(0.4, 0.3, 0.5, None), "Three of four pillars rose since the previous round"),
        (moved(0.4, 0.3, 0.5), "Every pillar rose since the previous round"),
        (moved(-0.4, None), "Vision fell since the previous round"),
        (moved(-0.4, -0.4, -0.4, None), "Three of four pillars fell since the previous round"),
        (moved(-0.4, -0.4, -0.4), "Every pillar fell since the previous round"),
        (moved(0.4, -0.4), "Vision rose, Culture fell"),
        (moved(0.4, 0.4, -0.4, None), "Vision and Culture rose, Talent fell"),
        (moved(0.4, 0.4, 0.4, -0.4), "Three pillars rose and one fell"),
        (moved(0.4, 0.4, real=None), "Too few people answered both assessments to call a change clear"),
    ],
)
def test_title_of_the_change(comparison, title):
    assert change_title(BANK, comparison) == title


def test_assessments_that_share_too_little_say_so():
    nothing = Change("vision", "none", 0.2, None, None, None, None, None, None, None, ())
    assert change_title(BANK, Comparison(nothing, (nothing,))) == (
        "The two assessments share too few questions to compare"
    )
    assert verdict(nothing) == "not comparable"


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], None),
        (["A"], "The median answer to one question has changed: A."),
        (["A", "B"], "The median answers to two questions have changed: A and B."),
        (list("ABCDEFGH"), "The median answers to eight questions have changed: A, B, C, D, E, F, and two more."),
    ],
)
def test_questions_whose_middle_answer_changed(names, sentence):
    assert moved_questions(names) == sentence
