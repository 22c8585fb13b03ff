"""The e-mail queue: each e-mail stays queued until the mail server accepts it."""

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Participant

ACCOUNT = "account"  # the kind of account e-mails, whose whole text is stored encrypted
TRIED_FOR = datetime.timedelta(days=3)
USUALLY_TAKES = datetime.timedelta(minutes=5)  # after this it is late, whether attempted or not


class OutgoingEmailQuerySet(models.QuerySet["OutgoingEmail"]):
    def queued(self) -> Self:
        return self.filter(state=OutgoingEmail.State.QUEUED)

    def due(self) -> Self:
        """Queued e-mails whose next attempt is due."""
        return self.queued().filter(next_attempt_at__lte=timezone.now())

    def newest_first(self) -> Self:
        return self.order_by("-queued_at", "-pk")


class OutgoingEmail(models.Model):
    """One e-mail to one person: sent once a mail server accepts it, dead once retries stop.

    `kind` and `about` give its type and the row it is about; its text is written from these at each attempt.
    `sealed` is encrypted: the token of its link, or the whole text of an account e-mail; "" once sent or dead.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Not delivered")

    class Failure(models.TextChoices):
        UNREACHABLE = "unreachable", _("The mail server did not answer.")
        REFUSED = "refused", _("The mail server rejected it.")
        ADDRESS = "address", _("The mail server rejected the address.")
        BROKEN = "broken", _("The e-mail could not be written. The reason is in the log.")

    kind = models.CharField(_("kind"), max_length=40)
    about = models.CharField(max_length=36, blank=True)
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="emails")
    to = models.EmailField(_("recipient"), max_length=320)  # the length that forms accept
    base_url = models.CharField(max_length=300, blank=True)
    sealed = models.TextField(blank=True)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=11, choices=Failure, blank=True)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    tried_at = models.DateTimeField(_("last attempt"), null=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    give_up_at = models.DateTimeField(_("tried until"))
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes: ClassVar = [
            models.Index(fields=("next_attempt_at",), condition=Q(state="queued"), name="emails_by_next_attempt"),
            models.Index(fields=("kind", "about"), name="emails_about_a_row"),
            models.Index(fields=("queued_at",), name="emails_by_age"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=("queued", "sent", "dead")), name="email_state_known"),
            models.CheckConstraint(condition=Q(state="queued") | Q(sealed=""), name="email_secrets_end_with_the_queue"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_dead(self) -> bool:
        return self.state == self.State.DEAD

    @property
    def is_late(self) -> bool:
        """Whether it is still queued after a failed attempt, or longer than usual."""
        late = bool(self.last_error) or self.queued_at <= timezone.now() - USUALLY_TAKES
        return self.state == self.State.QUEUED and late
