"""Reviewing one pillar before an assessment closes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from assessments.models import REVIEW_NOTE_LIMIT, Answer, PillarReview
from assessments.sentences import gettext as _

from .helper import with_button

type Files = Mapping[tuple[UUID, int], Sequence[str]]  # titles by the ids of submission and question


class PillarReviewForm(forms.Form):
    """The mark of a pillar, a note, and the evidence that was checked, by the answers' ids."""

    state = forms.ChoiceField(
        label=gettext_lazy("What did you find?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("", gettext_lazy("Not reviewed yet")), *PillarReview.State.choices],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=REVIEW_NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everyone who runs the assessment can read it."),
    )
    checked = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Evidence that you have checked"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The evidence of these answers is graded as checked by someone else."),
    )

    def __init__(self, *args: Any, evidence: Iterable[Answer], files: Files, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (answer.pk, _words(answer, files.get((answer.submission_id, answer.question_id), ())))
            for answer in evidence
        ]
        self.fields["checked"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["checked"]
        names = [name for name in ("state", "note", "checked") if name in self.fields]
        self.helper = with_button(*names, button=_("Save"))


def _words(answer: Answer, files: Sequence[str]) -> str:
    """Whose evidence on which question, and what it is."""
    question = answer.question.short or answer.question.text
    evidence = " · ".join(filter(None, (answer.evidence_text, answer.evidence_link, *files)))
    return f"{question} · {answer.submission.participant} · {evidence}"
