"""Exports: each is visible to its owner only."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from assessments.models import Export, User


def export_for(user: User, pk: UUID) -> Export:
    """An export that the user requested and can still access, with its progress."""
    return get_object_or_404(exports_of(user), pk=pk)


def exports_of(user: User) -> QuerySet[Export]:
    """Every export that the user requested and can still access, newest first, with its progress."""
    return Export.objects.open_to(user).with_progress().newest_first().select_related("client")


def exports_for_programs(user: User) -> QuerySet[Export]:
    """The same without handovers, which API tokens cannot access."""
    return Export.objects.open_to(user).of_reports().with_progress().newest_first()
