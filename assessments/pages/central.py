"""Central questions: asked once, of people who answer for the whole, and inherited by every unit that does not object."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assessments.models import Assessment, Submission, UnitObjection, part_under
from assessments.results import bank_in, units_asked
from assessments.scoring.asked import Question
from assessments.scoring.minimum_respondents import CONFIDENTIAL


@dataclass(frozen=True)
class CentralQuestion:
    """One central question: of the `units` asked, for how many its answer `holds`, and the objections that are shown.

    Only accepted objections count.
    """

    question: Question
    holds: int
    units: int
    objections: Sequence[UnitObjection]


@dataclass(frozen=True)
class CentralPage:
    """All central questions. `people` who answer for the whole have submitted; None if they are fewer than five, and until
    the assessment is closed: unit leads follow their own part only."""

    questions: Sequence[CentralQuestion]
    people: int | None

    @property
    def waiting(self) -> int:
        """How many objections have not been decided."""
        shown = (each for question in self.questions for each in question.objections)
        return sum(each.state == UnitObjection.State.OPEN for each in shown)


def central_page(assessment: Assessment, language: str, *, among: Collection[str] | None = None) -> CentralPage | None:
    """The central questions of an assessment that asks units, with the objections of all units or of those `among` them (ids).

    None if it has none, and for a pulse. At most six queries.
    """
    bank = bank_in(assessment.bank_version, language) if assessment.unit_kind and not assessment.is_pulse else None
    if bank is None or not bank.central:
        return None
    asked = units_asked(assessment)
    rows = UnitObjection.objects.filter(assessment=assessment).select_related("unit", "question")
    made: dict[str, list[UnitObjection]] = {}
    for row in rows.order_by("unit__order", "pk"):
        made.setdefault(row.question.key, []).append(row)
    whole = assessment.participants.filter(unit=None, submission__state=Submission.State.SUBMITTED).count()
    found = []
    for key in (key for key in bank.questions if key in bank.central):
        objections = made.get(key, [])
        accepted = {each.unit_id for each in objections if each.state == UnitObjection.State.ACCEPTED}
        outside = part_under(asked.values(), accepted)
        shown = [each for each in objections if among is None or str(each.unit_id) in among]
        found.append(CentralQuestion(bank.questions[key], len(asked) - len(outside), len(asked), shown))
    return CentralPage(found, whole if assessment.has_result and whole >= CONFIDENTIAL["distribution"] else None)
