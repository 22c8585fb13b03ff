"""Every component in every state on one page, built from the partials that the product's pages use."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.charts.legend import full_legend
from assessments.demo import sample
from assessments.forms import specimen
from assessments.forms.cards import Card
from assessments.models import Answer
from assessments.pages.pulse import PulsePillar, PulseRow
from assessments.wording import numbers

COLOURS = (
    ("paper", "ground", "selected", "hairline"),
    ("text", "muted", "border", "focus"),
    ("brand", "brand-strong", "error", "success"),
    ("current", "current-band", "previous", "peers"),
    ("level-1", "level-2", "level-2-3", "level-3", "level-3-4", "level-4", "level-4-5", "level-5"),
)
BLANK = {"choice": "", "reason": "", "comment": "", "evidence_grade": "", "evidence_text": "", "evidence_link": ""}


@dataclass(frozen=True)
class NoticeExample:
    """A message as Django's messages framework passes it to a template."""

    level_tag: str
    text: str | Promise

    def __str__(self) -> str:
        return str(self.text)


@never_cache
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the style guide to staff, and to everyone in the demonstration; `?dir=rtl` mirrors the page."""
    if not (settings.DEMO or request.user.is_staff):
        raise Http404
    language = get_language() or "en"
    page = sample.sample_page(language)
    context = {
        "mirrored": settings.DEMO and request.GET.get("dir") == "rtl",
        "colours": COLOURS,
        "notices": _notices(),
        "cards": _cards(),
        "forms": {"empty": specimen.SpecimenForm(), "filled": specimen.filled(), "wrong": specimen.wrong()},
        "page": page,
        "legend": full_legend(),
        "sparse": sample.sparse_page(language),
        "no_level": [replace(step, reached=False, current=False, next=False, note=None) for step in page.ladder],
        "pulse": _pulse(language),
        "middle": Paginator(range(95), 10).page(3),
    }
    return render(request, "assessments/styleguide/page.html", context)


def _pulse(language: str) -> PulsePillar:
    """Three questions of a pulse: one that rose, one new to these people, one whose answers are not shown."""
    pillar = sample.bank_in(language).pillars[0]
    risen, new, hidden = (question.text for question in pillar.questions[:3])
    then, now = 2.25, 3.0
    rows = (
        PulseRow(risen, numbers.score(then), numbers.score(now), numbers.difference(then, now)),
        PulseRow(new, None, numbers.score(now), None),
        PulseRow(hidden, None, None, None),
    )
    return PulsePillar(pillar.name, rows, numbers.signed(now - then))


def _notices() -> tuple[NoticeExample, ...]:
    return (
        NoticeExample("success", _("The assessment is closed and its result frozen.")),
        NoticeExample("info", _("A code is on its way to you.")),
        NoticeExample("warning", _("The address is not confirmed yet.")),
        NoticeExample("error", _("The invitation was not sent. Nothing else has changed.")),
    )


def _cards() -> dict[str, Card]:
    """Return a question in each state. Each state uses a different question, so that field names stay unique."""
    bank = sample.sample_bank()
    questions = bank.pillars[1].questions
    optional = next(question for question in bank.questions.values() if question.allows_na)
    states: dict[str, dict[str, Any]] = {
        "empty": {},
        "chosen": {"values": {**BLANK, "choice": "3"}, "last": "2"},
        "wrong": {"errors": {"choice": questions[2].error or _("Select the statement that fits best")}},
        "clash": {"values": {**BLANK, "choice": "2"}, "other": _saved_elsewhere()},
        "written": {"values": {**BLANK, "choice": "dont_know", "comment": str(_("No one has looked into it yet."))}},
        "helped": {"values": {**BLANK, "choice": "4"}, "author": str(_("a colleague"))},
    }
    cards = {
        name: Card(bank, number, len(questions), question, **{"values": BLANK, **state})
        for number, ((name, state), question) in enumerate(zip(states.items(), questions, strict=False), start=1)
    }
    unsuited = {**BLANK, "choice": "not_applicable"}
    missing = {"reason": str(_("Explain in a sentence why it does not apply"))}
    return {**cards, "aside": Card(bank, 7, len(questions), optional, unsuited, errors=missing)}


def _saved_elsewhere() -> Answer:
    return Answer(
        level=4, comment=str(_("Changed by a colleague on another device.")), saved_at=timezone.now(), revision=3
    )
