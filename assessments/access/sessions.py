"""Where someone is signed in: each session is its person's alone."""

from django.http import Http404

from assessments.models import Session, User


def sessions_of(user: User) -> list[Session]:
    """Every session that lets this person in, the one used last first. One query."""
    running = Session.objects.running().filter(user=user).order_by("-last_used_at")
    return [session for session in running if session.is_open_to(user)]


def session_of(user: User, handle: str) -> Session:
    """One of the user's own sessions, by its name on their page."""
    for session in sessions_of(user):
        if session.handle == handle:
            return session
    raise Http404
