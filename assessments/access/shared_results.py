"""Who reads a result: those who manage it or took part, and people without an account by a link that was mailed to them.

A link shows the result only in a browser in which the code sent to its address was entered, for eight hours.
"""

import time
from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from assessments.models import Assessment, SharedResult, User
from assessments.models.shared_result import SharedResultQuerySet

from .assessments import require_assessment, shows_result

PROVEN = "shared_results"  # session key: assessment id -> the link's id, and when its code was entered
PROVEN_LASTS = 8 * 60 * 60  # seconds


class ResultReader(NamedTuple):
    """Who asks for an assessment's result, a `user` or else the recipient of `link`, and whether it is shown to them."""

    assessment: Assessment
    runs: bool
    may_see: bool
    user: User | None = None
    link: SharedResult | None = None

    @property
    def key(self) -> str:
        """Identifies the person, whether or not they have an account."""
        return str(self.user.pk) if self.user is not None else f"link {self.link and self.link.pk}"


def reader_of(request: HttpRequest, pk: UUID) -> ResultReader:
    """Who asks for the result of assessment `pk` in this browser. A link counts where an account does not suffice."""
    own = _account_reader(request.user, pk)
    if own is not None and own.may_see:
        return own
    try:
        link = link_on(request, pk)
    except Http404:
        link = None
    if link is not None:
        return ResultReader(link.assessment, runs=False, may_see=True, link=link)
    if own is None:
        raise Http404
    return own


def _account_reader(user: object, pk: UUID) -> ResultReader | None:
    """The user as a reader; None if they neither manage the assessment nor take part, or nobody is signed in."""
    if not isinstance(user, User):
        return None
    try:
        grant = require_assessment(user, pk)
    except Http404:
        return None
    return ResultReader(*grant, shows_result(user, grant), user)


def require_result_reader(request: HttpRequest, pk: UUID, *, pulses: bool = False) -> ResultReader:
    """The same, if the result is shown to them; only with `pulses` also that of a pulse, which has no report."""
    reader = reader_of(request, pk)
    if not reader.may_see or (reader.assessment.is_pulse and not pulses):
        raise Http404
    return reader


def link_on(request: HttpRequest, pk: UUID) -> SharedResult | None:
    """The link whose code was entered in this browser; None if none was. Raises Http404 if it no longer works."""
    link, proven_at = request.session.get(PROVEN, {}).get(str(pk), (None, 0))
    if link is None or time.time() - proven_at > PROVEN_LASTS:
        return None
    found = _links().filter(pk=link, assessment=pk).first()
    if found is None or not found.shows_result:
        raise Http404
    return found


def admit_reader(request: HttpRequest, link: SharedResult) -> None:
    """Let this browser read the result, once the link's code was entered."""
    request.session.cycle_key()
    request.session[PROVEN] = {
        **request.session.get(PROVEN, {}),
        str(link.assessment_id): (str(link.pk), int(time.time())),
    }


def shared_result_with(token: str) -> SharedResult:
    """The link with this token, expired or not, unless it was withdrawn."""
    return get_object_or_404(_links().with_token(token), revoked_at=None)


def _links() -> SharedResultQuerySet:
    present = SharedResult.objects.filter(assessment__in=Assessment.objects.present())
    return present.select_related("invited_by", "assessment__organisation", "assessment__bank_version")


def shared_results_of(assessment: Assessment) -> SharedResultQuerySet:
    """Every link to this result, newest first."""
    return SharedResult.objects.filter(assessment=assessment).select_related("assessment__organisation").newest_first()


def shared_result_in(assessment: Assessment, pk: UUID) -> SharedResult:
    """A link to a result to which access has already been checked."""
    return get_object_or_404(SharedResult, assessment=assessment, pk=pk)
