"""How people see last time today, in a sentence."""

from assessments.sentences import gettext as _
from assessments.wording import numbers


def then_sentence(people: int, shift: float | None, half_width: float | None, *, with_interval: bool) -> str | None:
    """The shift, with its interval if that may be shown; None where too few people rated last time again."""
    if shift is None or half_width is None:
        return None
    params = {
        "by": numbers.score(abs(shift)),
        "low": numbers.signed(shift - half_width, 2),
        "high": numbers.signed(shift + half_width, 2),
        "people": numbers.people(people),
    }
    if abs(shift) <= half_width:
        text = _("%(people)s now rate last time much as they did then.")
    elif shift < 0:
        text = _("%(people)s now rate last time %(by)s lower than they did then: standards have risen.")
    else:
        text = _("%(people)s now rate last time %(by)s higher than they did then: it looks better in hindsight.")
    interval = _("90%% interval %(low)s to %(high)s") % params
    return f"{text % params} {interval}." if with_interval else text % params
