"""Delegating a pillar to a colleague, and withdrawing the delegation."""

import datetime

from django.db import transaction
from django.utils import timezone

from assessments import audit, emails
from assessments.models import Delegation, Pillar, Submission, User

from . import links
from .answering import lock

EMAILS_PER_DAY = 20  # per person, across all assessments


class DelegatedToOneselfError(Exception):
    """A respondent needs no link to their own answers; nothing was changed."""


@transaction.atomic
def delegate(
    *, submission: Submission, pillar: Pillar, email: str, name: str, note: str, by: User, base_url: str
) -> Delegation:
    """Ask a colleague to answer one pillar; a colleague it was delegated to before loses access.

    Raises AnsweringClosedError once the answers are locked, DelegatedToOneselfError, TooOftenError.
    """
    lock(submission)
    if email.lower() == by.email.lower():
        raise DelegatedToOneselfError
    day_ago = timezone.now() - datetime.timedelta(days=1)
    if Delegation.objects.filter(invited_by=by, created_at__gt=day_ago).count() >= EMAILS_PER_DAY:
        raise links.TooOftenError
    Delegation.objects.live().filter(submission=submission, pillar=pillar).update(revoked_at=timezone.now())
    delegation = Delegation.objects.create(
        submission=submission, pillar=pillar, email=email.lower(), name=name, note=note, invited_by=by
    )
    emails.queue(kind="delegation", about=delegation, base_url=base_url)
    audit.record(by=by, verb=audit.Verb.DELEGATED, what=delegation)
    return delegation


@transaction.atomic
def send_again(*, delegation: Delegation, by: User, base_url: str) -> Delegation:
    """Replace an unused link with a new one. Raises what `delegate` raises, and DeadLinkError if it was used."""
    lock(delegation.submission)  # before the link's own row, as in `take_back`
    current = Delegation.objects.locked(delegation.pk)
    if not current.is_pending:
        raise links.DeadLinkError
    return delegate(
        submission=delegation.submission,
        pillar=delegation.pillar,
        email=current.email,
        name=current.name,
        note=current.note,
        by=by,
        base_url=base_url,
    )


@transaction.atomic
def take_back(*, delegation: Delegation, by: User) -> bool:
    """End a colleague's access at once, keeping their answers. Returns False if it had already ended.

    A concurrent save either comes first or is refused: both wait for the submission's row.
    """
    Submission.objects.locked(delegation.submission_id)
    current = Delegation.objects.locked(delegation.pk)
    if current.revoked_at is not None:
        return False
    current.revoked_at = timezone.now()
    current.save()
    audit.record(by=by, verb=audit.Verb.DELEGATION_WITHDRAWN, what=current)
    return True


@transaction.atomic
def accept(*, token: str, user: User) -> Delegation:
    """Give the link's recipient access to the pillar. Raises DeadLinkError, OtherAddressError."""
    delegation = links.locked(Delegation.objects.all(), token)
    submission = delegation.submission
    if submission.is_submitted or not submission.participant.assessment.is_open:
        raise links.DeadLinkError
    links.use(delegation, user)
    delegation.user = user
    delegation.save()
    audit.record(by=user, verb=audit.Verb.ACCEPTED, what=delegation)
    return delegation


@transaction.atomic
def accept_as_new(*, token: str, name: str = "") -> tuple[User, Delegation]:
    """The same for someone without an account: following the link verifies the address, and creates one.

    `name` is their own spelling of it; by default, what they were asked by. Raises DeadLinkError, AccountExistsError.
    """
    delegation = links.locked(Delegation.objects.all(), token)
    user = links.new_account(email=delegation.email, name=name or delegation.name)
    return user, accept(token=token, user=user)


@transaction.atomic
def ask_for_new(*, token: str, base_url: str) -> None:
    """Tell the respondent that a recipient wants a new link to replace an unusable one. Ignores unknown tokens."""
    delegation = Delegation.objects.select_for_update(of=("self",)).with_token(token).first()
    if delegation is not None and links.ask_again(delegation):
        emails.queue(kind="delegation_wanted", about=delegation, base_url=base_url)
        audit.record(by=None, verb=audit.Verb.LINK_ASKED, what=delegation)
