"""API authentication: a token instead of a session, valid while it is not revoked and its owner is active."""

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from assessments import access
from assessments.actions import tokens
from assessments.models import ApiToken, User

RATE = "120/m"  # requests per token


class TokenAuth(HttpBearer):
    """`Authorization: Bearer mat_…`. Cookies are ignored, so another site cannot make a browser send requests."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        row = access.active_token(token)
        if row is not None:
            tokens.note_use(token=row)
        return row


def reader(request: HttpRequest, scope: str) -> User:
    """Return the token's owner. Raises HttpError if the token lacks `scope`."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # set by ninja
    if not getattr(token, f"reads_{scope}"):
        raise HttpError(403, f"This token may not read {scope}.")
    return token.user
