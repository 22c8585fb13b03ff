"""What documents do to the supported level: when they count, and what the level would be without some of them.

A level with and without a document differs by the answers of the people who cite it. So, in a confidential assessment,
two levels are shown side by side only if they differ by the answers of nobody or of five people who count.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .answers import Answers, Document, Evidence, Respondent
from .bank import Bank, Pillar
from .level import attained, capped
from .pillar import SUPPORTED, pillar_sums
from .question import Tally, tally_up
from .whatif import in_the_same_state

DESCRIBED = 1  # the grade that remains once every document has expired
MIN_DIFFERENCE = 5  # people


def is_valid(document: Document, day: date) -> bool:
    """Whether it still supports an answer on `day`: up to and including its last day."""
    return document.valid_until is None or document.valid_until >= day


def is_old(document: Document, day: date) -> bool:
    """Whether the day that it describes is more than a year before `day`."""
    return document.as_of is not None and document.as_of < _a_year_before(day)


def _a_year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def grade_on(chosen: int, documents: Sequence[Document], day: date) -> int:
    """The grade of an answer that cites these documents: at least 2 while one of them is valid, at most 1 after that.

    Without documents it is the chosen one.
    """
    if not documents:
        return chosen
    if any(is_valid(document, day) for document in documents):
        return max(chosen, SUPPORTED)
    return min(chosen, DESCRIBED)


@dataclass(frozen=True)
class Without:
    """The supported level of a pillar without some documents."""

    documents: frozenset[str]
    level: int


@dataclass(frozen=True)
class Lift:
    """The supported level of a pillar if all answers to a question cited a document."""

    question: str
    level: int


@dataclass(frozen=True)
class PillarEvidence:
    """What stands behind a pillar's supported `level`: how many valid documents, how many of them are old.

    `without_old`, `dearest` (the one document whose loss costs most) and `lift` are None where they change nothing, or
    may not be shown. The counts are None if they may not be shown.
    """

    key: str
    level: int
    documents: int | None
    old: int | None
    without_old: Without | None = None
    dearest: Without | None = None
    lift: Lift | None = None


def pillars_evidence(
    bank: Bank, answers: Answers, *, eligible: frozenset[str] | None, closed: Collection[str] = ()
) -> tuple[PillarEvidence, ...]:
    """What documents do to each pillar whose answers cite some, in bank order; not to those that are `closed`.

    `eligible` are the people who count in a confidential assessment; None: no limits. Empty without documents or a day.
    """
    day = answers.day
    if day is None or not answers.documents:
        return ()
    everybody = tally_up(bank, answers.respondents)
    pillars = [_Backing(bank, pillar, answers, day, everybody) for pillar in bank.pillars if pillar.key not in closed]
    return tuple(each for backing in pillars if (each := _evidence_of(backing, eligible)) is not None)


type Places = frozenset[tuple[str, str]]  # answers: (person, question)


def _people(places: Places) -> frozenset[str]:
    return frozenset(person for person, _key in places)


class _Backing:
    """The backed answers of one pillar: (person, question, value, the valid documents behind it, None if undated)."""

    def __init__(self, bank: Bank, pillar: Pillar, answers: Answers, day: date, everybody: Mapping[str, Tally]) -> None:
        self.bank, self.pillar, self.everybody = bank, pillar, everybody
        self.keys = [question.key for question in pillar.questions]
        self.valid = frozenset(key for key, each in answers.documents.items() if is_valid(each, day))
        self.aged = frozenset(key for key, each in answers.documents.items() if is_old(each, day))
        self.numbers = [
            (person.id, key, value, self._behind(person.evidence.get(key)))
            for person in answers.respondents
            for key in self.keys
            if isinstance(value := person.answers.get(key), int)
        ]

    def _behind(self, evidence: Evidence | None) -> frozenset[str] | bool | None:
        """The valid documents; True if it is backed without any, None if it is not backed."""
        if evidence is None or evidence.grade < SUPPORTED:
            return None
        return self.valid & {*evidence.documents} or True

    @property
    def documents(self) -> frozenset[str]:
        cited = (behind for *_answer, behind in self.numbers if isinstance(behind, frozenset))
        return frozenset[str]().union(*cited)

    def level(self, *, lost: frozenset[str] = frozenset(), added: str = "") -> int | None:
        """The supported level without the `lost` documents, or with one for every answer to the question `added`."""
        people: dict[str, dict[str, int]] = {}
        for person, key, value, behind in self.numbers:
            if key == added or _holds(behind, lost):
                people.setdefault(person, {})[key] = value
        tallies = tally_up(self.bank, [Respondent(person, given) for person, given in people.items()])
        same = tuple(in_the_same_state(tallies[key], self.everybody[key]) for key in self.keys)
        sums = pillar_sums(self.bank, self.pillar, same)
        return capped(sums, attained(sums)) if sums.applicable else None

    def losing(self, lost: frozenset[str]) -> Places:
        """The answers that nothing backs without these documents."""
        return frozenset(
            (person, key)
            for person, key, _value, behind in self.numbers
            if behind is not None and not _holds(behind, lost)
        )

    def unbacked(self, key: str) -> Places:
        """The answers to this question that nothing backs."""
        return frozenset(
            (person, each) for person, each, _value, behind in self.numbers if (each, behind) == (key, None)
        )

    def citing(self) -> Places:
        """The answers with a valid document."""
        return frozenset((person, key) for person, key, _value, behind in self.numbers if isinstance(behind, frozenset))


def _holds(behind: frozenset[str] | bool | None, lost: frozenset[str]) -> bool:
    return behind is True or (isinstance(behind, frozenset) and bool(behind - lost))


class _Shown:
    """The sets of answers in which the levels that are shown differ from the supported one."""

    def __init__(self, eligible: frozenset[str] | None) -> None:
        self.eligible = eligible
        self.sets: list[Places] = [frozenset()]

    def may_show(self, places: Places) -> bool:
        """Whether the set differs from each that is shown by the answers of nobody or of five people who count.

        Two sets of the same people can still differ by single answers of a few of them.
        """
        eligible = self.eligible
        if eligible is None:
            return True
        differences = (other ^ places for other in self.sets)
        return all(not each or len(_people(each) & eligible) >= MIN_DIFFERENCE for each in differences)

    def family[T](self, options: Iterable[tuple[T, Places]]) -> list[T]:
        """The options that may be shown beside each other: what is said of them, even that they change nothing, tells
        of no fewer people. They are chosen before their levels are known."""
        chosen = []
        for option, places in options:
            if self.may_show(places):
                self.sets.append(places)
                chosen.append(option)
        return chosen


def _evidence_of(backing: _Backing, eligible: frozenset[str] | None) -> PillarEvidence | None:
    level, documents = backing.level(), backing.documents
    if level is None or not documents:
        return None
    shown = _Shown(eligible)
    if not shown.may_show(backing.citing()):
        return PillarEvidence(backing.pillar.key, level, None, None)
    old = shown.family([(documents & backing.aged, backing.losing(documents & backing.aged))])
    single = shown.family(_widest((frozenset({each}), backing.losing(frozenset({each}))) for each in documents))
    wanting = shown.family((key, backing.unbacked(key)) for key in backing.keys)
    return PillarEvidence(
        key=backing.pillar.key,
        level=level,
        documents=len(documents),
        old=len(old[0]) if old else None,
        without_old=_dearest(backing, level, old),
        dearest=_dearest(backing, level, single),
        lift=_highest(backing, level, wanting),
    )


def _widest(options: Iterable[tuple[frozenset[str], Places]]) -> list[tuple[frozenset[str], Places]]:
    """The documents that most people need first, then by reference."""
    return sorted(options, key=lambda option: (-len(_people(option[1])), sorted(option[0])))


def _dearest(backing: _Backing, level: int, sets: Iterable[frozenset[str]]) -> Without | None:
    """The set whose loss costs most; None if none costs anything."""
    found = [Without(each, lower) for each in sets if (lower := backing.level(lost=each)) is not None and lower < level]
    return min(found, key=lambda without: without.level, default=None)


def _highest(backing: _Backing, level: int, keys: Iterable[str]) -> Lift | None:
    """The question for which a document would add most, the first of them in bank order; None if none adds anything."""
    found = [Lift(key, higher) for key in keys if (higher := backing.level(added=key)) is not None and higher > level]
    return max(found, key=lambda lift: lift.level, default=None)
