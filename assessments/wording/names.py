"""How sentences call pillars and questions."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

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
