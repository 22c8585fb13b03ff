"""Metrics that are read from the database when they are asked for, the same from every process of every machine."""

from collections.abc import Iterator

from django.db import DatabaseError
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from assessments.operations.queues import queues, undelivered_emails


class DatabaseCollector(Collector):
    """The queues, or only `maturity_database_up 0` if the database does not answer."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        up = GaugeMetricFamily("maturity_database_up", "Whether the database answers.")
        try:
            found = list(self._figures())
        except DatabaseError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield from (up, *found)

    def _figures(self) -> Iterator[GaugeMetricFamily]:
        lengths = GaugeMetricFamily("maturity_queue_length", "Entries that wait.", labels=["queue"])
        ages = GaugeMetricFamily("maturity_queue_oldest_seconds", "Since when the first one is due.", labels=["queue"])
        for queue in queues():
            lengths.add_metric([queue.name], queue.length)
            ages.add_metric([queue.name], queue.oldest)
        dead = GaugeMetricFamily("maturity_emails_undelivered", "E-mails that were given up.")
        dead.add_metric([], undelivered_emails())
        yield from (lengths, ages, dead)


def registry() -> CollectorRegistry:
    together = CollectorRegistry()
    together.register(DatabaseCollector())
    return together
