"""Two assessments of the shipped bank, one after the other, as a reader sees them."""

from dataclasses import replace
from datetime import UTC, datetime

from assessments.demo import sample
from assessments.models import Assessment, Organisation, Result as ResultRow
from assessments.results import AssessmentResult, EarlierRound
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.several import compare_several
from assessments.scoring.withheld import restricted_comparison
from tests.scoring import limited as limits

BANK = sample.sample_bank()
KEYS = tuple(BANK.questions)


def people(*levels, skip=()):
    """Each chose one level throughout; `skip` are pairs of a person's place and a question left blank."""
    return Answers(
        respondents=tuple(
            Respondent(f"p{n}", {key: level for key in KEYS if (n, key) not in skip}) for n, level in enumerate(levels)
        ),
        invited=len(levels),
    )


def seen(answers, name, *, named=False, bank=BANK, eligible=None, limited=None):
    """`eligible` are the people who count for the reader (None: all); `limited` what the reader sees, if not by the rules."""
    assessment = Assessment(name=name, organisation=Organisation(name="Northfield"))
    assessment.confidentiality = "named" if named else "confidential"
    frozen = ResultRow(checksum=f"sha256:{name}", frozen_at=datetime(2026, 11, 20, tzinfo=UTC))
    everybody = frozenset(person.id for person in answers.respondents)
    eligible = None if named else everybody if eligible is None else eligible
    limited = limited or limits.seen(bank, answers, confidential=not named, eligible=eligible)
    return AssessmentResult(assessment, frozen, bank, limited, answers, {}, eligible=eligible)


def beside(before, now):
    """`now` compared with `before`, both as `seen` gives them."""
    found = compare_several([(before.bank, before.answers), (now.bank, now.answers)])
    comparison = restricted_comparison(found.pairs[0], found.common, before.seen, now.seen)
    earlier = EarlierRound(
        before.assessment, before.seen, comparison, before.bank, before.answers, before.frozen.checksum
    )
    return replace(now, earlier=earlier)


def risen(**fields):
    """Three people, a level higher than in the previous round."""
    return beside(seen(people(2, 2, 3), "Q2 2026", **fields), seen(people(3, 3, 4), "Q4 2026", **fields))
