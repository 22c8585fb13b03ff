"""Starting an assessment, reopening a submission, and who sees a result."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, Organisation, Participant

from .helper import with_button
from .plain import validate_plain_name


class StartForm(forms.Form):
    """The organisation, the assessment's name, and who answers."""

    ONE, SEVERAL = "one", "several"

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        required=False,
        label=_("Organisation"),
        empty_label=_("A new organisation"),
    )
    organisation_name = forms.CharField(
        max_length=200,
        required=False,
        label=_("Name of the organisation"),
        help_text=_("As it should appear on the report."),
        error_messages={"required": _("Enter the name of the organisation")},
        validators=[validate_plain_name],
    )
    name = forms.CharField(
        max_length=120,
        label=_("Name of the assessment"),
        help_text=_("For example the quarter, as you may repeat the assessment later."),
        validators=[validate_plain_name],
    )
    audience = forms.ChoiceField(
        label=_("Who answers?"),
        widget=forms.RadioSelect,
        choices=[
            (ONE, _("Only me: the result appears as soon as I submit")),
            (SEVERAL, _("Several people, individually: the result appears when I close the assessment")),
        ],
    )
    function = forms.ChoiceField(
        label=_("Your function"),
        choices=[("", _("Choose")), *Participant.Function.choices],
        help_text=_("Shown in the result only when at least three people share it."),
    )
    confidentiality = forms.ChoiceField(
        label=_("Who can see individual answers?"),
        widget=forms.RadioSelect,
        initial=Assessment.Confidentiality.CONFIDENTIAL,
        choices=[
            (
                Assessment.Confidentiality.CONFIDENTIAL,
                _(
                    "Confidential: no one sees who answered what. Averages are shown once three people have "
                    "answered, distributions once five have"
                ),
            ),
            (
                Assessment.Confidentiality.NAMED,
                _("Named: the people who manage the assessment see each answer with the respondent’s name"),
            ),
        ],
        help_text=_("Every page of the questionnaire says so, and it cannot be changed later."),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisations:
            self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        else:
            del self.fields["organisation"]
        organisation = "organisation" in self.fields and self.data.get("organisation")
        self.fields["organisation_name"].required = not organisation
        self.helper = with_button(*self.fields, button=_("Start assessment"), name="start")


class ReopenForm(forms.Form):
    """The reason for reopening a submission."""

    reason = forms.CharField(
        label=_("Why are you reopening them?"),
        help_text=_("The respondent reads this in an e-mail."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = with_button("reason", button=_("Reopen answers"), name="reopen")


class AudienceForm(forms.Form):
    """Who sees a released result; `everyone` is None if nothing was chosen."""

    audience = forms.ChoiceField(
        label=_("Who sees the result?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("submitted", _("Only those who submitted answers")), ("everyone", _("Everyone on the list"))],
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].initial = "everyone" if assessment.result_for_everyone else "submitted"
        released = assessment.state == Assessment.State.RELEASED
        self.helper = with_button(
            "audience", button=_("Save") if released else _("Release result"), name="audience_set"
        )
        self.helper.form_action = reverse("release", args=[assessment.pk])

    @property
    def everyone(self) -> bool | None:
        chosen = self.cleaned_data.get("audience")
        return None if not chosen else chosen == "everyone"
