"""Reopening a submission, and who sees a result."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment

from .helper import with_button


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
    """Who sees a released result."""

    audience = forms.ChoiceField(
        label=_("Who sees the result?"),
        widget=forms.RadioSelect,
        choices=[
            ("submitted", _("Only those who submitted answers")),
            ("everyone", _("Everyone on the list who has joined")),
        ],
    )

    def __init__(self, *args: Any, assessment: Assessment, back_to: str = "", **kwargs: Any) -> None:
        """`back_to`: "result" to return to the result instead of the list of people."""
        super().__init__(*args, **kwargs)
        self.fields["audience"].initial = "everyone" if assessment.result_for_everyone else "submitted"
        released = assessment.state == Assessment.State.RELEASED
        button = _("Save") if released else _("Release result")
        self.helper = with_button("audience", button=button, name="audience_set", style="second")
        self.helper.form_action = reverse("release", args=[assessment.pk]) + (f"?back={back_to}" if back_to else "")

    @property
    def everyone(self) -> bool | None:
        """What was chosen; None if nothing was."""
        return self.cleaned_data["audience"] == "everyone" if self.is_valid() else None
