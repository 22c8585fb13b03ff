"""How sentences call pillars and questions."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.charts import numbers
from assessments.scoring.bank import Bank, Question


def quoted(question: Question) -> str:
    """A question by its short name, or its text where it has none, in quotation marks: “Accountability”."""
    return _("“%(name)s”") % {"name": question.short or question.text}


def pillar_names(bank: Bank, keys: Iterable[str]) -> str:
    """`Ethics and Talent`, in bank order."""
    wanted = set(keys)
    return numbers.joined([pillar.name for pillar in bank.pillars if pillar.key in wanted])
