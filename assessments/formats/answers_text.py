"""Answers -> one line of JSON, in the format that `answers.py` reads."""

from assessments.scoring.answers import Answers, Evidence, Respondent

from .json_line import Out, json_line


def dump_answers(answers: Answers) -> str:
    """One assessment as a line of JSON; what is absent is left out."""
    data: dict[str, Out] = {
        "format": "maturity-answers/1",
        "id": answers.id,
        "invited": answers.invited,
        "targets": dict(answers.targets),
        "respondents": [_respondent(person) for person in answers.respondents],
    }
    return json_line({name: value for name, value in data.items() if value is not None and value != {}})


def _respondent(person: Respondent) -> Out:
    data: dict[str, Out] = {
        "id": person.id,
        "role": person.role,
        "answers": dict(person.answers),
        "evidence": {key: _evidence(evidence) for key, evidence in person.evidence.items()},
        "reasons": dict(person.reasons),
        "comments": dict(person.comments),
    }
    return {
        name: value for name, value in data.items() if name in ("id", "answers") or (value is not None and value != {})
    }


def _evidence(evidence: Evidence) -> Out:
    if evidence.text is None and evidence.link is None:
        return evidence.grade
    data: dict[str, Out] = {"grade": evidence.grade, "text": evidence.text, "link": evidence.link}
    return {name: value for name, value in data.items() if value is not None}
