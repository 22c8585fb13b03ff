"""What the answers of a pillar have in common, and what there is to say to each question."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.scoring.disclosure import Counts
from assessments.scoring.figures import PillarResult, QuestionResult
from assessments.scoring.view import ResultView
from assessments.wording import numbers
from assessments.wording.blockers import blocker_reason, people_at
from assessments.wording.names import quoted

HALF = 0.5


def answers_title(view: ResultView, pillar: PillarResult) -> str:
    """Where most answers lie and where people differ; without distributions, what is missing or plainly the answers."""
    numeric = [row for row in pillar.questions if row.n > 0 and row.state == "answered"]
    if not numeric:
        return _("No question has an answer on the scale")
    counts = [view.counts.get(row.key) for row in numeric]
    known = [found for found in counts if found is not None]
    opening = _where_most_lie(known) if len(known) == len(numeric) else _middle(view, numeric)
    flagged = [view.bank.questions[key] for key in pillar.agreement.flagged if key in view.counts]
    if not flagged or opening is None:
        return opening or _("Answers by question")
    if len(flagged) == 1:
        facts = {"opening": opening, "question": quoted(flagged[0])}
        return _("%(opening)s, and views differ on %(question)s") % facts
    facts = {"opening": opening, "count": numbers.in_words(len(flagged))}
    return _("%(opening)s, and views differ on %(count)s questions") % facts


def _where_most_lie(counts: Sequence[Counts]) -> str:
    totals = [sum(found[place] for found in counts) for place in range(5)]
    everything, most = sum(totals), max(totals)
    levels = [level for level, total in enumerate(totals, start=1) if total]
    facts = {
        "level": numbers.level(totals.index(most) + 1),
        "low": numbers.level(levels[0]),
        "high": numbers.level(levels[-1]),
        "share": numbers.coverage(most / everything),
    }
    if most == everything:
        return _("All answers are at %(level)s") % facts
    if most / everything >= HALF:
        return _("%(share)s of the answers are at %(level)s") % facts
    return _("Answers are between %(low)s and %(high)s") % facts


def _middle(view: ResultView, rows: Sequence[QuestionResult]) -> str | None:
    medians = [row.low_median for row in rows if row.low_median is not None and row.key in view.counts]
    if len(medians) < len(rows):
        return None
    facts = {"low": numbers.level(min(medians)), "high": numbers.level(max(medians))}
    if facts["low"] == facts["high"]:
        return _("The median answer to every question is %(low)s") % facts
    return _("Median answers are between %(low)s and %(high)s") % facts


def answers_note(view: ResultView, pillar: PillarResult) -> str:
    """Whose answers these are, and why some are not shown."""
    count = pillar.respondents
    people = {"count": numbers.in_words(count)}
    text = ngettext("Answers of %(count)s person", "Answers of %(count)s people", count) % people
    hidden = [row for row in pillar.questions if row.n > 0 and row.key not in view.means]
    if hidden:
        return _("%(answers)s. A question’s figures are shown once three people answered it") % {"answers": text}
    return text


def question_note(view: ResultView, pillar: PillarResult, row: QuestionResult) -> str:
    """Why a question blocks, else how many people have reached the next level; nothing where that may not be shown."""
    blocker = next((found for found in pillar.blocking if found.question == row.key), None)
    if blocker is not None and row.n > 0:
        return blocker_reason(view, pillar, blocker)
    counts = view.counts.get(row.key)
    if counts is None or sum(counts) < 2 or pillar.level is None or pillar.level == 5:
        return ""
    return people_at(counts, view.bank.questions[row.key].asked(pillar.level + 1))
