"""Paste many questions into a pillar: one a line or a block, with the answers of an answer set."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from assessments import access
from assessments.actions import drafts
from assessments.actions.draft_snapshots import Snapshot
from assessments.formats.bank import MAX_QUESTIONS_2
from assessments.models import Pillar

from .drafting import change_url
from .fields import text_area
from .forms import answer_sets_of, stages_of
from .frame import may_change, render_page
from .shape_fields import blocks_of, spread

_BULLET = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s+")
MAX_CHARACTERS = 200_000
PLACES = (
    ("", gettext_lazy("Choose")),
    ("spread", gettext_lazy("Spread the answers: the best one counts as the highest level")),
    ("lowest", gettext_lazy("Take the lowest levels: the best answer counts for less than the highest level")),
)


@dataclass(frozen=True)
class Pasted:
    """A question and the lines below it: its help if it has an answer set, else its levels, the lowest first."""

    text: str
    below: tuple[str, ...]

    def snapshot(self, choices: str, stage: int | None, *, allows_na: bool, levels: int) -> Snapshot:
        """The question as stored; `levels` above the number of answers spreads them over that many."""
        rest = {"help": "\n".join(self.below)} if choices else {"anchors": spread(self.below, levels)}
        own = {"text": self.text, "choices": choices, "stage": stage, "allows_na": allows_na, "weight": 1.0}
        return {"help": "", "anchors": [], "central": False, **own, **rest}


def pasted_in(text: str) -> list[Pasted]:
    """The questions in a text: a block each if it has blank lines, else a line each; bullets and numbers are left out."""
    blocks = blocks_of(text)
    blocks = [[line] for line in blocks[0]] if len(blocks) == 1 else blocks
    return [Pasted(_BULLET.sub("", block[0], count=1), tuple(block[1:])) for block in blocks]


class PasteForm(forms.Form):
    """Questions as lines, and what they share."""

    text = forms.CharField(
        label=gettext_lazy("Questions"),
        max_length=MAX_CHARACTERS,
        widget=text_area(16),
        help_text=gettext_lazy(
            "One question a line. Or blocks with a blank line between them: the question, and below it its help, or, "
            "without an answer set, a statement for each level, the lowest first."
        ),
    )
    answer_set = forms.ChoiceField(label=gettext_lazy("Answer set"), required=False)
    of_stage = forms.TypedChoiceField(label=gettext_lazy("Stage"), required=False, coerce=int, empty_value=None)
    places = forms.ChoiceField(
        label=gettext_lazy("Where questions have fewer answers than levels"), required=False, choices=PLACES
    )
    allows_na = forms.BooleanField(label=gettext_lazy("They can be “not applicable”"), label_suffix="", required=False)

    def __init__(self, *args: Any, pillar: Pillar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pillar, self.levels = pillar, {level.number: level.name for level in pillar.version.levels.all()}
        offered: dict[str, Any] = {
            "answer_set": answer_sets_of(pillar.version),
            "of_stage": stages_of(pillar.version, self.levels),
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = [("", _("None")), *choices]
            if not choices:
                del self.fields[name]
        if not self.data.get("places"):
            self.fields["places"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        questions = pasted_in(data.get("text", ""))
        room = MAX_QUESTIONS_2 - self.pillar.questions.count()
        if len(questions) > room:
            words = {"count": len(questions), "room": max(0, room)}
            self.add_error("text", _("These are %(count)d questions; the pillar has room for %(room)d.") % words)
        elif not data.get("answer_set"):
            self._check_levels(questions)
        return data

    def _check_levels(self, questions: list[Pasted]) -> None:
        most = len(self.levels)
        for number, question in enumerate(questions, start=1):
            if not 2 <= len(question.below) <= most:
                text = (
                    _("Question %(number)d has no answers. Choose an answer set, or write both levels below it.")
                    if most == 2
                    else _(
                        "Question %(number)d has no answers. Choose an answer set, or write 2 to %(most)d levels below it."
                    )
                )
                self.add_error("text", ValidationError(text % {"number": number, "most": most}))
                return
        self._check_places(questions)

    def _check_places(self, questions: list[Pasted]) -> None:
        """Ask which levels the answers are, where a question has fewer of them than there are levels."""
        most = len(self.levels)
        fewer = [(number, each) for number, each in enumerate(questions, start=1) if len(each.below) < most]
        if not fewer or self.cleaned_data.get("places"):
            return
        number, question = fewer[0]
        field: Any = self.fields["places"]
        field.widget = forms.Select(choices=field.choices)
        text = _(
            "Question %(number)d has %(answers)d answers for %(most)d levels. Spread, they become levels %(spread)s; "
            "otherwise levels %(lowest)s. Or use an answer set of the bank, whose best answer always counts in full."
        )
        places = [str(place) for place, answer in enumerate(spread(question.below, most), start=1) if answer]
        words = {
            "number": number,
            "answers": len(question.below),
            "most": most,
            "spread": ", ".join(places),
            "lowest": ", ".join(map(str, range(1, len(places) + 1))),
        }
        self.add_error("places", text % words)

    def questions(self) -> list[Snapshot]:
        data = self.cleaned_data
        shared = (data.get("answer_set") or "", data.get("of_stage"))
        spreads = data.get("places") == "spread"
        return [
            each.snapshot(*shared, allows_na=data["allows_na"], levels=len(self.levels) if spreads else len(each.below))
            for each in pasted_in(data["text"])
        ]


def paste(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    pillar = get_object_or_404(Pillar.objects.select_related("version__bank"), pk=pk)
    may_change(model_admin, request, pillar)
    form = PasteForm(request.POST if request.method == "POST" else None, pillar=pillar)
    if request.method == "POST" and form.is_valid():
        added = drafts.add_questions(pillar=pillar, questions=form.questions(), by=access.require_user(request.user))
        messages.success(request, ngettext("%(n)d question added.", "%(n)d questions added.", added) % {"n": added})
        return HttpResponseRedirect(change_url(pillar))
    title = _("Paste questions into %(pillar)s") % {"pillar": pillar}
    status = 422 if form.errors else 200
    return render_page(
        model_admin, request, "paste.html", pillar.version, title=title, status=status, form=form, pillar=pillar
    )
