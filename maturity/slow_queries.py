"""Log queries that take longer than SLOW_QUERY_MS, as SQL with placeholders and never with the values in it."""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

logger = logging.getLogger(__name__)
LITERAL = re.compile(r"'(?:[^']|'')*'")  # text in SQL itself, as a command that someone typed may have
LONGEST = 1_000  # characters of SQL


def watch() -> None:
    """Watch every connection that is opened from now on, if SLOW_QUERY_MS is set."""
    if settings.SLOW_QUERY_MS:
        connection_created.connect(_watch, dispatch_uid="slow_queries")


def _watch(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    begun = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = (time.perf_counter() - begun) * 1000
        if took >= settings.SLOW_QUERY_MS:
            text = LITERAL.sub("'…'", str(sql))[:LONGEST]
            logger.warning("A query took %d ms: %s", took, text, extra={"milliseconds": round(took)})
