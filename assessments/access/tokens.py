"""API tokens: each is visible to its owner only."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from assessments.models import ApiToken, User


def active_token(secret: str) -> ApiToken | None:
    """The token with this secret, if it has neither expired nor been revoked. One query."""
    return ApiToken.objects.active().with_token(secret).select_related("user").first()


def active_tokens_of(user: User) -> QuerySet[ApiToken]:
    """The user's tokens that have neither expired nor been revoked, newest first."""
    return ApiToken.objects.active().filter(user=user).order_by("-created_at")


def own_token(user: User, pk: UUID) -> ApiToken:
    """One of the user's own tokens; 404 for any other."""
    return get_object_or_404(ApiToken, user=user, pk=pk)
