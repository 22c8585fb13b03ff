"""The moves that a result suggests, and which of them fit into a budget."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assessments.pages.result.next_steps import Move, move
from assessments.results import AssessmentResult
from assessments.scoring.bank import Scale
from assessments.scoring.budget import MAX_CANDIDATES, Candidate, Choice, best_within
from assessments.scoring.figures import Priority
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.remarks import quoted

ANY_TIME = "12m"  # for a move without a horizon in the bank


@dataclass(frozen=True)
class Offer:
    """A move that is not on the roadmap yet, with its prerequisites in this list, in words."""

    priority: Priority
    move: Move
    gain: float | None  # points of the 0-100 index, only where it may be shown
    requires: tuple[str, ...]  # keys of questions
    first: str

    @property
    def key(self) -> str:
        return self.priority.question

    @property
    def horizon(self) -> str:
        return self.priority.horizon or ANY_TIME


def offers(result: AssessmentResult, taken: Collection[str]) -> list[Offer]:
    """The priorities without an action, in order; `taken` are the questions that have one."""
    open_ones = [priority for priority in result.result.priorities if priority.question not in taken]
    keys = {priority.question for priority in open_ones}
    return [_offer(result, priority, keys) for priority in open_ones]


def _offer(result: AssessmentResult, priority: Priority, listed: Collection[str]) -> Offer:
    requires = needs_of(result, priority.question)
    names = [quoted(result.bank.questions[key]) for key in requires if key in listed]
    return Offer(
        priority=priority,
        move=move(result.view, priority),
        gain=priority.gain if priority.question in result.means else None,
        requires=requires,
        first=numbers.joined(names),
    )


def needs_of(result: AssessmentResult, key: str) -> tuple[str, ...]:
    """The questions that the bank requires before a question's next step; empty if the step is hidden."""
    row = next(row for pillar in result.result.pillars for row in pillar.questions if row.key == key)
    if row.n and key not in result.counts:
        return ()
    middle = row.low_median
    step = result.bank.questions[key].main_step(middle)
    return () if step is None else tuple(need for need in step.requires if need in result.bank.questions)


@dataclass(frozen=True)
class OfferLine:
    """An offer in the list: whether it was chosen for the budget, and if not, why."""

    offer: Offer
    chosen: bool
    why_not: str | None


@dataclass(frozen=True)
class Plan:
    """What was chosen for a budget, in words; `why` explains how, `left` why the others were left out."""

    title: str
    why: tuple[str, ...]
    left: tuple[str, ...]
    chosen: tuple[OfferLine, ...]
    others: tuple[OfferLine, ...]


def unplanned(proposed: Sequence[Offer]) -> tuple[OfferLine, ...]:
    """The list without a budget: nothing is chosen."""
    return tuple(OfferLine(offer, False, None) for offer in proposed)


def plan(proposed: Sequence[Offer], budget: float, scale: Scale) -> Plan:
    """The best set of moves within `budget` person-months. Exact; see `scoring/budget.py`."""
    weighed = _weighed(proposed)
    choice = best_within(budget, [Candidate(o.key, o.gain, o.priority.effort, o.requires) for o in weighed])
    reasons = {**dict.fromkeys((offer.key for offer in proposed), "not_weighed"), **choice.left_out}
    texts = {key: _why_not(reason) for key, reason in reasons.items() if key not in choice.chosen}
    return Plan(
        title=_title(choice, len(proposed), budget),
        why=tuple(_why(choice, scale)),
        left=tuple(_left_out([reasons[key] for key in texts])),
        chosen=tuple(OfferLine(offer, True, None) for offer in proposed if offer.key in choice.chosen),
        others=tuple(OfferLine(offer, False, texts[offer.key]) for offer in proposed if offer.key in texts),
    )


def _weighed(proposed: Sequence[Offer]) -> list[Offer]:
    """The first forty, without those that require a move of this list beyond the first forty."""
    weighed, listed = list(proposed[:MAX_CANDIDATES]), {offer.key for offer in proposed}
    while True:
        keys = {offer.key for offer in weighed}
        kept = [offer for offer in weighed if not (set(offer.requires) & listed) - keys]
        if len(kept) == len(weighed):
            return kept
        weighed = kept


def _title(choice: Choice, count: int, budget: float) -> str:
    params = {"budget": numbers.effort(budget), "count": len(choice.chosen), "all": count}
    if not choice.chosen:
        return _("No move fits into %(budget)s") % params
    text = ngettext(
        "%(count)s of %(all)s moves fits best into %(budget)s",
        "%(count)s of %(all)s moves fit best into %(budget)s",
        len(choice.chosen),
    )
    return text % params


def _why(choice: Choice, scale: Scale) -> Iterator[str]:
    if choice.chosen:
        params = {
            "effort": numbers.effort(choice.effort),
            "gain": numbers.gain(choice.gain, scale) or numbers.decimal(0),
        }
        params["scale"] = numbers.ends(scale)
        yield (
            _(
                "They take %(effort)s, and their gains add up to %(gain)s on the index, which goes from %(scale)s. No other "
                "set of the moves that were weighed adds up to more within the budget, with everything that a move needs "
                "first counted in."
            )
            % params
        )
    yield _(
        "This is an estimate: each gain is what one move would bring if its question reached its target and nothing "
        "else changed, and the gains are simply added. Effort is counted in working days, 20 a person-month; a move "
        "without an effort counts as one person-month."
    )


REASONS = ("less_gain", "needs_more", "too_large", "no_gain", "not_weighed")


def _left_out(reasons: Sequence[str]) -> Iterator[str]:
    """One sentence per reason, with the number of moves left out for it."""
    for reason in REASONS:
        if count := reasons.count(reason):
            yield _counted(reason, count) % {"count": numbers.capitalised(numbers.in_words(count))}


def _counted(reason: str, count: int) -> str:
    texts = {
        "less_gain": ngettext(
            "%(count)s would fit, but what is chosen adds up to more.",
            "%(count)s would fit, but what is chosen adds up to more.",
            count,
        ),
        "needs_more": ngettext(
            "%(count)s is more than the budget together with what it needs first.",
            "%(count)s are more than the budget together with what they need first.",
            count,
        ),
        "too_large": ngettext(
            "%(count)s is more than the budget.", "%(count)s are more than the budget, each alone.", count
        ),
        "no_gain": ngettext(
            "%(count)s has no gain that may be shown, or none at all, so it is chosen only where another needs it.",
            "%(count)s have no gain that may be shown, or none at all, so they are chosen only where others need them.",
            count,
        ),
        "not_weighed": ngettext(
            "%(count)s was not weighed: it comes after the first 40 moves, or needs one that does.",
            "%(count)s were not weighed: they come after the first 40 moves, or need one that does.",
            count,
        ),
    }
    return texts[reason]


def _why_not(reason: str) -> str:
    texts = {
        "less_gain": _("Left out: what is chosen adds up to more"),
        "needs_more": _("Left out: with what it needs first it is more than the budget"),
        "too_large": _("Left out: it alone is more than the budget"),
        "no_gain": _("Left out: no gain may be shown or expected"),
        "not_weighed": _("Left out: not weighed"),
    }
    return texts[reason]
