"""A database cache that reports failed writes."""

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError, connections, router, transaction


class LoudDatabaseCache(DatabaseCache):
    """Raises OperationalError if the disk is full or the database is locked.

    Django's own takes any error for a concurrent write of the same key and silently stores nothing. A rate limit that
    cannot be counted then either refuses the first attempt or never applies.
    """

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        using = router.db_for_write(self.cache_model_class)
        failures: list[OperationalError] = []

        def record(execute: Callable[..., Any], *arguments: Any) -> Any:
            try:
                return execute(*arguments)
            except OperationalError as failure:
                failures.append(failure)
                raise

        with transaction.atomic(using=using), connections[using].execute_wrapper(record):  # raises if the commit fails
            done: bool = super()._base_set(mode, key, value, timeout)  # type: ignore[misc]  # not in the stubs
            if failures:
                raise failures[0]
        return done
