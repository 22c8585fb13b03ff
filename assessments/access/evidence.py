"""Who may see a file: whoever has access to an answer that cites it, and the people of a register it is in."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments.models import (
    Assessment,
    Citation,
    Delegation,
    Evidence,
    Organisation,
    Participant,
    Question,
    Submission,
    User,
)
from assessments.models.evidence import EvidenceQuerySet

from .answering import PillarAccess, recorded_by


def evidence_for(user: User, pk: UUID) -> Evidence:
    """A piece whose file `user` may download, once the virus scanner has seen it."""
    own = Citation.objects.filter(submission__participant__user=user)
    lent = Delegation.objects.accessible_to(user).filter(
        submission=OuterRef("submission"), pillar=OuterRef("question__pillar")
    )
    answers = own | Citation.objects.filter(Exists(lent)) | Citation.objects.filter(submission__in=recorded_by(user))
    seen = Q(pk__in=answers.values("evidence")) | Q(pk__in=_in_registers(user).values("pk"))
    present = Evidence.objects.filter(organisation__deleted_at=None, state=Evidence.State.READY)
    return get_object_or_404(present.filter(seen).select_related("organisation"), pk=pk)


def _in_registers(user: User) -> EvidenceQuerySet:
    """What the registers show to `user`: all of it to who manages the organisation, and what is meant for everyone to
    people who take part in one of its open assessments."""
    managed = Q(organisation__in=Organisation.objects.managed_by(user))
    parts = Participant.objects.filter(user=user, assessment__state=Assessment.State.OPEN)
    part = Q(organisation__in=parts.values("assessment__organisation")) & (Q(owner=None) | Q(is_offered=True))
    return Evidence.objects.registered().filter(managed | part)


def citable_by(user: User, grant: PillarAccess, question: Question) -> EvidenceQuerySet:
    """What `user` can cite in an answer that does not cite it yet: their own files and what the register shows them."""
    organisation = grant.submission.participant.assessment.organisation_id
    here = Evidence.objects.filter(
        Q(owner=user) | Q(pk__in=_in_registers(user).values("pk")), organisation=organisation
    )
    cited = Citation.objects.filter(submission=grant.submission, question=question).values("evidence")
    return here.exclude(pk__in=cited).order_by("title", "pk")


def piece_of(rows: EvidenceQuerySet, text: str) -> Evidence:
    """The piece whose id a form sent, if it is one of `rows`. Raises Http404."""
    try:
        pk = UUID(text)
    except ValueError as unknown:
        raise Http404 from unknown
    return get_object_or_404(rows, pk=pk)


def pieces_cited_in(submission: Submission, *questions: Question) -> EvidenceQuerySet:
    """The pieces that the answers to these questions cite, or all answers, by title."""
    cites = Citation.objects.filter(submission=submission)
    cited = (cites.filter(question__in=questions) if questions else cites).values("evidence")
    return Evidence.objects.filter(pk__in=cited).order_by("title", "pk")


def editable_by(user: User, grant: PillarAccess, *questions: Question) -> EvidenceQuerySet:
    """What `user` uploaded and these answers cite, or all of them: while they are open, and until it is in the register
    or counts for an answer that is submitted."""
    if not grant.is_open:
        return Evidence.objects.none()
    submitted = Submission.objects.submitted().filter(participant__assessment__state=Assessment.State.OPEN)
    counts = Citation.objects.filter(submission__in=submitted).values("evidence")
    own = pieces_cited_in(grant.submission, *questions).filter(owner=user, in_register=False)
    return own.exclude(pk__in=counts)


def cited_last_time(user: User, grant: PillarAccess, question: Question) -> EvidenceQuerySet:
    """What the respondent cited for the same question in earlier assessments, and could cite again; not for others."""
    citable = citable_by(user, grant, question)
    if grant.delegation or grant.is_interview:
        return citable.none()
    part = grant.submission.participant
    earlier = Citation.objects.filter(
        question__key=question.key,
        submission__participant__pseudonym=part.pseudonym,
        submission__participant__assessment__organisation=part.assessment.organisation_id,
        submission__participant__assessment__created_at__lt=part.assessment.created_at,
    )
    return citable.filter(pk__in=earlier.values("evidence"))


def register_for(user: User, pk: UUID) -> Organisation:
    """An organisation whose register `user` manages."""
    return get_object_or_404(Organisation.objects.managed_by(user), pk=pk)


def register_piece_for(user: User, pk: UUID) -> Evidence:
    """A piece in the register of an organisation that `user` manages."""
    managed = Evidence.objects.registered().filter(organisation__in=Organisation.objects.managed_by(user))
    return get_object_or_404(managed.select_related("organisation"), pk=pk)
