"""Starting an assessment: what it is for, then who answers."""

import zoneinfo
from collections.abc import Callable, Sequence
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from assessments.models import Assessment, BankVersion, Consultancy, Organisation, Participant
from assessments.sentences import gettext as _

from .helper import with_button
from .plain import validate_plain_name
from .time_zones import time_zones


def function_field(**kwargs: Any) -> forms.ChoiceField:
    """The function of the person who fills in the form."""
    choices = [("", gettext_lazy("Choose")), *Participant.Function.choices]
    return forms.ChoiceField(label=gettext_lazy("Your function"), choices=choices, **kwargs)


def confidentiality_field(**kwargs: Any) -> forms.ChoiceField:
    """Who can see individual answers."""
    confidential, named = Assessment.Confidentiality
    return forms.ChoiceField(
        label=gettext_lazy("Who can see individual answers?"),
        widget=forms.RadioSelect,
        initial=confidential,
        choices=[
            (
                confidential,
                gettext_lazy(
                    "Confidential: no one sees who answered what. The average of a question is shown once three people "
                    "have answered it, next steps and distributions once five have; the scores of pillars always, so "
                    "invite at least three people"
                ),
            ),
            (
                named,
                gettext_lazy("Named: the people who manage the assessment see each answer with the respondent’s name"),
            ),
        ],
        help_text=gettext_lazy(
            "Every page of the questionnaire says so, and it cannot be changed once the assessment is open."
        ),
        **kwargs,
    )


def already_named(organisation: Organisation, name: str) -> str:
    """Refuse an assessment's name that the organisation uses already."""
    return _("%(organisation)s already has an assessment called “%(name)s”. Choose another name.") % {
        "organisation": organisation,
        "name": name,
    }


def unused_name(name: str, assessment: Assessment, is_used: Callable[[Organisation, str], bool | None]) -> str:
    """Return the new name of an assessment. Raises ValidationError if another one has it."""
    is_same = name.lower() == assessment.name.lower()
    if not is_same and is_used(assessment.organisation, name):
        raise ValidationError(already_named(assessment.organisation, name))
    return name


class BankField(forms.ModelChoiceField[BankVersion]):
    """The bank of an assessment, chosen from a shelf: each option says what helps to choose."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        label = gettext_lazy("Question bank")
        super().__init__(queryset=BankVersion.objects.none(), label=label, empty_label=None, **kwargs)

    def offer(self, versions: QuerySet[BankVersion], described: Callable[[BankVersion], str]) -> None:
        """Offer these versions, the first preselected."""
        self.queryset, self.initial = versions, versions[0]
        self.label_from_instance = described  # type: ignore[assignment, method-assign]


class SubsetField(forms.ChoiceField):
    """All questions of the bank, or a subset of them: a pulse. Cleaned to the subset's key, "" for all."""

    FULL = "-"  # no key begins with a hyphen
    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("What to ask"), required=False, initial=self.FULL, **kwargs)

    def offer(self, subsets: Sequence[tuple[str, str]]) -> None:
        self.choices = [(self.FULL, gettext_lazy("Full questionnaire")), *subsets]

    def prepare_value(self, value: Any) -> Any:
        return value or self.FULL

    def clean(self, value: Any) -> str:
        chosen: str = super().clean(value)
        return "" if chosen == self.FULL else chosen


def subset_problem(version: BankVersion | None, subset: str) -> str | None:
    """Why a version cannot be asked in part; None if it can, or if all of it is asked."""
    if version is None or version.has_subset(subset):
        return None
    return _("%(bank)s has no pulse. Choose the full questionnaire, or another bank.") % {"bank": version}


class StartForm(forms.Form):
    """The organisation, or a new one, the assessment's name, and who answers.

    Fields that depend on another answer are shown once it is given; without support for `:has()`, always.
    """

    ONE, SEVERAL = "one", "several"

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        required=False,
        label=gettext_lazy("Organisation"),
        empty_label=gettext_lazy("A new organisation"),
    )
    organisation_name = forms.CharField(
        max_length=200,
        required=False,
        label=gettext_lazy("Name of the organisation"),
        error_messages={"required": gettext_lazy("Enter the name of the organisation")},
        validators=[validate_plain_name],
    )
    time_zone = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Determines when a day ends for this organisation."),
    )
    consultancy = forms.ModelChoiceField(
        queryset=Consultancy.objects.none(),
        required=False,
        label=gettext_lazy("Consultancy"),
        help_text=gettext_lazy("All consultants at this consultancy see the client."),
    )
    bank_version = BankField()
    subset = SubsetField()
    name = forms.CharField(
        max_length=120,
        label=gettext_lazy("Name of the assessment"),
        help_text=gettext_lazy("For example the quarter, as you may repeat the assessment later."),
        validators=[validate_plain_name],
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who answers?"),
        widget=forms.RadioSelect,
        choices=[
            (ONE, gettext_lazy("Just me")),
            (SEVERAL, gettext_lazy("Several leaders, invited next")),
        ],
    )
    function = function_field(required=False)
    confidentiality = confidentiality_field(required=False)

    def __init__(
        self,
        *args: Any,
        organisations: QuerySet[Organisation],
        consultancies: QuerySet[Consultancy],
        versions: QuerySet[BankVersion],
        described: Callable[[BankVersion], str] = str,
        is_used: Callable[[Organisation, str], bool | None],
        subsets: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        """`is_used`: whether an assessment of that name is in use; None if the organisation has none of that name."""
        super().__init__(*args, **kwargs)
        self.organisations, self.is_used, self.only_version = organisations, is_used, versions[0]
        self.only_consultancy = consultancies[0] if len(consultancies) == 1 else None
        self._offer("organisation", organisations, at_least=1)
        self._offer("consultancy", consultancies, at_least=2)
        self._offer("bank_version", versions, at_least=2)
        if "bank_version" in self.fields:
            self.fields["bank_version"].offer(versions, described)  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = time_zones()  # type: ignore[attr-defined]
        self.is_first = not (organisations or consultancies)
        if self.is_first:
            self._ask_little()
        if self.is_first or not subsets:
            del self.fields["subset"]
        else:
            self.fields["subset"].offer(subsets)  # type: ignore[attr-defined]
        is_new = not self.data.get("organisation")
        for name in {"organisation_name", "consultancy"} & set(self.fields):
            self.fields[name].required = is_new
        for name, field in self.fields.items():
            field.depends = name != "function"  # type: ignore[attr-defined]  # on another answer, so not optional
        if consultancies:
            self._speak_of_clients()
        self.helper = with_button(*self._layout(), button=_("Continue"), name="start")

    def _offer(self, name: str, rows: QuerySet[Any], *, at_least: int) -> None:
        if len(rows) < at_least:
            del self.fields[name]
        else:
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def _ask_little(self) -> None:
        """Name the first assessment after the quarter, and take the time zone from the browser if it tells one."""
        self.fields["name"].widget = forms.HiddenInput()
        self.fields["time_zone"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"]
        return zone if zone in zoneinfo.available_timezones() else ""

    def _speak_of_clients(self) -> None:
        self.fields["organisation_name"].label = _("Name of the client")
        if "organisation" in self.fields:
            self.fields["organisation"].label = _("Client")
            self.fields["organisation"].empty_label = _("A new client")  # type: ignore[attr-defined]

    def _layout(self) -> list[object]:
        """The fields in groups that appear with the answer they depend on."""
        groups = (
            ("organisation",),
            Div("organisation_name", "time_zone", "consultancy", css_class="of-new"),
            ("bank_version", "subset", "name", "audience"),
            Div("function", css_class="of-one"),
            Div("confidentiality", css_class="of-several"),
        )
        parts: list[object] = []
        for group in groups:
            if isinstance(group, Div):
                group.fields = [name for name in group.fields if name in self.fields]
                parts.append(group)
            else:
                parts += [name for name in group if name in self.fields]
        return parts

    def clean_organisation_name(self) -> str:
        name: str = self.cleaned_data["organisation_name"]
        there = None if self.data.get("organisation") else self.organisations.filter(name__iexact=name).first()
        if there is not None and name and self.is_used(there, self.data.get("name", "").strip()) is not False:
            raise ValidationError(
                _("%(name)s is there already: choose it above, or enter another name.") % {"name": there}
            )
        return name

    def clean(self) -> dict[str, Any]:
        """Add the only bank version and the user's only consultancy, or None if they have none."""
        data = super().clean() or {}
        organisation = data.get("organisation")
        if organisation and data.get("name") and self.is_used(organisation, data["name"]):
            self.add_error("name", already_named(organisation, data["name"]))
        data["subset"] = data.get("subset") or ""
        version = data.get("bank_version") or (None if "bank_version" in self.fields else self.only_version)
        if problem := subset_problem(version, data["subset"]):
            self.add_error("subset", problem)
        data["function"] = data.get("function") or Participant.Function.OTHER
        data["confidentiality"] = data.get("confidentiality") or Assessment.Confidentiality.CONFIDENTIAL
        return {"bank_version": self.only_version, "consultancy": self.only_consultancy, **data}

    @property
    def is_for_one(self) -> bool:
        return bool(self.cleaned_data["audience"] == self.ONE)


class AnswerTooForm(forms.Form):
    """The function in which the person who prepares an assessment answers too."""

    function = function_field(help_text=gettext_lazy("Shown in the result only when at least three people share it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = with_button("function", button=_("Add me to the list"), name="me", style="second")
        self.helper.form_tag, self.helper.disable_csrf = False, True
