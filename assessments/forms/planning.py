"""The steps of preparing an assessment."""

import csv
import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from assessments.models import Assessment, BankVersion, Organisation
from assessments.sentences import gettext as _, ngettext

from .helper import with_button
from .invitations import InviteManyForm
from .people_file import LARGEST, lines_of_file
from .plain import validate_plain_name
from .starting import BankField, SubsetField, confidentiality_field, subset_problem, unused_name
from .unit_people import UnitNames
from .version_token import VersionTokenForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SAVE_AND_CONTINUE = gettext_lazy("Save and continue")
UNREAD_LINES = HTML('{% include "assessments/planning/_unread.html" with wrong=form.wrong read=form.new only %}')


class BasicsForm(VersionTokenForm):
    """The bank, name and confidentiality of a draft."""

    bank_version = BankField()
    subset = SubsetField()
    name = forms.CharField(
        max_length=120, label=gettext_lazy("Name of the assessment"), validators=[validate_plain_name]
    )
    confidentiality = confidentiality_field()
    then_test = forms.BooleanField(
        label=gettext_lazy("Ask how people see last time today"),
        required=False,
        help_text=gettext_lazy(
            "After submitting, whoever answered last time may rate the same questions again, as they see that time "
            "today. The result says whether standards have risen; no score changes."
        ),
    )

    def __init__(
        self,
        *args: Any,
        assessment: Assessment,
        versions: QuerySet[BankVersion],
        is_used: Callable[[Organisation, str], bool | None],
        described: Callable[[BankVersion], str] = str,
        subsets: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subset"].offer(subsets)  # type: ignore[attr-defined]
        if not subsets and not assessment.subset:
            del self.fields["subset"]
        self.assessment, self.is_used = assessment, is_used
        self.fields["bank_version"].offer(versions, described)  # type: ignore[attr-defined]
        self.helper = with_button(*self.fields, button=SAVE_AND_CONTINUE)

    def clean_name(self) -> str:
        return unused_name(self.cleaned_data["name"], self.assessment, self.is_used)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["subset"] = data.get("subset") or ""
        if problem := subset_problem(data.get("bank_version"), data["subset"]):
            self.add_error("subset", problem)
        return data


class PlanPeopleForm(InviteManyForm):
    """People as lines of text or from a file, whose contents are then shown and corrected as lines of text.

    `text` are lines that were written before something else was sent.
    """

    file = forms.FileField(
        label=gettext_lazy("Or a CSV file"),
        required=False,
        help_text=gettext_lazy("Columns: e-mail address, name, function. A header line with these names is optional."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        addresses: set[str],
        units: UnitNames | None = None,
        text: str = "",
    ) -> None:
        upload = files.get("file") if files else None
        self.unread = _refusal(upload, data)
        if upload is not None and self.unread is None:
            data = data.copy()
            data["people"], self.unread = _read(upload, with_unit=units is not None)
        super().__init__(data, files, addresses=addresses, units=units)
        self.initial["people"] = text
        self.fields["people"].strip = False  # type: ignore[attr-defined]  # lines are numbered as in the file
        style = "second" if addresses and data is None else ""
        self.helper = with_button(UNREAD_LINES, "people", "file", button=_("Check the list"), style=style)
        self.helper.form_tag = False  # on one page with AnswerTooForm, which must not lose the lines

    def clean_people(self) -> str:
        text = super().clean_people()
        if not self.rows:
            raise ValidationError(self.fields["people"].error_messages["required"])
        return text

    def clean_file(self) -> None:
        if self.unread is not None:
            raise ValidationError(self.unread)

    def refusal(self) -> Iterator[str]:
        """Yield the number of faulty lines; the page explains each one."""
        n = len(self.wrong)
        message = ngettext(
            "We couldn’t read %(n)d line. See the reason below.",
            "We couldn’t read %(n)d lines. See the reasons below.",
            n,
        )
        yield message % {"n": n}


def _refusal(upload: "UploadedFile[Any] | None", data: Any) -> str | None:
    """Return why a file is not read at all, or None."""
    if upload is None:
        return None
    if data.get("people", "").strip():
        return _("Enter people above or choose a file, not both.")
    if (upload.size or 0) > LARGEST:
        return _("This file is too large for a list of people: the limit is 200 KB.")
    return None


def _read(upload: "UploadedFile[Any]", *, with_unit: bool) -> "tuple[str, str | None]":
    """Return (its lines, why it has none)."""
    try:
        return "\n".join(lines_of_file(upload.read(), with_unit=with_unit)), None
    except csv.Error:
        return "", _("This file is not a valid list of people: a cell does not end. Look for a stray quotation mark.")


class DatesForm(VersionTokenForm):
    """The due date and the days on which people are reminded."""

    REMINDERS = (
        (14, gettext_lazy("14 days before")),
        (7, gettext_lazy("7 days before")),
        (3, gettext_lazy("3 days before")),
        (1, gettext_lazy("The day before")),
    )
    due_on = forms.DateField(
        label=gettext_lazy("Submit by"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Included in every e-mail. The assessment stays open until you close it."),
    )
    reminder_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Remind people who have not submitted"),
        required=False,
        coerce=int,
        choices=REMINDERS,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Each reminder is sent once. Anyone who has started is reminded two days before the deadline."
        ),
    )

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        button: "StrOrPromise" = SAVE_AND_CONTINUE,
        closes_itself: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if closes_itself:
            help_text = _("Included in every e-mail. The programme closes the assessment after this day.")
            self.fields["due_on"].help_text = help_text
        self.helper = with_button(*self.fields, button=button)

    def clean_due_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["due_on"]
        if day is not None and day < self.today:
            raise ValidationError(_("Choose today or a later date."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reminder_days") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Reminders count back from this date, so choose one."))
        return data
