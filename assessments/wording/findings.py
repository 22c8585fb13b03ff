"""The headline finding and the sentences under it. Each is provable from the figures on the page."""

from assessments.scoring.bank import Bank, Gate
from assessments.scoring.figures import PillarResult, Result
from assessments.scoring.organisation import applicable, gate_of_pillars
from assessments.scoring.suppression import WITHHELD
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.needs import needed
from assessments.wording.next_steps import Limit, limit_of
from assessments.wording.remarks import FEWEST, claimed_levels, pillar_names, quoted

MAX_NAMED = 2


def finding(view: ResultView) -> str:
    """One sentence without a full stop: the level and what limits it, or why there is none.

    A bank with a scale of its own has its figure first: `1.6 of 3. Northfield is at level 2`.
    """
    index, said = view.result.overall.index, _finding(view)
    if view.bank.range is None or index is None or view.result.overall.level is None:
        return said
    params = {"index": numbers.score(index), "highest": numbers.point(view.bank.scale.high), "finding": said}
    return _("%(index)s of %(highest)s. %(finding)s") % params


def _finding(view: ResultView) -> str:
    if view.result.overall.level is None:
        return _without_level(view)
    limit = limit_of(view)
    if limit is None:
        return _at_the_top(view) if is_at_the_top(view.bank, view.result) else _at(view)
    if limit.rule == "lowest":
        return _limited_by_the_lowest(view, limit)
    return _limited_by_many(view, limit)


def is_at_the_top(bank: Bank, result: Result) -> bool:
    """Whether the bank offers no higher level."""
    return result.overall.level is not None and result.overall.level >= bank.highest


def _at(view: ResultView) -> str:
    """Used if too few people answered to say more."""
    return _("%(organisation)s is at %(level)s") % {
        "organisation": view.organisation,
        "level": numbers.level(view.bank, view.result.overall.level or 1),
    }


def _limited_by_the_lowest(view: ResultView, limit: Limit) -> str:
    params = {
        "organisation": view.organisation,
        "level": numbers.level(view.bank, limit.level),
        "others": numbers.level(view.bank, limit.others),
        "pillars": pillar_names(view.bank, limit.pillars),
        "count": numbers.in_words(len(limit.pillars)),
    }
    if len(limit.pillars) > MAX_NAMED:
        text = (
            _("%(count)s pillars hold %(organisation)s at %(level)s; without them, %(others)s would be reached")
            % params
        )
        return numbers.capitalised(text)
    return (
        ngettext(
            "%(pillars)s holds %(organisation)s at %(level)s; without it, %(others)s would be reached",
            "%(pillars)s hold %(organisation)s at %(level)s; without them, %(others)s would be reached",
            len(limit.pillars),
        )
        % params
    )


def _limited_by_many(view: ResultView, limit: Limit) -> str:
    levels = {figures.level for _pillar, figures in applicable(view.bank, view.result.pillars)}
    params = {
        "organisation": view.organisation,
        "level": numbers.level(view.bank, limit.level),
        "failed": numbers.level(view.bank, limit.failed),
        "pillars": pillar_names(view.bank, limit.pillars),
        "count": numbers.in_words(len(limit.pillars)),
        "all": numbers.in_words(limit.counted),
    }
    if levels == {limit.level}:
        return _in_every_pillar(limit.counted) % params
    if len(limit.pillars) <= MAX_NAMED:
        return (
            ngettext(
                "%(organisation)s is at %(level)s: %(pillars)s is below %(failed)s",
                "%(organisation)s is at %(level)s: %(pillars)s are below %(failed)s",
                len(limit.pillars),
            )
            % params
        )
    return _("%(organisation)s is at %(level)s: %(count)s of %(all)s pillars are below %(failed)s") % params


def _at_the_top(view: ResultView) -> str:
    params = {"organisation": view.organisation, "level": numbers.level(view.bank, view.result.overall.level or 1)}
    counted = applicable(view.bank, view.result.pillars)
    if len(counted) > 1 and all(figures.level == view.result.overall.level for _pillar, figures in counted):
        return _in_every_pillar(len(counted)) % params
    return _("%(organisation)s is at %(level)s, the highest") % params


def _in_every_pillar(pillars: int) -> str:
    if pillars == 1:
        return _("%(organisation)s is at %(level)s")
    return _("%(organisation)s is at %(level)s in every pillar")


def _without_level(view: ResultView) -> str:
    if view.result.answered == 0:
        return _("%(organisation)s has no result: no one has answered") % {"organisation": view.organisation}
    if not any(pillar.score is not None for pillar in view.result.pillars):
        return _without_score(view)
    lacking = [
        (pillar.key, figures) for pillar, figures in applicable(view.bank, view.result.pillars) if figures.level is None
    ]
    params = {"organisation": view.organisation, "why": _why_lacking(view.bank, lacking), "index": _index(view.result)}
    if not lacking:
        return _("%(organisation)s has no level") % params
    if view.result.overall.index is None:
        return _("%(organisation)s has no level: %(why)s") % params
    return _("%(organisation)s scores %(index)s and has no level: %(why)s") % params


def _without_score(view: ResultView) -> str:
    params = {"organisation": view.organisation}
    if all(pillar.status == "not_applicable" for pillar in view.result.pillars):
        return _("%(organisation)s has no score: every question was set aside as not applicable") % params
    return _("%(organisation)s has no score: too few questions are answered") % params


def _index(result: Result) -> str:
    return "" if result.overall.index is None else numbers.score(result.overall.index)


def _why_lacking(bank: Bank, lacking: list[tuple[str, PillarResult]]) -> str:
    params = {
        "pillars": pillar_names(bank, [key for key, _figures in lacking]),
        "count": numbers.in_words(len(lacking)),
    }
    if len(lacking) > MAX_NAMED:
        return _("%(count)s pillars have none") % params
    withheld = [figures for _key, figures in lacking if figures.status == WITHHELD]
    if withheld and all(figures.respondents >= FEWEST for figures in withheld):
        return (
            ngettext(
                "the level of %(pillars)s could reveal individual answers",
                "the levels of %(pillars)s could reveal individual answers",
                len(lacking),
            )
            % params
        )
    if withheld:
        return (
            ngettext(
                "too few people answered %(pillars)s to show it",
                "too few people answered %(pillars)s to show them",
                len(lacking),
            )
            % params
        )
    if all(figures.status == "rated" for _key, figures in lacking):
        return ngettext("most of %(pillars)s does not apply", "most of %(pillars)s do not apply", len(lacking)) % params
    return ngettext("%(pillars)s lacks answers", "%(pillars)s lack answers", len(lacking)) % params


def lead(view: ResultView) -> str | None:
    """What follows from the finding, in one to four sentences; None if nobody answered."""
    if view.result.answered == 0:
        return None
    limit = limit_of(view)
    if view.result.overall.level is None:
        sentences = [needed(view)]
    elif limit is None and is_at_the_top(view.bank, view.result):
        sentences = [_("No level lies above it.")]
    elif limit is None:
        sentences = [_("Too few people answered to show what keeps it from the next level.")]
    elif limit.rule == "lowest":
        sentences = [_first_step(view, limit), _next_level(view, limit)]
    elif limit.counted == 1:
        sentences = [_first_step(view, limit)]
    else:
        sentences = [_share_needed(view, gate_of_pillars(view.bank), limit)]
    sentences += [_self_declared(view), _few_people(view.result)]
    return " ".join(sentence for sentence in sentences if sentence)


def _first_step(view: ResultView, limit: Limit) -> str:
    pillar = next(figures for figures in view.result.pillars if figures.key == limit.pillars[0])
    if not pillar.blocking:
        return ""
    key = pillar.blocking[0].question
    params = {"question": quoted(view.bank.questions[key])}
    if key in pillar.agreement.flagged and key in view.counts:
        return _("Views differ on %(question)s.") % params
    return _("%(question)s comes first.") % params


def _next_level(view: ResultView, limit: Limit) -> str:
    params = {
        "pillars": pillar_names(view.bank, limit.pillars),
        "failed": numbers.level(view.bank, limit.failed),
        "next": numbers.level(view.bank, limit.level + 1),
        "organisation": view.organisation,
    }
    if limit.suffices:
        text = ngettext(
            "Once %(pillars)s is at %(failed)s, the whole organisation is at %(next)s.",
            "Once %(pillars)s are at %(failed)s, the whole organisation is at %(next)s.",
            len(limit.pillars),
        )
        return text % params
    return _("%(pillars)s must reach %(failed)s before %(organisation)s can reach %(next)s.") % params


def _share_needed(view: ResultView, gate: Gate, limit: Limit) -> str:
    params = {
        "pillars": _("of the pillars") if limit.equal_weights else _("of the pillar weight"),
        "next": numbers.level(view.bank, limit.level + 1),
        "failed": numbers.level(view.bank, limit.failed),
        "there": numbers.capitalised(numbers.in_words(limit.there)),
        "all": numbers.in_words(limit.counted),
        "share": numbers.coverage(limit.share),
        "fully": numbers.percent(gate.hold),
        "reach": numbers.percent(gate.reach),
    }
    if limit.failed == limit.level + 1 and gate.reach != Gate.reach:
        rule = _("For %(next)s, more than %(reach)s %(pillars)s must be at that level.")
    elif limit.failed == limit.level + 1:
        rule = _("For %(next)s, more than half %(pillars)s must be at that level.")
    else:
        rule = _("For %(next)s, more than %(fully)s %(pillars)s must be at %(failed)s or above.")
    if limit.there == 0:
        return f"{rule % params} {_('No pillar is there yet.')}"
    if limit.there <= MAX_NAMED:
        there = [row.key for _pillar, row in applicable(view.bank, view.result.pillars) if row.key not in limit.pillars]
        count = ngettext(
            "Of %(all)s pillars, only %(names)s is there.", "Of %(all)s pillars, only %(names)s are there.", limit.there
        )
        return f"{rule % params} {count % (params | {'names': pillar_names(view.bank, there)})}"
    if limit.equal_weights:
        count = ngettext(
            "%(there)s of %(all)s pillars is there.", "%(there)s of %(all)s pillars are there.", limit.there
        )
        return f"{rule % params} {count % params}"
    return f"{rule % params} {_('It is %(share)s.') % params}"


def level_reason(view: ResultView) -> str:
    """Why there is no level, shown under an empty ladder."""
    lacking = [
        (pillar.key, figures) for pillar, figures in applicable(view.bank, view.result.pillars) if figures.level is None
    ]
    if view.result.answered == 0 or not lacking:
        return _("No level")
    return _("No level: %(why)s") % {"why": _why_lacking(view.bank, lacking)}


def _self_declared(view: ResultView) -> str:
    if (view.result.overall.level or 0) < view.bank.claimed_from:
        return ""
    count = sum(1 for pillar in view.result.pillars if pillar.self_declared)
    text = ngettext(
        "%(count)s pillar at %(levels)s is self-declared: evidence for it is missing.",
        "%(count)s pillars at %(levels)s are self-declared: evidence for them is missing.",
        count,
    )
    params = {"count": numbers.in_words(count), "levels": claimed_levels(view.bank)}
    return numbers.capitalised(text % params) if count else ""


def _few_people(result: Result) -> str:
    if result.answered == 1:
        return _("This is one person’s view.")
    return _("These are two views, too few for an interval.") if result.answered == 2 else ""
