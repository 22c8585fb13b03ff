"""A comparison: its sides, and its findings in sentences. One organisation changes over time; two differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank
from assessments.scoring.change import MIN_CHANGE, Change, Comparison
from assessments.scoring.suppression import ReaderResult, Seen
from assessments.scoring.tolerance import below
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.change import different_versions, nothing_shared

MAX_NAMED = 2

type ComparisonKind = Literal["change", "difference"]  # of one client over time, or between clients


@dataclass(frozen=True)
class ComparisonSide(Seen):
    """One side with its name in the comparison, a detail line, and what its reader may see of questions."""

    id: str
    name: str
    detail: str
    bank: Bank
    seen: ReaderResult
    answers: Answers
    confidential: bool

    @property
    def people(self) -> frozenset[str]:
        """The pseudonyms of the people who answered."""
        return frozenset(person.id for person in self.answers.respondents if person.answers)


def title(sides: Sequence[ComparisonSide], pairs: Sequence[Comparison], kind: ComparisonKind) -> str:
    """The finding: what changed between the first and the last round, or which side scores highest."""
    if kind == "difference":
        return _highest(sides, pairs)
    span = {"first": sides[0].name, "last": sides[-1].name}
    shared = [change for change in pairs[-1].pillars if change.delta is not None]
    if not shared:
        return _("%(first)s and %(last)s share too few questions to compare") % span
    if all(change.real is None for change in shared):
        return _("Too few people answered to call a change clear")
    risen, fallen = (_names(sides[-1].bank, shared, sign) for sign in (1, -1))
    if not (risen or fallen):
        return _("No pillar shows a clear change between %(first)s and %(last)s") % span
    return _("%(moved)s from %(first)s to %(last)s") % {**span, "moved": _moved(risen, fallen, len(shared))}


def _names(bank: Bank, changes: Sequence[Change], sign: int) -> list[str]:
    names = {pillar.key: pillar.short or pillar.name for pillar in bank.pillars}
    return [names[change.key or ""] for change in changes if change.real and (change.delta or 0) * sign > 0]


def _moved(risen: Sequence[str], fallen: Sequence[str], everything: int) -> str:
    if risen and fallen:
        return _("%(risen)s rose and %(fallen)s fell") % {"risen": _those(risen), "fallen": _those(fallen)}
    names = risen or fallen
    who = _("Every pillar") if len(names) == everything > 1 else _those(names)
    return numbers.capitalised((_("%(who)s rose") if risen else _("%(who)s fell")) % {"who": who})


def _those(names: Sequence[str]) -> str:
    if len(names) <= MAX_NAMED:
        return numbers.joined(names)
    return _("%(count)s pillars") % {"count": numbers.in_words(len(names))}


def _highest(sides: Sequence[ComparisonSide], pairs: Sequence[Comparison]) -> str:
    """The index of every side on the shared questions, highest first."""
    scores = [pairs[0].overall.before, *(pair.overall.after for pair in pairs)]
    scored = [(score, side.name) for score, side in zip(scores, sides, strict=True) if score is not None]
    if len(scored) < len(sides):
        if all(any(change.delta is not None for change in pair.pillars) for pair in pairs):
            return _("Compared by pillar; at least one index is not shown")
        return _("These organisations share too few questions to compare")
    ranked = sorted(scored, key=lambda entry: -entry[0])
    first, last = ranked[0], ranked[-1]
    if numbers.rounded(first[0]) == numbers.rounded(last[0]):
        return _("The index is %(index)s in each") % {"index": numbers.score(first[0])}
    named = [_("%(index)s in %(name)s") % {"index": numbers.score(score), "name": name} for score, name in ranked]
    return _("The index is %(scores)s") % {"scores": numbers.joined(named)}


def verdict(change: Change, kind: ComparisonKind) -> str:
    """The verdict on a change; between two clients, only whether the interval includes 0."""
    if change.delta is None:
        return _("not comparable")
    words = _of_difference(change) if kind == "difference" else _of_change(change)
    return _("%(verdict)s, indicative") % {"verdict": words} if change.comparability == "indicative" else words


def _of_change(change: Change) -> str:
    if change.real is None:
        return _("unclear")
    if change.real:
        return _("clear change")
    small = below(abs(change.delta or 0.0), MIN_CHANGE) and not _holds_zero(change)
    return numbers.under(MIN_CHANGE, 2) if small else _("no clear difference")


def _of_difference(change: Change) -> str:
    if change.interval is None:
        return _("no interval")
    return _("no clear difference") if _holds_zero(change) else _("clear difference")


def _holds_zero(change: Change) -> bool:
    return change.interval is None or change.interval[0] <= 0 <= change.interval[1]


def banners(sides: Sequence[ComparisonSide], common: int) -> list[str]:
    """What a reader must know before the figures: differing banks or versions, and how many questions are compared."""
    if len({side.bank.key for side in sides}) > 1:
        asked = numbers.listed([f"{side.name}: {side.bank.title} {side.bank.version}" for side in sides])
        opening = _("These were asked on different question banks (%(asked)s).") % {"asked": asked}
    elif len({side.bank.version for side in sides}) > 1:
        opening = different_versions([(side.name, side.bank.version) for side in sides])
    else:
        return []
    if not common:
        return [f"{opening} {nothing_shared()}"]
    rest = ngettext(
        "Only the %(common)s question that means the same everywhere is compared.",
        "Only the %(common)s questions that mean the same everywhere are compared.",
        common,
    )
    return [f"{opening} {rest % {'common': common}}"]


def respondents(first: ComparisonSide, other: ComparisonSide) -> str:
    """How many people answered both assessments, and how many only one of them."""
    stayed, left, joined = (
        len(first.people & other.people), len(first.people - other.people), len(other.people - first.people),
    )  # fmt: skip
    names = {"first": first.name, "other": other.name}
    if not (left or joined):
        return _("%(first)s and %(other)s: the same people answered, compared person by person.") % names
    params = {**names, "stayed": stayed, "left": left, "joined": joined}
    return (
        _(
            "%(first)s and %(other)s: different people answered (%(stayed)d the same, %(left)d only in "
            "%(first)s, %(joined)d only in %(other)s), so the assessments are compared as two samples."
        )
        % params
    )


def same_people(first: ComparisonSide, other: ComparisonSide) -> bool:
    return first.people == other.people
