"""The programme of an organisation: assessments that open, invite, remind and close by themselves."""

import calendar
import datetime
import itertools
import uuid
from collections.abc import Iterator
from typing import ClassVar, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment, Participant
from .bank import BankVersion, QuestionBank
from .locking import LockingQuerySet
from .organisation import Organisation
from .person import User

NOTICE_DAYS = 7  # before it opens, whoever runs the programme is told
LATE_DAYS = 14  # an assessment that could not open on its day opens up to so many days later, or not at all
YEAR = 366  # days


class ProgrammeQuerySet(LockingQuerySet["Programme"]):
    def current(self) -> Self:
        """Neither ended nor of a deleted organisation."""
        return self.filter(ended_at=None, organisation__deleted_at=None)

    def running(self) -> Self:
        """Current and not paused."""
        return self.current().filter(paused_at=None)

    def of(self, organisation: Organisation) -> "Programme | None":
        """The organisation's current programme. One query."""
        found = self.current().filter(organisation=organisation)
        return found.select_related("run_by", "organisation").first()


class Programme(models.Model):
    """What an organisation measures regularly; at most one is current, and its steps say what and when.

    Invitations go out in the name of `run_by`; None if that account was erased. `reminder_days` as in `Assessment`.
    `days_off` are pairs of first and last day, "2026-12-24", or "12-24" for every year; `weekdays_off` are numbers
    from 0, Monday. Nothing that was to open before `active_since` is opened.
    """

    class Release(models.TextChoices):
        BY_HAND = "hand", _("By hand")
        WHEN_CLOSED = "closed", _("When it closes")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="programmes")
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    confidentiality = models.CharField(
        max_length=12, choices=Assessment.Confidentiality, default=Assessment.Confidentiality.CONFIDENTIAL
    )
    reminder_days = models.JSONField(default=list)
    keeps_targets = models.BooleanField(default=True)  # those of the latest assessment with the same bank
    release = models.CharField(max_length=6, choices=Release, default=Release.BY_HAND)
    weekdays_off = models.JSONField(default=list)
    days_off = models.JSONField(default=list)
    active_since = models.DateField()
    paused_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(ended_at=None), name="one_programme_an_organisation"
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=("confidential", "named")), name="programme_confidentiality_known"
            ),
            models.CheckConstraint(condition=Q(release__in=("hand", "closed")), name="programme_release_known"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def runner(self) -> User | None:
        """Whoever runs it, as long as they have an account and manage the organisation."""
        user = self.run_by
        if user is None or not user.is_active:
            return None
        return user if Organisation.objects.managed_by(user).filter(pk=self.organisation_id).exists() else None

    def is_off(self, day: datetime.date) -> bool:
        """Whether nothing opens or closes on this day."""
        if day.weekday() in self.weekdays_off:
            return True
        return any(_is_between(day.isoformat()[-len(first) :], first, last) for first, last in self.days_off)

    def working_day(self, day: datetime.date) -> datetime.date:
        """The day, or the next one on which people work; the day itself if there is none within a year."""
        days = (day + datetime.timedelta(days=n) for n in range(YEAR))
        return next((each for each in days if not self.is_off(each)), day)

    def planned(self, first: datetime.date, last: datetime.date) -> "list[Planned]":
        """What its steps open from `first` to `last`, in order; whether it has opened or been skipped is not asked.

        Of steps with the same bank that fall into one month, only the full questionnaire or the first opens.
        """
        steps = sorted(self.steps.all(), key=lambda step: (step.subset != "", step.pk))
        planned = (
            each
            for number, step in enumerate(steps)
            for each in step.planned(self, first, last)
            if not any(other.bank_id == step.bank_id and other.opens_in(each.period) for other in steps[:number])
        )
        return sorted(planned, key=lambda each: each.opens)

    def coming(self, first: datetime.date) -> "list[Planned]":
        """What it opens in the two years from `first`, except what it has opened, skipped or left out.

        Two queries; none if its steps and runs were prefetched.
        """
        announced = ProgrammeRun.State.ANNOUNCED
        settled = {(run.step_id, run.period) for run in self.runs.all() if run.state != announced}
        planned = self.planned(max(first, self.active_since), first + datetime.timedelta(days=2 * YEAR))
        return [each for each in planned if (each.step.pk, each.period) not in settled]


def _is_between(day: str, first: str, last: str) -> bool:
    """Whether a day is in a range, which goes on in the next year if it ends before it begins."""
    return first <= day <= last if first <= last else day >= first or day <= last


class Planned(NamedTuple):
    """One assessment to come: the month it belongs to, as its first day, and the days on which it opens and is due."""

    step: "ProgrammeStep"
    period: datetime.date
    opens: datetime.date
    due: datetime.date


class ProgrammeStep(models.Model):
    """What is asked and how often: the current version of a bank, or of its `subset`, every so many months.

    It first opens on `first_on`, and later on the same day of the month or its last; `days` later it is due.
    """

    class Rhythm(models.IntegerChoices):
        MONTHLY = 1, _("Every month")
        QUARTERLY = 3, _("Every quarter")
        HALF_YEARLY = 6, _("Every half-year")
        YEARLY = 12, _("Every year")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="steps")
    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="+")
    subset = models.CharField(max_length=64, blank=True)  # its key; "": the full questionnaire
    months = models.PositiveSmallIntegerField(choices=Rhythm)
    first_on = models.DateField()
    days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(months__in=(1, 3, 6, 12)), name="step_rhythm_known"),
            models.CheckConstraint(condition=Q(days__gte=1), name="step_lasts_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_months_display()}: {self.bank}"

    @property
    def version(self) -> BankVersion | None:
        """The current version of its bank; None if all were retired, or it lacks the subset."""
        newest = BankVersion.objects.published().filter(bank=self.bank_id).newest_first().first()
        return newest if newest is not None and newest.has_subset(self.subset) else None

    def opens_in(self, period: datetime.date) -> bool:
        """Whether it opens in the month of this day."""
        months = (period.year - self.first_on.year) * 12 + period.month - self.first_on.month
        return months >= 0 and months % self.months == 0

    def planned(self, programme: Programme, first: datetime.date, last: datetime.date) -> Iterator[Planned]:
        """What it opens from `first` to `last`."""
        skipped = max(0, (first.year - self.first_on.year) * 12 + first.month - self.first_on.month - 12)
        for n in itertools.count(skipped // self.months):
            nominal = _months_later(self.first_on, n * self.months)
            opens = programme.working_day(nominal)
            if nominal > last:
                return
            if first <= opens <= last:
                due = programme.working_day(opens + datetime.timedelta(days=self.days))
                yield Planned(self, nominal.replace(day=1), opens, due)


def _months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class ProgrammePerson(models.Model):
    """A person whom each assessment of the programme invites."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="people")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150, blank=True)
    function = models.CharField(max_length=12, choices=Participant.Function, default=Participant.Function.OTHER)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("programme", "email"), name="a_person_is_listed_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class ProgrammeRunQuerySet(models.QuerySet["ProgrammeRun"]):
    def waiting(self) -> Self:
        """Those of running programmes that cannot open or close before somebody acts."""
        running = self.filter(programme__ended_at=None, programme__paused_at=None)
        return running.filter(state__in=ProgrammeRun.UNDER_WAY).exclude(problem="")


class ProgrammeRun(models.Model):
    """One assessment of a programme, from its announcement on; its month opens one assessment at most.

    `problem` is why it waits or was skipped; each is told once. `step` is None once that was removed.
    """

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        OPENED = "opened", _("Opened")
        CLOSED = "closed", _("Closed")
        SKIPPED = "skipped", _("Skipped")

    UNDER_WAY = (State.ANNOUNCED, State.OPENED)

    class Problem(models.TextChoices):
        NO_RUNNER = "no runner", _("Nobody who manages the organisation runs the programme: take it over.")
        NO_PEOPLE = "no people", _("Nobody is on its list: add people.")
        NO_BANK = "no bank", _("Its question bank has been withdrawn: choose another.")
        TOO_MANY = "too many", _("Too many invitations were sent on this day: it tries again the next day.")
        TOO_LATE = "too late", _("It was not opened on that day or in the two weeks after it.")
        NO_ANSWERS = "no answers", _("Nobody has submitted, so it stays open: move its date or close it yourself.")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="runs")
    step = models.ForeignKey(ProgrammeStep, models.SET_NULL, null=True, related_name="runs")
    period = models.DateField()  # the first day of its month
    opens_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.ANNOUNCED)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)
    announced_on = models.DateField()
    assessment = models.OneToOneField(Assessment, models.SET_NULL, null=True, related_name="programme_run")

    objects = ProgrammeRunQuerySet.as_manager()

    class Meta:
        ordering = ("opens_on", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("programme", "step", "period"), name="one_run_a_month"),
            models.CheckConstraint(
                condition=Q(state__in=("announced", "opened", "closed", "skipped")), name="run_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.period}"
