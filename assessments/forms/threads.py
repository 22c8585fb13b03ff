"""Asking about an answer, and replying."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from assessments.models import THREAD_TEXT_LIMIT, Participant
from assessments.sentences import gettext as _

from .helper import with_button


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, max_length=THREAD_TEXT_LIMIT, widget=widget)


class AskAboutLevelForm(forms.Form):
    """A question to everybody who gave one answer."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("Whom do you ask?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the answers that the page shows.")},
    )
    text = _text(
        gettext_lazy("Your question"),
        gettext_lazy("Everyone who gave this answer reads it from tomorrow, with your name."),
    )

    def __init__(self, *args: Any, levels: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self.helper = with_button("level", "text", button=_("Ask"), name="ask")


class AskPeopleForm(forms.Form):
    """A question to people by name, in a named assessment."""

    people = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Whom do you ask?"),
        queryset=Participant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person.")},
    )
    text = _text(
        gettext_lazy("Your question"),
        gettext_lazy("Write @ before a participant’s name, such as @Dana Lee, to include that person."),
    )

    def __init__(self, *args: Any, people: QuerySet[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        self.helper = with_button("people", "text", button=_("Ask"), name="ask")


class ReplyForm(forms.Form):
    """A reply, or more words of whoever asks."""

    def __init__(self, *args: Any, label: Any, help_text: Any, button: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = _text(label, help_text)
        self.helper = with_button("text", button=button, name="reply")
