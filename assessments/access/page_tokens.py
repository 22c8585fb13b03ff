"""A signed token in each questionnaire page: it says whose page it is, so that answers sent after the session has ended
are kept for that person."""

import datetime
from uuid import UUID

from django.core import signing
from django.http import Http404

from assessments.models import Submission, User

from .answering import PillarAccess, require_pillar

PAGE_SALT = "a pillar page and whose it is"


PAGE_LASTS = datetime.timedelta(days=7)


def page_token(user: User, submission: Submission) -> str:
    """Says on a pillar page whose it is, signed, so that what it sends after the session has ended can be kept."""
    return signing.dumps([user.pk, _password_mark(user), str(submission.pk)], salt=PAGE_SALT)


def _password_mark(user: User) -> str:
    """Changes with the password: anyone who changes it shuts every page that was open before."""
    return user.get_session_auth_hash()[:16]


def owner_of_page(token: str, pk: UUID, key: str) -> tuple[User, PillarAccess] | None:
    """Whose page of a pillar a token was made for; None where it is forged, too old, or no one's any more.

    `pk` and `key` are those of the page's address. Access that has ended since stays closed.
    """
    try:
        user, standing, submission = signing.loads(token, salt=PAGE_SALT, max_age=PAGE_LASTS)
    except (signing.BadSignature, ValueError):
        return None
    owner = User.objects.filter(pk=user, is_active=True).first()
    if owner is None or standing != _password_mark(owner):
        return None
    try:
        grant = require_pillar(owner, pk, key)
    except Http404:
        return None
    return (owner, grant) if str(grant.submission.pk) == submission else None
