"""A user's sessions, visible to that user only."""

from django.http import Http404

from assessments.models import Session, User


def sessions_of(user: User) -> list[Session]:
    """Every session in which this user is signed in, most recently used first. One query."""
    running = Session.objects.running().filter(user=user).order_by("-last_used_at")
    return [session for session in running if session.is_open_to(user)]


def session_of(user: User, handle: str) -> Session:
    """One of the user's own sessions, by its handle."""
    for session in sessions_of(user):
        if session.handle == handle:
            return session
    raise Http404
