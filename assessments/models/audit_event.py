"""The append-only audit log: who did what to which object, and when. Erased people are no longer identifiable."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Actor(models.Model):
    """Maps an opaque id to a person. Deleted with the person, after which the id identifies no one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="actor")

    def __str__(self) -> str:
        return str(self.pk)


class AuditEvent(models.Model):
    """One recorded action. Holds no answer, personal text, address or token."""

    class Verb(models.TextChoices):
        """Values are stored in existing logs, so they never change; downloads append their file format."""

        OPENED = "opened", pgettext_lazy("audit log", "Opened")
        JOINED = "joined", pgettext_lazy("audit log", "Joined")
        CLOSED = "closed", pgettext_lazy("audit log", "Closed")
        DUE_DATE_MOVED = "moved the due date", pgettext_lazy("audit log", "Moved the due date")
        RELEASED = "released", pgettext_lazy("audit log", "Released")
        AUDIENCE_CHANGED = "audience changed", pgettext_lazy("audit log", "Changed who sees a result")
        REOPENED = "reopened", pgettext_lazy("audit log", "Reopened for changes")
        RESULT_SHARED = "result shared", pgettext_lazy("audit log", "Shared a result")
        SHARING_WITHDRAWN = "sharing withdrawn", pgettext_lazy("audit log", "Withdrew the link to a result")
        SHARED_RESULT_OPENED = "shared result opened", pgettext_lazy("audit log", "Opened a shared result")
        DRAFTED = "drafted", pgettext_lazy("audit log", "Started a draft")
        DISCARDED = "discarded", pgettext_lazy("audit log", "Discarded a draft")
        VERSION_CHANGED = "moved", pgettext_lazy("audit log", "Changed the bank version")
        SUBMITTED = "submitted", pgettext_lazy("audit log", "Submitted")
        INTERVIEW_STARTED = "began to record", pgettext_lazy("audit log", "Started an interview")
        CONFIRMATION_ASKED = "asked to confirm", pgettext_lazy("audit log", "Asked to confirm an interview")
        CONFIRMED = "confirmed", pgettext_lazy("audit log", "Confirmed an interview")
        INVITED = "invited", pgettext_lazy("audit log", "Invited")
        INVITED_AGAIN = "invited again", pgettext_lazy("audit log", "Invited again")
        UNINVITED = "uninvited", pgettext_lazy("audit log", "Withdrew an invitation")
        CORRECTED = "corrected", pgettext_lazy("audit log", "Corrected a person on the list")
        REMINDED = "reminded", pgettext_lazy("audit log", "Sent a reminder")
        LINK_ASKED = "asked for a new link", pgettext_lazy("audit log", "Asked for a new link")
        DELEGATED = "passed on", pgettext_lazy("audit log", "Delegated")
        DELEGATION_WITHDRAWN = "took back", pgettext_lazy("audit log", "Withdrew a delegation")
        ACCEPTED = "accepted", pgettext_lazy("audit log", "Accepted a delegation")
        STARTED = "started", pgettext_lazy("audit log", "Started")
        WORKSHOP_ENDED = "ended", pgettext_lazy("audit log", "Ended a workshop")
        WORKSHOP_QUESTION_ASKED = "asked", pgettext_lazy("audit log", "Asked the workshop a question")
        WORKSHOP_VOTES_SHOWN = "revealed", pgettext_lazy("audit log", "Showed the votes")
        AGREED_ANSWER_RECORDED = "agreed", pgettext_lazy("audit log", "Recorded an agreed answer")
        AGREED_ANSWER_WITHDRAWN = "withdrew", pgettext_lazy("audit log", "Withdrew an agreed answer")
        COMMENTED = "commented", pgettext_lazy("audit log", "Wrote a commentary")
        COMMENT_REMOVED = "comment taken away", pgettext_lazy("audit log", "Removed a commentary")
        SCENARIO_SAVED = "saved", pgettext_lazy("audit log", "Saved a scenario")
        REMOVED = "removed", pgettext_lazy("audit log", "Removed")
        THREAD_ASKED = "asked about answers", pgettext_lazy("audit log", "Asked about answers")
        THREAD_CLOSED = "thread closed", pgettext_lazy("audit log", "Closed a thread")
        PILLAR_REVIEWED = "pillar reviewed", pgettext_lazy("audit log", "Reviewed a pillar")
        EVIDENCE_CHECKED = "evidence checked", pgettext_lazy("audit log", "Checked evidence")
        EVIDENCE_UNCHECKED = "evidence unchecked", pgettext_lazy("audit log", "Took back a check of evidence")
        ACTION_ADDED = "decided", pgettext_lazy("audit log", "Added an action")
        ACTION_CHANGED = "revised", pgettext_lazy("audit log", "Changed an action")
        ACTION_PLANNED = "planned", pgettext_lazy("audit log", "Planned an action")
        ACTION_DONE = "done", pgettext_lazy("audit log", "Completed an action")
        ACTION_DROPPED = "dropped", pgettext_lazy("audit log", "Dropped an action")
        ACTION_MOVED_UP = "moved up", pgettext_lazy("audit log", "Moved an action up")
        ACTION_MOVED_DOWN = "moved down", pgettext_lazy("audit log", "Moved an action down")
        PROGRAMME_STARTED = "programme started", pgettext_lazy("audit log", "Started a programme")
        PROGRAMME_CHANGED = "programme changed", pgettext_lazy("audit log", "Changed a programme")
        PROGRAMME_PAUSED = "programme paused", pgettext_lazy("audit log", "Paused a programme")
        PROGRAMME_RESUMED = "programme resumed", pgettext_lazy("audit log", "Resumed a programme")
        PROGRAMME_TAKEN_OVER = "programme taken over", pgettext_lazy("audit log", "Took over a programme")
        PROGRAMME_SKIPPED = "programme skipped", pgettext_lazy("audit log", "Skipped an assessment of a programme")
        PROGRAMME_ENDED = "programme ended", pgettext_lazy("audit log", "Ended a programme")
        RENAMED = "renamed", pgettext_lazy("audit log", "Renamed")
        UNIT_ADDED = "unit added", pgettext_lazy("audit log", "Added a unit")
        UNIT_CHANGED = "unit changed", pgettext_lazy("audit log", "Changed a unit")
        UNIT_MOVED = "unit moved", pgettext_lazy("audit log", "Moved a unit")
        UNIT_MERGED = "unit merged", pgettext_lazy("audit log", "Merged a unit into another")
        UNIT_CLOSED = "unit closed", pgettext_lazy("audit log", "Closed a unit")
        UNIT_REOPENED = "unit reopened", pgettext_lazy("audit log", "Reopened a unit")
        UNIT_LEADS_CHANGED = "unit leads changed", pgettext_lazy("audit log", "Changed who leads a unit")
        UNITS_CHOSEN = "units chosen", pgettext_lazy("audit log", "Chose the units of an assessment")
        OBJECTED = "objected", pgettext_lazy("audit log", "Objected to the answer to a central question")
        OBJECTION_ACCEPTED = "objection accepted", pgettext_lazy("audit log", "Accepted an objection")
        OBJECTION_DECLINED = "objection declined", pgettext_lazy("audit log", "Declined an objection")
        PEOPLE_PLACED = "people placed", pgettext_lazy("audit log", "Assigned people to units")
        BRAND_CHANGED = "brand changed", pgettext_lazy("audit log", "Changed a brand")
        LOGO_CHANGED = "logo changed", pgettext_lazy("audit log", "Changed a logo")
        LOGO_REMOVED = "logo removed", pgettext_lazy("audit log", "Removed a logo")
        TEMPLATE_CHANGED = "template changed", pgettext_lazy("audit log", "Changed a template")
        TEMPLATE_REMOVED = "template removed", pgettext_lazy("audit log", "Removed a template")
        EVIDENCE_ADDED = "evidence added", pgettext_lazy("audit log", "Added evidence")
        EVIDENCE_CHANGED = "evidence changed", pgettext_lazy("audit log", "Changed evidence")
        EVIDENCE_REMOVED = "evidence removed", pgettext_lazy("audit log", "Removed evidence")
        EVIDENCE_REFUSED = "evidence refused", pgettext_lazy("audit log", "Refused evidence with a virus")
        SNIPPET_SAVED = "snippet saved", pgettext_lazy("audit log", "Saved a snippet")
        SNIPPET_REMOVED = "snippet removed", pgettext_lazy("audit log", "Removed a snippet")
        EXPORT_ASKED = "export asked", pgettext_lazy("audit log", "Requested an export")
        EXPORT_REMOVED = "export removed", pgettext_lazy("audit log", "Removed an export")
        HAND_OVER_ASKED = "hand-over asked", pgettext_lazy("audit log", "Requested a handover")
        HAND_OVER_DOWNLOADED = "hand-over taken away", pgettext_lazy("audit log", "Downloaded a handover")
        HAND_OVER_KEY_SHOWN = "hand-over key told", pgettext_lazy("audit log", "Showed the key of a handover")
        IMPORTED = "taken in", pgettext_lazy("audit log", "Imported a handover")
        DOWNLOADED = "taken away as", pgettext_lazy("audit log", "Downloaded")
        DOWNLOADED_BY_TOKEN = "taken away by token as", pgettext_lazy("audit log", "Downloaded with a token")
        TOKEN_MADE = "token made", pgettext_lazy("audit log", "Created a token")
        TOKEN_REVOKED = "token revoked", pgettext_lazy("audit log", "Revoked a token")
        FEED_MADE = "calendar made", pgettext_lazy("audit log", "Created a calendar address")
        FEED_WITHDRAWN = "calendar withdrawn", pgettext_lazy("audit log", "Withdrew a calendar address")
        BANK_LOADED = "loaded", pgettext_lazy("audit log", "Loaded a question bank")
        BANK_PUBLISHED = "published", pgettext_lazy("audit log", "Published a question bank")
        BANK_RETIRED = "retired", pgettext_lazy("audit log", "Retired a question bank")
        TRANSLATION_STARTED = "began", pgettext_lazy("audit log", "Started a translation")
        TRANSLATION_OFFERED = "offered", pgettext_lazy("audit log", "Offered a translation")
        TRANSLATION_WITHDRAWN = "withdrawn", pgettext_lazy("audit log", "Withdrew a translation")
        BENCHMARK_CONSENT = "consented to benchmarks", pgettext_lazy("audit log", "Consented to benchmarks")
        BENCHMARK_WITHDRAWAL = "withdrew from benchmarks", pgettext_lazy("audit log", "Withdrew consent to benchmarks")
        COHORT_FROZEN = "froze a cohort", pgettext_lazy("audit log", "Published a benchmark")
        CREATED = "created", pgettext_lazy("audit log", "Created")
        CHANGED = "changed", pgettext_lazy("audit log", "Changed")
        DEMO_ADDED = "demo added", pgettext_lazy("audit log", "Added the demonstration")
        DEMO_REMOVED = "demo removed", pgettext_lazy("audit log", "Removed the demonstration")
        ORGANISATION_DELETED = "deleted", pgettext_lazy("audit log", "Deleted an organisation")
        ORGANISATION_RESTORED = "restored", pgettext_lazy("audit log", "Restored an organisation")
        ORGANISATION_PURGED = "purged", pgettext_lazy("audit log", "Erased an organisation")
        RESULT_ERASED = "result erased", pgettext_lazy("audit log", "Erased a result")
        PERSON_ERASED = "erased", pgettext_lazy("audit log", "Erased a person")
        EXPIRED = "expired", pgettext_lazy("audit log", "Deleted after its retention period")
        NAME_REVIEW_ASKED = "name review asked", pgettext_lazy("audit log", "Asked to review a name")
        NAME_REDACTED = "name struck", pgettext_lazy("audit log", "Redacted a name")
        NAME_REVIEW_FINISHED = "name review finished", pgettext_lazy("audit log", "Finished a name review")
        EMAIL_RESENT = "tried again", pgettext_lazy("audit log", "Resent an e-mail")
        SIGNED_UP = "signed up", pgettext_lazy("audit log", "Signed up")
        SIGNED_IN = "signed in", pgettext_lazy("audit log", "Signed in")
        SIGNED_OUT_EVERYWHERE = "signed out everywhere", pgettext_lazy("audit log", "Signed out everywhere")
        SESSION_ENDED = "session ended", pgettext_lazy("audit log", "Ended a session")
        OTHER_SESSIONS_ENDED = "other sessions ended", pgettext_lazy("audit log", "Ended all other sessions")
        PASSWORD_SET = "password set", pgettext_lazy("audit log", "Set a password")
        PASSWORD_CHANGED = "password changed", pgettext_lazy("audit log", "Changed the password")
        PASSWORD_RESET = "password reset", pgettext_lazy("audit log", "Reset the password")
        PASSWORD_REMOVED = "password removed", pgettext_lazy("audit log", "Removed a password")
        ADDRESS_CHANGED = "address changed", pgettext_lazy("audit log", "Changed the e-mail address")
        ADDRESS_ADDED = "address added", pgettext_lazy("audit log", "Added an e-mail address")
        ADDRESS_REMOVED = "address removed", pgettext_lazy("audit log", "Removed an e-mail address")
        SECOND_FACTOR_ADDED = "second factor added", pgettext_lazy("audit log", "Added a second factor")
        SECOND_FACTOR_REMOVED = "second factor removed", pgettext_lazy("audit log", "Removed a second factor")
        RECOVERY_CODES_RENEWED = "recovery codes made anew", pgettext_lazy("audit log", "Renewed the recovery codes")
        PROVIDER_CONNECTED = "provider connected", pgettext_lazy("audit log", "Connected a provider")

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    actor = models.UUIDField(_("actor"), null=True)
    verb = models.CharField(_("what"), max_length=40)
    object_type = models.CharField(_("kind of object"), max_length=40)
    object_id = models.CharField(_("object"), max_length=64)
    # Position in the chain (models/chain.py); None until just after the transaction commits
    number = models.PositiveBigIntegerField(_("number"), null=True, unique=True, editable=False)
    hash = models.CharField(_("hash"), max_length=64, default="", db_default="", editable=False)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("audit event")
        verbose_name_plural = _("audit log")
        indexes: ClassVar = [
            models.Index(fields=("object_type", "object_id"), name="events_of_an_object"),
            models.Index(fields=("id",), name="events_to_link", condition=models.Q(number=None)),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"

    @classmethod
    def label_of(cls, verb: str) -> str:
        """A logged verb in the reader's language, or unchanged if this version does not know it."""
        name, split, form = verb.partition(" as ")
        value = f"{name} as" if split else name
        return f"{cls.Verb(value).label} {form}".rstrip() if value in cls.Verb else verb
