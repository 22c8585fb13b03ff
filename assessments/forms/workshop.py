"""Forms of a workshop: joining it, a question to put, a vote, and an agreed answer."""

import re
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.urls import reverse
from django.utils.translation import gettext_lazy

from assessments.models import AGREED_LIMIT, CODE_LENGTH, GUEST_NAME_LIMIT, AgreedAnswer
from assessments.scoring.bank import Bank, Question
from assessments.sentences import gettext as _
from assessments.wording.remarks import numbered

from .answering import NonNegativeIntegerField
from .helper import with_button
from .text import TOO_LONG, PlainText, tidy

DONT_KNOW = "dont_know"


def written_code(code: str | None) -> str:
    """The code in two groups, as people read and type it; "" without one."""
    return f"{code[:4]}-{code[4:]}" if code else ""


def bare_code(typed: str) -> str:
    """The letters of a code, however they were typed."""
    return re.sub(r"[\W\d_]", "", typed).upper()


class JoinForm(forms.Form):
    """The code on the big screen, and a first name."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Eight letters, shown on the big screen."),
        max_length=32,
        error_messages={"required": gettext_lazy("Enter the code shown on the big screen")},
    )
    name = forms.CharField(
        label=gettext_lazy("First name"),
        help_text=gettext_lazy("Shown to the people in the room, never with your votes."),
        error_messages={"required": gettext_lazy("Enter your first name")},
        validators=[MaxLengthValidator(GUEST_NAME_LIMIT, TOO_LONG)],
    )

    def __init__(self, data: Any, *, code: str) -> None:
        super().__init__(data, initial={"code": written_code(code)})
        self.fields["code"].widget.attrs = {
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        }
        self.fields["name"].widget.attrs = {"autocomplete": "given-name", "dir": "auto"}
        self.helper = with_button("code", "name", button=_("Join workshop"), name="join")
        self.helper.form_action = reverse("join_workshop")

    def clean_code(self) -> str:
        code = bare_code(self.cleaned_data["code"])
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(_("Enter all eight letters of the code"))
        return code

    def clean_name(self) -> str:
        name = " ".join(tidy(self.cleaned_data["name"]).split())
        if not any(letter.isalnum() for letter in name):
            raise forms.ValidationError(_("Enter your first name"))
        return name


class AskForm(forms.Form):
    """The question, and the turn of the workshop that the sender has seen."""

    question = forms.CharField(max_length=64)
    turn = NonNegativeIntegerField(required=False)


class AskingForm(forms.Form):
    """The asking that is meant, that is, the question as it was put to the room once."""

    asking = forms.UUIDField()


class VoteForm(AskingForm):
    """A vote for one of the question's levels, or *I don't know*."""

    choice = forms.ChoiceField()

    def __init__(self, *args: Any, question: Question | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = () if question is None else question.offered
        self.fields["choice"].choices = [(str(level), "") for level in offered] + [(DONT_KNOW, "")]  # type: ignore[attr-defined]

    @property
    def level(self) -> int | None:
        """The number of the answer, None for *I don't know*; needs a valid form."""
        choice = self.cleaned_data["choice"]
        return None if choice == DONT_KNOW else int(choice)


class AgreedForm(forms.Form):
    """The agreed level, the reason, and any dissent. `revision` is the one that the sender has seen."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("Agreed answer"),
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={"required": gettext_lazy("Select the answer you agreed on")},
    )
    reason = PlainText(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What convinced the group. Shown in the report."),
        validators=[MaxLengthValidator(AGREED_LIMIT, TOO_LONG)],
        error_messages={"required": gettext_lazy("Enter why you agreed on this answer")},
    )
    dissent = PlainText(
        label=gettext_lazy("Dissent"),
        help_text=gettext_lazy("What people who disagree say. Name only people who want to be named."),
        required=False,
        validators=[MaxLengthValidator(AGREED_LIMIT, TOO_LONG)],
    )
    revision = NonNegativeIntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, bank: Bank, question: Question, current: AgreedAnswer | None, action: str = ""
    ) -> None:
        initial: dict[str, Any] = {"revision": 0}
        if current is not None:
            initial = {name: getattr(current, name) for name in ("level", "reason", "dissent", "revision")}
        super().__init__(data, initial=initial)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (answer, numbered(bank, question, answer)) for answer in question.offered
        ]
        for name in ("reason", "dissent"):
            self.fields[name].widget.attrs |= {"rows": 3, "dir": "auto"}
        fields = ("level", "reason", "dissent", "revision")
        self.helper = with_button(*fields, button=_("Record agreed answer"), name="agree")
        self.helper.form_action = action
        self.helper.attrs = {"data-keep": ""}
