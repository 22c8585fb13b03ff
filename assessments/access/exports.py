"""Exports, and the tokens of programs: each is its owner's alone."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from assessments.models import ApiToken, Export, User


def export_for(user: User, pk: UUID) -> Export:
    """An export that the user asked for and may still open, with its progress."""
    return get_object_or_404(exports_of(user), pk=pk)


def exports_of(user: User) -> QuerySet[Export]:
    """Every export that the user asked for and may still open, newest first, with its progress."""
    return Export.objects.open_to(user).with_progress().newest_first().select_related("client")


def exports_for_programs(user: User) -> QuerySet[Export]:
    """The same without hand-overs: a token opens none."""
    return Export.objects.open_to(user).of_reports().with_progress().newest_first()


def token_with(token: str) -> ApiToken | None:
    """The token that a program sent, if it opens anything now. One query."""
    return ApiToken.objects.standing().with_token(token).select_related("user").first()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The tokens that a person could still use, newest first."""
    return ApiToken.objects.standing().filter(user=user).order_by("-created_at")


def token_for(user: User, pk: UUID) -> ApiToken:
    """One of the user's own tokens."""
    return get_object_or_404(ApiToken, user=user, pk=pk)
