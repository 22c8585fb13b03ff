"""What two assessments have in common: questions that mean the same in both, under the later pillars and weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .answers import Answers, Respondent
from .bank import Bank, Pillar, Question, Scale
from .interval import weighted_mean
from .marks import values_of
from .pillar import weight, weighted_sum
from .question import Tally, tally_up


@dataclass(frozen=True)
class Round:
    """One assessment's tallied answers, with its questions under the later bank's pillars and weights."""

    people: tuple[Respondent, ...]
    tallies: Mapping[str, Tally]  # every question of the assessment's bank
    applicable: Mapping[str, Sequence[Tally]]  # applicable questions of weight above 0, by pillar key
    weights: Mapping[str, float]  # pillar weights by key
    scale: Scale  # of the later bank
    groups: Mapping[str, str | None]  # of its pillars by key, where its index is a mean of groups

    def matched(self, later: Round) -> list[tuple[Respondent, Respondent]]:
        """Return each person of either assessment with both sets of answers, empty if absent."""
        first, second = ({person.id: person for person in one.people} for one in (self, later))
        return [(first.get(id, Respondent(id)), second.get(id, Respondent(id))) for id in {**first, **second}]


def round_of(bank: Bank, answers: Answers, later: Bank) -> Round:
    """Regroup an assessment, on the later bank's scale. Retired questions and retired pillars keep their own weights."""
    tallies: dict[str, Tally] = {}
    applicable: dict[str, list[Tally]] = {}
    for key, tally in tally_up(bank, answers.respondents, later.scale).items():
        question = later.questions.get(key, tally.question)
        tallies[key] = tally._replace(weight=question.weight)
        if question.weight > 0 and tally.state != "not_applicable":
            pillar = later.pillar_of.get(key, bank.pillar_of[key])
            applicable.setdefault(pillar.key, []).append(tallies[key])
    weights = {pillar.key: pillar.weight for pillar in (*bank.pillars, *later.pillars)}
    return Round(answers.respondents, tallies, applicable, weights, later.scale, later.index_groups)


def common_questions(before_bank: Bank, after_bank: Bank, earlier: Round, later: Round) -> tuple[str, ...]:
    """The keys that both banks have, that mean the same in both and are answered in both; later bank order."""
    return tuple(
        key
        for key in after_bank.questions
        if key in before_bank.questions
        and means_the_same(key, before_bank, after_bank)
        and earlier.tallies[key].state == later.tallies[key].state == "answered"
    )


def means_the_same(key: str, before_bank: Bank, after_bank: Bank) -> bool:
    """Whether the answers are unchanged in words, values and levels, or both are the same major version of a bank.

    A bank of format 1 and one of format 2 have nothing in common.
    """
    if before_bank.format != after_bank.format:
        return False
    if before_bank.key == after_bank.key and major(before_bank) == major(after_bank):
        return True
    before, after = before_bank.questions[key], after_bank.questions[key]
    if before.texts != after.texts or before.levels != after.levels:
        return False
    return worth(before_bank, before) == worth(after_bank, after)


def worth(bank: Bank, question: Question) -> Sequence[Fraction]:
    """The value of every answer, 0-1."""
    return values_of(question.choices, bank.level_values)


def major(bank: Bank) -> str:
    """The major part of the bank's semantic version."""
    return bank.version.partition(".")[0]


@dataclass(frozen=True)
class Shared:
    """What a later pillar shares between the assessments. `before` and `after` are its common weighted questions."""

    key: str
    weight: float
    before: tuple[Tally, ...]
    after: tuple[Tally, ...]
    shares: tuple[float | None, float | None]  # of the applicable weight of each assessment
    changed: tuple[str, ...]

    @property
    def common_weight(self) -> float | None:
        """The smaller of the two shares; None if nothing applies in an assessment."""
        return smaller(self.shares)

    @property
    def before_score(self) -> float:
        """The earlier score on the common questions. Requires at least one common question."""
        return weighted_sum(self.before) / weight(self.before)

    @property
    def after_score(self) -> float:
        """The later score on the common questions. Requires at least one common question."""
        return weighted_sum(self.after) / weight(self.after)


def shared_by(pillar: Pillar, common: Sequence[str], earlier: Round, later: Round) -> Shared:
    """What one pillar of the later bank shares between the assessments."""
    own = {question.key for question in pillar.questions}
    keys = [key for key in common if key in own]
    scored = [key for key in keys if later.tallies[key].weight > 0]
    before = tuple(earlier.tallies[key] for key in scored)
    after = tuple(later.tallies[key] for key in scored)
    return Shared(
        key=pillar.key,
        weight=pillar.weight,
        before=before,
        after=after,
        shares=(share(before, earlier.applicable.get(pillar.key)), share(after, later.applicable.get(pillar.key))),
        changed=tuple(key for key in keys if earlier.tallies[key].low_median != later.tallies[key].low_median),
    )


def share(common: Sequence[Tally], applicable: Sequence[Tally] | None) -> float | None:
    """The common share of all applicable weight, 0-1; None if nothing applies."""
    return weight(common) / weight(applicable) if applicable else None


def smaller(shares: tuple[float | None, float | None]) -> float | None:
    """The smaller share; None unless both exist."""
    first, second = shares
    return None if first is None or second is None else min(first, second)


def weights_in_index(later: Bank, weights: Mapping[str, float]) -> dict[str, float]:
    """The weights in the index of these pillars (weight by key): their own; in an index of groups, their share of their
    group times its weight, 0 for a pillar that the later bank has in no group."""
    groups = later.index_groups
    if not groups:
        return dict(weights)
    of_groups = {group.key: group.weight for group in later.groups}
    found: dict[str, float] = {}
    for key, own in weights.items():
        inside = sum(other for each, other in weights.items() if groups.get(each) == groups.get(key))
        found[key] = of_groups.get(groups.get(key) or "", 0.0) * own / inside if inside else 0.0
    return found


def share_of_index(bank: Bank, parts: Sequence[Shared], earlier: Round, later: Round) -> float | None:
    """The smaller of the assessments' mean shares, each weighted over the pillars that apply in that assessment.

    The mean includes pillars that share too little, and retired pillars, which share nothing.
    """
    before = {part.key: part.shares[0] for part in parts}
    after = {part.key: part.shares[1] for part in parts}
    return smaller((mean_share(bank, before, earlier), mean_share(bank, after, later)))


def mean_share(bank: Bank, shares: Mapping[str, float | None], round: Round) -> float | None:
    """The weighted mean share over an assessment's applicable pillars; None if none applies."""
    weights = weights_in_index(bank, {key: w for key in round.applicable if (w := round.weights[key]) > 0})
    return weighted_mean([*weights.values()], [shares.get(key) or 0.0 for key in weights])
