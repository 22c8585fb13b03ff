"""A title for each pillar that names what blocks it, a title for its answers, and a note on each question."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from django.utils.functional import Promise

from assessments.scoring.bank import Bank, Pillar, Question
from assessments.scoring.figures import PillarResult, QuestionResult, Status
from assessments.scoring.level import failed_share
from assessments.scoring.minimum_respondents import LevelCounts
from assessments.scoring.suppression import WITHHELD
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _, gettext_lazy, ngettext
from assessments.wording import numbers
from assessments.wording.next_steps import blocker_reason, people_at
from assessments.wording.remarks import FEWEST, answered, following, quoted

OFTEN = 2


def pillar_titles(view: ResultView) -> dict[str, str]:
    """A title by pillar key, in bank order."""
    used: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for pillar in view.bank.pillars:
        if pillar.key in view.rows:
            frames = _frames(view.bank, pillar, view.rows[pillar.key])
            name = next((name for name in frames if used[name] < OFTEN), min(frames, key=lambda name: used[name]))
            used[name] += 1
            titles[pillar.key] = frames[name]
    return titles


def _frames(bank: Bank, pillar: Pillar, figures: PillarResult) -> Mapping[str, str]:
    """The true sentences about a pillar by the name of their frame, most specific first."""
    if figures.level is None:
        return _without_level(pillar, figures)
    if not figures.blocking:
        return (
            _unblocked(bank, pillar, figures)
            if figures.level >= pillar.highest
            else _unnamed(bank, pillar, figures, figures.level)
        )
    return _blocked(bank, pillar, figures, figures.level)


def _blocked(bank: Bank, pillar: Pillar, figures: PillarResult, level: int) -> dict[str, str]:
    first, further = figures.blocking[0], following(bank, figures)
    question, by_level = bank.questions[first.question], bank.gate.by == "answers" or first.because == "essential"
    row = next(row for row in figures.questions if row.key == first.question)
    params = {
        "pillar": pillar.name,
        "question": quoted(question),
        "level": numbers.level(bank, level),
        "next": numbers.level(bank, further),
        "needed": answered(bank, question, question.reaching(further) if by_level else question.offered[-1]),
        "count": numbers.capitalised(numbers.in_words(len(figures.blocking))),
    }
    frames: dict[str, str] = {}
    if _alone(bank, figures, further):
        frames["settle"] = _("Raise %(question)s and %(pillar)s reaches %(next)s")
        frames["only"] = _("Only %(question)s keeps %(pillar)s from %(next)s")
    if first.because == "essential" and row.n == 0:
        frames["unanswered"] = _("%(pillar)s cannot pass %(level)s while %(question)s is unanswered")
    if first.because == "essential":
        frames["until"] = _("%(pillar)s stays at %(level)s until %(question)s reaches %(needed)s")
        frames["essential"] = _("%(question)s is essential, and holds %(pillar)s at %(level)s")
    if first.because == "cap":
        frames["cap"] = _("%(question)s caps %(pillar)s at %(level)s")
        frames["lowest"] = _("The lowest answer, %(question)s, limits %(pillar)s to %(level)s")
    if len(figures.blocking) > 1:
        frames["count"] = _("%(count)s questions keep %(pillar)s from %(next)s, first %(question)s")
    frames["way"] = _("%(question)s comes first on the way to %(next)s in %(pillar)s")
    frames["starts"] = _("For %(next)s, %(pillar)s starts with %(question)s")
    frames["is at"] = _("%(pillar)s is at %(level)s; %(question)s comes before %(next)s")
    frames["needs"] = _("%(pillar)s needs %(question)s at %(needed)s on its way to %(next)s")
    return {name: text % params for name, text in frames.items()}


def _alone(bank: Bank, figures: PillarResult, next_level: int) -> bool:
    """Whether one question alone keeps the pillar from the next level: not if a lower level's share failed too."""
    is_known = figures.blocking[0].because is not None
    return (
        is_known
        and len(figures.blocking) == 1
        and failed_share(figures.attained, next_level, bank.gate) in (None, next_level)
    )


def _unnamed(bank: Bank, pillar: Pillar, figures: PillarResult, level: int) -> dict[str, str]:
    """Used if too few people answered to name what blocks."""
    params = {"pillar": pillar.name, "level": numbers.level(bank, level)}
    params["next"] = numbers.level(bank, following(bank, figures))
    frames = {
        "few": _("%(pillar)s is at %(level)s; too few people answered to say what blocks %(next)s"),
        "unsaid": _("%(level)s for %(pillar)s; what blocks %(next)s is not shown, because few people answered"),
        "small": _("Too few answers to say what keeps %(pillar)s from %(next)s"),
        "plain": _("%(pillar)s is at %(level)s"),
    }
    return {name: numbers.capitalised(text % params) for name, text in frames.items()}


def _unblocked(bank: Bank, pillar: Pillar, figures: PillarResult) -> dict[str, str]:
    params = {"pillar": pillar.name, "level": numbers.level(bank, figures.level or 1)}
    frames = {
        "nothing": _("Nothing blocks %(pillar)s: it is at %(level)s"),
        "holds": _("%(level)s holds across %(pillar)s"),
        "highest": _("%(pillar)s is at %(level)s, the highest"),
        "none above": _("%(pillar)s has no level above it"),
    }
    return {name: numbers.capitalised(text % params) for name, text in frames.items()}


def _without_level(pillar: Pillar, figures: PillarResult) -> dict[str, str]:
    params = {"pillar": pillar.name}
    if figures.score is not None:
        params["score"] = numbers.score(figures.score)
    if figures.coverage is not None:
        params["share"] = numbers.coverage(figures.coverage)
    is_protected = figures.status == WITHHELD and figures.respondents >= FEWEST
    texts = PROTECTED if is_protected else ABSENT[figures.status]
    return {f"{figures.status} {place}": str(text) % params for place, text in enumerate(texts)}


PROTECTED: tuple[Promise, ...] = (
    gettext_lazy("The level of %(pillar)s is not shown, because it could reveal individual answers"),
    gettext_lazy("No level is shown for %(pillar)s, to protect individual answers"),
    gettext_lazy("%(pillar)s is shown without a level, which could reveal individual answers"),
    gettext_lazy("To protect individual answers, no level is shown for %(pillar)s"),
)


ABSENT: Mapping[Status, tuple[Promise, ...]] = {
    "withheld": (
        gettext_lazy("Too few people answered %(pillar)s to show its level"),
        gettext_lazy("The level of %(pillar)s is not shown, because few people answered"),
        gettext_lazy("%(pillar)s has too few answers for a level to be shown"),
        gettext_lazy("No level is shown for %(pillar)s: too few people answered"),
    ),
    "not_applicable": (
        gettext_lazy("No question of %(pillar)s applies"),
        gettext_lazy("%(pillar)s was set aside as not applicable"),
        gettext_lazy("%(pillar)s is outside this assessment: it does not apply"),
        gettext_lazy("No part of %(pillar)s is scored, because none applies"),
    ),
    "unscored": (
        gettext_lazy("%(pillar)s carries no weight, so it has no score"),
        gettext_lazy("%(pillar)s is shown without a score"),
        gettext_lazy("No question of %(pillar)s is weighted"),
        gettext_lazy("%(pillar)s does not count towards the index"),
    ),
    "rated": (
        gettext_lazy("Most of %(pillar)s does not apply, so it has no level"),
        gettext_lazy("Too little of %(pillar)s applies for a level"),
        gettext_lazy("%(pillar)s scores %(score)s on the few questions that apply"),
        gettext_lazy("%(pillar)s has too few questions that apply for a level"),
    ),
    "provisional": (
        gettext_lazy("%(share)s of %(pillar)s is answered; a level needs 80%%"),
        gettext_lazy("%(pillar)s scores %(score)s, without a level: answers are missing"),
        gettext_lazy("%(pillar)s lacks the answers for a level"),
        gettext_lazy("No level for %(pillar)s: %(share)s answered"),
    ),
    "insufficient": (
        gettext_lazy("%(share)s of %(pillar)s is answered; a score needs half"),
        gettext_lazy("%(pillar)s lacks the answers for a score"),
        gettext_lazy("No score for %(pillar)s: %(share)s answered"),
        gettext_lazy("Too few answers in %(pillar)s for a score"),
    ),
}


HALF = 0.5


def answers_title(view: ResultView, pillar: PillarResult) -> str:
    """Where most answers are and where people differ; without distributions, the median answers or a neutral title."""
    numeric = [row for row in pillar.questions if row.n > 0 and row.state == "answered"]
    if not numeric:
        return _("No question has an answer on the scale")
    counts = [view.counts.get(row.key) for row in numeric]
    complete = [question for question in counts if question is not None]
    asked = [view.bank.questions[row.key] for row in numeric]
    opening = _where_most_lie(view.bank, asked, complete) if len(complete) == len(numeric) else _middle(view, numeric)
    flagged = [view.bank.questions[key] for key in pillar.agreement.flagged if key in view.counts]
    if not flagged or opening is None:
        return opening or _("Answers by question")
    if len(flagged) == 1:
        params = {"opening": opening, "question": quoted(flagged[0])}
        return _("%(opening)s, and views differ on %(question)s") % params
    params = {"opening": opening, "count": numbers.in_words(len(flagged))}
    return _("%(opening)s, and views differ on %(count)s questions") % params


def _where_most_lie(bank: Bank, asked: Sequence[Question], counts: Sequence[LevelCounts]) -> str:
    """By answer if all questions offer the same answer set, else by level."""
    first, totals = asked[0], Counter[int]()
    by_answer = first.choices is not None and all(question.texts == first.texts for question in asked)
    for question, row in zip(asked, counts, strict=True):
        for answer, people in enumerate(row, start=1):
            totals[answer if by_answer else question.level_of(answer)] += people
    found = sorted(place for place, people in totals.items() if people)
    everything, most = totals.total(), max(totals.values())
    name = partial(answered, bank, first) if by_answer else partial(numbers.level, bank)
    params = {
        "level": name(next(place for place in found if totals[place] == most)),
        "low": name(found[0]),
        "high": name(found[-1]),
        "share": numbers.coverage(most / everything),
    }
    if most == everything:
        return (_("All answers are %(level)s") if by_answer else _("All answers are at %(level)s")) % params
    if most / everything >= HALF:
        text = (
            _("%(share)s of the answers are %(level)s") if by_answer else _("%(share)s of the answers are at %(level)s")
        )
        return text % params
    return _("Answers are between %(low)s and %(high)s") % params


def _middle(view: ResultView, rows: Sequence[QuestionResult]) -> str | None:
    medians = [row.low_median for row in rows if row.low_median is not None and row.key in view.counts]
    if len(medians) < len(rows):
        return None
    params = {"low": numbers.level(view.bank, min(medians)), "high": numbers.level(view.bank, max(medians))}
    if len(rows) == 1:
        return _("The median answer is %(low)s") % params
    if params["low"] == params["high"]:
        return _("The median answer to every question is %(low)s") % params
    return _("Median answers are between %(low)s and %(high)s") % params


def answers_note(view: ResultView, pillar: PillarResult) -> str:
    """Whose answers these are, and why some are hidden."""
    count = pillar.respondents
    people = {"count": numbers.in_words(count)}
    text = ngettext("Answers of %(count)s person", "Answers of %(count)s people", count) % people
    hidden = [row for row in pillar.questions if row.n > 0 and row.key not in view.means]
    if hidden and all(row.n >= FEWEST for row in hidden):
        return _("%(answers)s. Figures that could reveal individual answers are not shown") % {"answers": text}
    if hidden:
        return _("%(answers)s. A question’s figures are shown once three people answered it") % {"answers": text}
    return text


def question_note(view: ResultView, pillar: PillarResult, row: QuestionResult) -> str:
    """Why a question blocks, else how many people have reached the next level; empty if that may not be shown."""
    blocker = next((blocker for blocker in pillar.blocking if blocker.question == row.key), None)
    if blocker is not None and row.n > 0:
        return blocker_reason(view, pillar, blocker)
    counts = view.counts.get(row.key)
    highest = view.bank.pillar_of[row.key].highest
    if counts is None or sum(counts) < 2 or pillar.level is None or pillar.level >= highest:
        return ""
    question = view.bank.questions[row.key]
    wanted = question.reaching(following(view.bank, pillar)) if question.stage is None else question.offered[-1]
    return people_at(view.bank, question, counts, wanted)
