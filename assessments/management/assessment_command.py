"""What commands share that write a file about a closed round."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.management.writing import WritingCommand
from assessments.results import RoundResult, beside_the_round_before, round_result
from assessments.results.named import round_named


class RoundCommand(WritingCommand):
    """Finds the round by its id."""

    def shown(self, assessment: str) -> RoundResult | None:
        """The result as whoever runs the round sees it; None, with the reason said, where there is none."""
        found = round_named(assessment)
        if found is None:
            self.stderr.write(_("There is no round with the id %(id)s.") % {"id": assessment})
            return None
        if not found.has_result:
            self.stderr.write(_("%(round)s is not closed, so it has no report yet.") % {"round": found})
            return None
        return beside_the_round_before(round_result(found, reader=None, may_read_comments=True), lambda before: True)
