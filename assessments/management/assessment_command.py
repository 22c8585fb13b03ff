"""Base class of commands that write a file about a closed assessment."""

from django.utils.translation import gettext as _

from assessments.management.writing import WritingCommand
from assessments.results import AssessmentResult, assessment_result, with_all_units, with_previous_round
from assessments.results.named import assessment_named


class AssessmentCommand(WritingCommand):
    """Looks up the assessment by its id."""

    def result_of(self, assessment: str, *, pulses: bool = False) -> AssessmentResult | None:
        """Return the result as the person who runs the assessment sees it, or print why there is none."""
        row = assessment_named(assessment)
        if row is None:
            self.stderr.write(_("There is no assessment with the id %(id)s.") % {"id": assessment})
            return None
        if not row.has_result:
            self.stderr.write(_("%(round)s is not closed, so it has no report yet.") % {"round": row})
            return None
        if row.is_pulse and not pulses:
            self.stderr.write(_("%(round)s is a pulse, which has no report; export its data.") % {"round": row})
            return None
        result = with_previous_round(assessment_result(row, reader=None, may_read_comments=True), lambda before: True)
        return with_all_units(result, lambda asked: True)
