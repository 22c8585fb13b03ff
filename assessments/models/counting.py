"""Count rows of another table without a join."""

from typing import Any

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce


def number_of(rows: QuerySet[Any], by: str) -> Coalesce:
    """The number of `rows`, which refer to the outer row by `OuterRef` in `by`. Computed only for selected rows."""
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
