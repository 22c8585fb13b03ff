"""How sure a result is, in sentences for a reader with little time."""

from collections.abc import Iterator

from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.titles import agreement_title


def certainty(view: ResultView) -> tuple[str, ...]:
    """Who answered, how much, how exact the index is, and whether people agree; without what may not be shown."""
    return tuple(_facts(view))


def _facts(view: ResultView) -> Iterator[str]:
    result, overall = view.result, view.result.overall
    yield f"{numbers.answered_of(result.answered, result.invited)}."
    if overall.coverage is not None:
        yield _("%(share)s of the questions have an answer on the scale.") % {
            "share": numbers.coverage(overall.coverage)
        }
    if overall.interval is not None:
        params = {"interval": numbers.interval(overall.interval)}
        yield _("The index has a 90%% interval of %(interval)s, which reflects who answered.") % params
    if result.answered:
        yield f"{agreement_title(view)}."
