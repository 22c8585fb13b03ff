"""Small banks and rows of answers, written so that a person can check them by hand.

A row has one character a question: `1`-`5` a level, `?` don't know, `-` not applicable, `.` blank.
"""

from assessments.scoring.answers import DONT_KNOW, NOT_APPLICABLE, Answers, Evidence, Respondent
from assessments.scoring.bank import Bank, Level, NextStep, Pillar, Question, Scale
from assessments.scoring.result import score

ANCHORS = ("one", "two", "three", "four", "five")
LEVELS = tuple(Level(name, f"{name}.") for name in ("Initial", "Developing", "Defined", "Managed", "Leading"))
FIVE = Scale(1.0, 5.0)
MARKS = {"?": DONT_KNOW, "-": NOT_APPLICABLE}


def question(key, weight=1.0, essential_at=None, offered=(1, 2, 3, 4, 5), steps=(), anchors=ANCHORS):
    """`steps` are (from, effort) pairs."""
    return Question(
        key=key,
        text=f"{key}?",
        anchors=tuple(anchor if level in offered else None for level, anchor in enumerate(anchors, start=1)),
        weight=weight,
        essential_at=essential_at,
        allows_na=True,
        next_steps=tuple(
            NextStep(from_level=level, action=f"Leave {level}", owner="Chief executive", effort=effort, horizon="90d")
            for level, effort in steps
        ),
    )


def pillar(key="p", count=7, weights=None, essential=None, weight=1.0, questions=None):
    """Questions `q1`, `q2`, …; `essential` maps a place to the level it gates."""
    if questions is None:
        weights = weights or [1.0] * count
        questions = [
            question(f"{key}{n}" if key != "p" else f"q{n}", w, (essential or {}).get(n))
            for n, w in enumerate(weights, start=1)
        ]
    return Pillar(key=key, name=key.title(), questions=tuple(questions), weight=weight)


def bank(*pillars, version="1.0.0"):
    return Bank(key="small", version=version, title="Small", levels=LEVELS, pillars=pillars or (pillar(),))


def person(name, row, questions, evidence=None):
    """`evidence` maps a place (from 1) to a grade."""
    values = {key: MARKS.get(mark) or int(mark) for key, mark in zip(questions, row, strict=True) if mark != "."}
    keys = [*questions]
    return Respondent(name, values, {keys[n - 1]: Evidence(grade) for n, grade in (evidence or {}).items()})


def answers(bank, *rows, invited=None, targets=None, evidence=None):
    """One row a person, over all questions of the bank in order; `evidence` belongs to the first person."""
    people = [
        person(f"r{n}", row.replace(" ", ""), bank.questions, evidence if n == 1 else None)
        for n, row in enumerate(rows, start=1)
    ]
    return Answers(tuple(people), invited=invited, targets=targets or {})


def scored(*rows, of=None, **given):
    """The result of these rows, on seven equal questions unless said."""
    of = of or bank()
    return score(of, answers(of, *rows, **given))


def only(result):
    """The one pillar of a result."""
    (found,) = result.pillars
    return found


def blocked_by(found):
    return [(blocker.question, blocker.because) for blocker in found.blocking]
