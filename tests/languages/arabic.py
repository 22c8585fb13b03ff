"""A small bank in Arabic, and an assessment on it."""

import dataclasses
from pathlib import Path

from assessments.formats.answers import read_one
from assessments.formats.bank import load_bank, read_bank
from assessments.formats.dump import dump_bank
from assessments.formats.places import translated
from assessments.formats.translation import translations_beside

SMALL = Path("fixtures/demo/small.yaml")
LEVEL = "متكامل"


def arabic_bank():
    """The small bank as if it had been written in Arabic: only the questions that are translated."""
    own = read_bank(SMALL)
    (found,) = translations_beside(SMALL, own)
    bank = translated(own, found.translation.texts, "ar")
    pillar = bank.pillars[0]
    questions = tuple(q for q in pillar.questions if f"questions/{q.key}/text" in found.translation.texts)
    alone = tuple(
        dataclasses.replace(q, help=None, error=None, next_steps=tuple(map(_alone, q.next_steps))) for q in questions
    )
    return load_bank(
        dump_bank(dataclasses.replace(bank, key="small-ar", pillars=(dataclasses.replace(pillar, questions=alone),)))
    )


def _alone(step):
    return dataclasses.replace(step, owner=None, requires=())


def arabic_answers(bank):
    own = read_one(SMALL.with_name("small-answers.json"), read_bank(SMALL))
    people = [
        dataclasses.replace(
            person,
            **{
                name: {key: value for key, value in getattr(person, name).items() if key in bank.questions}
                for name in ("answers", "evidence", "reasons", "comments")
            },
        )
        for person in own.respondents
    ]
    return dataclasses.replace(own, respondents=tuple(people), targets={})
