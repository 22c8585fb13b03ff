"""Verifies the audit log: each row's hash must follow from the previous row."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import AuditEvent, chain


class BrokenChainError(Exception):
    """The log was changed; the message names the first row that does not match."""


@dataclass(frozen=True)
class Checked:
    """A verified log: the number of linked rows, the last hash, and the number of rows not linked yet."""

    rows: int
    head: str
    waiting: int


def check(heads: Collection[str] = ()) -> Checked:
    """Verify the chain from the start; `heads` are hashes of it that were kept elsewhere. Raises BrokenChainError."""
    missing = {head.strip().lower() for head in heads}
    number, before = 0, chain.BEFORE_THE_FIRST
    linked = AuditEvent.objects.exclude(number=None).order_by("number", "pk")
    for event in linked.iterator(chunk_size=chain.BATCH_SIZE):
        _follows(event, number, before)
        number, before = number + 1, event.hash
        missing.discard(before)
    if missing:
        raise BrokenChainError(
            _("No row has the hash %(head)s: the log was truncated or rewritten.") % {"head": min(missing)}
        )
    return Checked(number, before, AuditEvent.objects.filter(number=None).count())


def _follows(event: AuditEvent, number: int, before: str) -> None:
    expected = number + 1
    params = {"number": expected, "found": event.number, "pk": event.pk}
    if event.number != expected:
        raise BrokenChainError(
            _("Row %(number)d is missing: after row %(before)d comes row %(found)d (id %(pk)d).")
            % (params | {"before": number})
        )
    if event.hash != chain.hash_of(event, expected, before):
        raise BrokenChainError(
            _("Row %(number)d (id %(pk)d) does not match what was written: it was changed, inserted or moved.") % params
        )
