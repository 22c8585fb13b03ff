"""Commentary on a result."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from assessments.markdown import is_too_deep
from assessments.models import COMMENTARY_LIMIT
from assessments.sentences import gettext

from .text import TOO_LONG, PlainText

MARKS = _(
    "Leave a blank line between paragraphs. **Two asterisks** make words bold, a hyphen starts a "
    "list item, ### a heading. Links and HTML appear as typed."
)


class ProseField(PlainText):
    """A text with the limited Markdown that commentary supports."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.Textarea(attrs={"rows": 14, "dir": "auto"})
        super().__init__(**{"required": False, "help_text": MARKS, "widget": box, **kwargs})
        self.validators += [MaxLengthValidator(COMMENTARY_LIMIT, TOO_LONG), _refuse_depth]


def _refuse_depth(text: str) -> None:
    if len(text) <= COMMENTARY_LIMIT and is_too_deep(text):  # a longer text is already refused, so don't parse it
        raise ValidationError(gettext("Lists can be nested up to three levels deep."))


class CommentaryForm(forms.Form):
    """The text, the revision it is based on, and the checksum of the result its author saw."""

    text = ProseField(label=_("Commentary"))
    language = forms.ChoiceField(
        label=_("Language of the commentary"),
        choices=settings.LANGUAGES,
        required=False,
        help_text=_("So that it is read out and hyphenated correctly for readers of every language."),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    seen = forms.CharField(max_length=80, widget=forms.HiddenInput, required=False)

    def clean_revision(self) -> int:
        return self.cleaned_data["revision"] or 0
