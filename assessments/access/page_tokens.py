"""A signed token in each questionnaire page identifies its user, so that answers sent after the session ended are kept
for that user."""

import datetime
from uuid import UUID

from django.core import signing
from django.http import Http404

from assessments.models import Submission, User

from .answering import PillarAccess, require_pillar

PAGE_SALT = "a pillar page and whose it is"


PAGE_LASTS = datetime.timedelta(days=7)


def page_token(user: User, submission: Submission) -> str:
    """Return a signed token identifying the user of a pillar page, so that late answers can be kept."""
    return signing.dumps([user.pk, _password_mark(user), str(submission.pk)], salt=PAGE_SALT)


def _password_mark(user: User) -> str:
    """A fingerprint that changes with the password, which invalidates all pages opened before."""
    return user.get_session_auth_hash()[:16]


def owner_of_page(token: str, pk: UUID, key: str) -> tuple[User, PillarAccess] | None:
    """The user a pillar page's token was created for, or None if it is forged, expired or its user is inactive.

    `pk` and `key` are from the page's URL. Returns None if the user has lost access since.
    """
    try:
        user, password_mark, submission = signing.loads(token, salt=PAGE_SALT, max_age=PAGE_LASTS)
    except (signing.BadSignature, ValueError):
        return None
    owner = User.objects.filter(pk=user, is_active=True).first()
    if owner is None or password_mark != _password_mark(owner):
        return None
    try:
        grant = require_pillar(owner, pk, key)
    except Http404:
        return None
    return (owner, grant) if str(grant.submission.pk) == submission else None
