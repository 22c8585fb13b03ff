"""A fictitious assessment on any bank: six people, one of them with gaps. The same bank gives the same answers."""

import datetime
import random

from assessments.formats.dump import checksum
from assessments.pages.result.page import ResultPage
from assessments.scoring.answers import DONT_KNOW, Answers, Evidence, Respondent, Value
from assessments.scoring.bank import Bank, Question
from assessments.scoring.candidates import seen_by
from assessments.scoring.result import score
from assessments.scoring.suppression import ReaderResult
from assessments.scoring.view import ResultView

ORGANISATION = "Northfield"
PEOPLE = 6
ROLES = ("ceo", "technology", "people", "legal", "operations", "other")


def answers_for(bank: Bank) -> Answers:
    """Return answers that scatter around a random level for each pillar, so that the profile has a shape."""
    chance = random.Random(bank.key)  # noqa: S311 - not used for security
    aims = {pillar.key: chance.uniform(1.8, 4.2) for pillar in bank.pillars}
    homes = {question.key: pillar.key for pillar in bank.pillars for question in pillar.questions}
    people = tuple(
        Respondent(
            id=f"r{number}",
            role=role,
            answers={key: _answer(chance, question, aims[homes[key]]) for key, question in bank.questions.items()},
            evidence={key: Evidence(grade=2) for key in bank.questions if chance.random() < 0.2},
        )
        for number, role in enumerate(ROLES[:PEOPLE], start=1)
    )
    return Answers(respondents=people, invited=PEOPLE + 2)


def _answer(chance: random.Random, question: Question, aim: float) -> Value:
    if chance.random() < 0.05:
        return DONT_KNOW
    exact = chance.gauss(aim, 0.8)
    return min(question.offered, key=lambda level: abs(level - exact))


def _seen(bank: Bank) -> ReaderResult:
    answers = answers_for(bank)
    return seen_by(bank, answers, score(bank, answers))


def page_for(bank: Bank) -> ResultPage:
    return ResultPage(ResultView(bank, _seen(bank), ORGANISATION))


def pdf_for(bank: Bank, assessment_name: str, day: datetime.date, language: str) -> bytes:
    """Return the report of the fictitious assessment as PDF. Takes a second or two."""
    from assessments.reports.pdf.report import render_pdf  # rarely needed, and WeasyPrint is slow to import
    from assessments.reports.report import Report

    return render_pdf(
        Report(
            organisation=ORGANISATION,
            assessment_name=assessment_name,
            bank=bank,
            seen=_seen(bank),
            scored_on=day,
            checksum=checksum(bank),
            language=language,
        )
    )
