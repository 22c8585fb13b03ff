"""Who asks: a token instead of a session, for as long as it and its owner stand."""

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from assessments import access
from assessments.actions import tokens
from assessments.models import ApiToken, User

RATE = "120/m"  # requests of one token


class TokenAuth(HttpBearer):
    """`Authorization: Bearer mat_…`. Cookies open nothing here, so no other site can make a browser ask."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        row = access.active_token(token)
        if row is not None:
            tokens.note_use(token=row)
        return row


def reader(request: HttpRequest, scope: str) -> User:
    """Whose eyes the program has. Raises HttpError where the token is not for `scope`."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # set by ninja
    if not getattr(token, f"reads_{scope}"):
        raise HttpError(403, f"This token may not read {scope}.")
    return token.user
