"""Row locking for actions."""

from typing import Any

from django.db import models


class LockingQuerySet[Row: models.Model](models.QuerySet[Row]):
    """A query set that can lock one of its rows."""

    def locked(self, pk: Any) -> Row:
        """Return the current row, locked until the transaction ends. Joined rows are not locked."""
        return self.select_for_update(of=("self",)).get(pk=pk)
