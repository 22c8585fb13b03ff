"""Four reports to look at, made from the shipped bank: typical, one person, mostly missing, forty who write at length."""

import random
from datetime import date

from assessments.demo import sample
from assessments.reports.report import Report
from assessments.scoring.answers import DONT_KNOW, Answers, Respondent
from tests.reports.examples import said
from tests.scoring.limited import seen

LONG = ("We have talked about this for a year, and nobody has written down who decides. " * 130)[:9_990]
LONG_NAME = "The Consolidated International Manufacturing and Logistics Holding Company of Northern Europe"


def case(answers, *, confidential=True, comments=None, **fields):
    bank = sample.sample_bank()
    found = seen(bank, answers, confidential=confidential)
    defaults = {
        "organisation": "Northfield",
        "assessment_name": "Q4 2026",
        "bank": bank,
        "seen": found,
        "scored_on": date(2026, 11, 2),
        "checksum": "sha256:" + "cd" * 32,
        "opened_on": date(2026, 10, 5),
        "closed_on": date(2026, 11, 2),
        "comments": said(comments or {}),
    }
    return Report(**{**defaults, **fields})


def crowd(people, *, blank=0.0, seed=3):
    """Invented answers; `blank` is the share of questions that nobody touched."""
    chance, base = random.Random(seed), sample.sample_answers()

    def answer():
        return DONT_KNOW if chance.random() < 0.05 else max(1, min(5, round(chance.gauss(2.8, 1))))

    questions = sample.sample_bank().questions
    respondents = tuple(
        Respondent(id=f"r{n}", answers={key: answer() for key in questions if chance.random() >= blank})
        for n in range(people)
    )
    return Answers(respondents=respondents, invited=people + 3, targets=dict(base.targets))


def typical(**fields):
    answers = sample.sample_answers()
    texts = {}
    for person in answers.respondents:
        for key, text in person.comments.items():
            texts.setdefault(key, []).append(text)
    comments = {key: tuple(found) for key, found in sorted(texts.items())}
    return case(answers, **{"comments": comments, **fields})


def one(**fields):
    return case(crowd(1), confidential=False, **fields)


def mostly_missing(**fields):
    return case(crowd(4, blank=0.75, seed=5), **fields)


def forty(**fields):
    comments = dict.fromkeys(list(sample.sample_bank().questions)[:40], (LONG,))
    return case(
        crowd(40), organisation=LONG_NAME, prepared_by="Hart, Lindqvist & Associates", comments=comments, **fields
    )


CASES = {"typical": typical, "one": one, "mostly-missing": mostly_missing, "forty": forty}
