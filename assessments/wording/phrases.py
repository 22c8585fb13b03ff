"""How sentences call pillars and questions, and answers that somebody recorded for others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.scoring.bank import Bank, Question
from assessments.wording import numbers

MOST_NAMED, NAMED_OF_MANY = 8, 4  # a sentence that names more is not read


def quoted(question: Question) -> str:
    """A question by its short name, or its text where it has none, in quotation marks: “Accountability”."""
    return _("“%(name)s”") % {"name": question.short or question.text}


def pillar_names(bank: Bank, keys: Iterable[str]) -> str:
    """`Ethics and Talent`, in bank order; of more than eight the first four, and how many others."""
    wanted = set(keys)
    names = [pillar.name for pillar in bank.pillars if pillar.key in wanted]
    if len(names) <= MOST_NAMED:
        return numbers.joined(names)
    others = _("%(n)d others") % {"n": len(names) - NAMED_OF_MANY}
    return numbers.joined([*names[:NAMED_OF_MANY], others])


def interviews(recorded: int, unconfirmed: int, roles: Collection[str]) -> str | None:
    """How many people were interviewed, by whom (`lead`, `consultant`), and how many have not confirmed it; None for none."""
    if not recorded:
        return None
    words = ngettext("%(n)d recorded in an interview", "%(n)d recorded in interviews", recorded) % {"n": recorded}
    if by := _by(roles):
        words = f"{words} {by}"
    if not unconfirmed:
        return _("%(said)s, confirmed") % {"said": words}
    return _("%(said)s, %(n)d not confirmed") % {"said": words, "n": unconfirmed}


def _by(roles: Collection[str]) -> str | None:
    if len(roles) > 1:
        return _("by a lead and a consultant")
    return {"lead": _("by a lead"), "consultant": _("by a consultant")}.get("".join(roles))
