"""Rows that an action locks before it changes them."""

from typing import Any

from django.db import models


class LockingQuerySet[Row: models.Model](models.QuerySet[Row]):
    """A query set that can lock one of its rows."""

    def locked(self, pk: Any) -> Row:
        """The row as it is now, locked until the transaction ends; the rows joined to it are not."""
        return self.select_for_update(of=("self",)).get(pk=pk)
