"""Erasing a person: deletes their texts and identity, but keeps pseudonymous numbers if enough others answered."""

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.sessions.models import Session as SessionBefore
from django.db import transaction
from django.db.models import QuerySet

from assessments import audit, privacy
from assessments.actions import evidence_files, export_removal, threads
from assessments.models import (
    Actor,
    Assessment,
    Evidence,
    Membership,
    Organisation,
    Participant,
    Session,
    Submission,
    User,
)
from assessments.privacy import ErasurePolicy

from . import leaving, name_reviews, redaction, result_erasure, vacuum

ENOUGH = 5  # people whose numbers may be kept when one of them is erased


@dataclass
class ErasurePlan:
    """A preview of an erasure: its effect on the person's participations and on organisations they lead."""

    anonymised: list[Participant] = field(default_factory=list)  # numbers are kept, texts deleted
    result_deleted: list[Participant] = field(default_factory=list)  # the result is deleted with the answers
    uncounted: list[Participant] = field(default_factory=list)  # no result includes their answers
    own: list[Organisation] = field(default_factory=list)  # without other people
    without_lead: list[Organisation] = field(default_factory=list)


def plan(user: User) -> ErasurePlan:
    """Preview the effect of erasing this person."""
    erasure = ErasurePlan(own=_of_nobody_else(user))
    erasure.without_lead = [each for each in _led_alone(user) if each not in erasure.own]
    for part in _parts_of(user).exclude(assessment__organisation__in=erasure.own):
        _place_in(erasure, part).append(part)
    return erasure


def _parts_of(user: User) -> QuerySet[Participant]:
    """Their participations: with their account, or invited at one of their addresses."""
    keys = privacy.rows_about(user, Participant, privacy.REGISTER["assessments.Participant"]).values("pk")
    return Participant.objects.filter(pk__in=keys).select_related("assessment__organisation", "submission")


def _place_in(erasure: ErasurePlan, part: Participant) -> list[Participant]:
    submission = getattr(part, "submission", None)
    if not part.assessment.has_result or submission is None or not submission.is_submitted:
        return erasure.uncounted
    answered = Submission.objects.submitted().filter(participant__assessment=part.assessment).count()
    return erasure.anonymised if answered >= ENOUGH else erasure.result_deleted


@transaction.atomic
def erase(*, user: User, base_url: str | None = None) -> ErasurePlan:
    """Erase a person irreversibly. The audit log records that someone was erased, but not who.

    If others wrote their name, the organisation is asked to review it; `base_url` is the URL of this site.
    """
    assessments = Assessment.objects.filter(pk__in=_parts_of(user).values("assessment")).order_by("pk")
    list(assessments.select_for_update(of=("self",)))
    current = User.objects.select_for_update().get(pk=user.pk)
    actor, _made = Actor.objects.get_or_create(user=current)
    audit.record(by=current, verb=audit.Verb.PERSON_ERASED, what=actor)
    erasure = plan(current)
    mentions = redaction.mentions_of(current)
    export_removal.remove_of(mentions.organisations)
    transaction.on_commit(vacuum.truncate_wal, robust=True)
    evidence_files.forget(Evidence.objects.filter(owner=current))
    _forget_texts(current)
    _apply(erasure)
    redaction.redact(mentions)
    _end_sessions(current)
    current.delete()
    name_reviews.ask(mentions=mentions, base_url=base_url or settings.SITE_URL)
    return erasure


def _of_nobody_else(user: User) -> list[Organisation]:
    """Organisations that this person leads and that have no other members, participants, invitees or consultancies."""
    led = Organisation.objects.filter(memberships__user=user, memberships__role=Membership.Role.LEAD)
    others = Participant.objects.exclude(user=user).values("assessment__organisation")
    members = Membership.objects.exclude(user=user).values("organisation")
    return list(led.filter(engagements=None).exclude(pk__in=others).exclude(pk__in=members))


def _led_alone(user: User) -> list[Organisation]:
    leads = Membership.objects.filter(role=Membership.Role.LEAD)
    led = Organisation.objects.filter(pk__in=leads.filter(user=user).values("organisation"))
    return list(led.exclude(pk__in=leads.exclude(user=user).values("organisation")))


def _apply(erasure: ErasurePlan) -> None:
    for organisation in erasure.own:
        leaving.purge(organisation=organisation)
    for part in (*erasure.anonymised, *erasure.result_deleted):
        threads.forget_replies(part.assessment)
    for part in erasure.anonymised:
        result_erasure.keep_numbers(part)
    for part in erasure.uncounted:
        part.delete()
    for part in erasure.result_deleted:
        result_erasure.lose_result(part)


def _forget_texts(user: User) -> None:
    """Delete or empty every row as `privacy.REGISTER` specifies, including rows that only refer to the account."""
    for model, entry in privacy.tables():
        if entry.authored:
            privacy.rows_by(user, model, entry).update(**dict.fromkeys(entry.authored, ""))
        if entry.policy is ErasurePolicy.EMPTIED:
            privacy.rows_about(user, model, entry).update(**dict.fromkeys(entry.emptied, ""))
        elif entry.policy is ErasurePolicy.GOES and model is not User:
            privacy.rows_about(user, model, entry).delete()


def _end_sessions(user: User) -> None:
    """End all their sessions, and unfinished sign-ins with their address. Reads every session."""
    for model in (Session, SessionBefore):
        for session in model.objects.iterator():
            content = session.get_decoded()
            if content.get("_auth_user_id") == str(user.pk) or user.email in str(content).lower():
                session.delete()
