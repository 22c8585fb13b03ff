"""Counting rows of another table next to a row, without joining it."""

from typing import Any

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce


def number_of(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of `rows`, which name the outer row by `OuterRef` in `by`; asked only for the rows that are shown."""
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
