"""What the database says about peers, as charts and reports draw it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.results import AssessmentResult
from assessments.results.benchmark import Peers, newest_cohort, peers_of
from assessments.wording.facts import Cohort


def cohort_of(found: Peers | None) -> Cohort | None:
    """The same figures with the quarter in words."""
    if found is None:
        return None
    return Cohort(found.n, quarter_name(found.quarter.year, found.quarter.month), found.index, found.pillars)


def quarter_name(year: int, month: int) -> str:
    """`Q4 2026`."""
    return _("Q%(quarter)d %(year)d") % {"quarter": (month + 2) // 3, "year": year}


def cohort_beside(shown: AssessmentResult) -> Cohort | None:
    """The newest cohort beside a result. Two queries at most."""
    return cohort_of(peers_of(shown.frozen, newest_cohort(shown.assessment)))
