"""Compare two versions of a bank: what differs, and which part of the version number must rise.

Major: the meaning of an anchor or question, the levels offered. Minor: a question or pillar added, retired or moved; a
weight, an essential level, *not applicable*. Patch: everything else. Only an author knows whether a reworded text still
means the same, so every rewording that is more than a typo counts as a new meaning.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import zip_longest

from assessments.scoring.bank import Bank, NextStep, Pillar, Question, Scale, Subset

from .readability import words

ROOMY = 5  # letters; in a shorter word, one other letter can make another word
SLIPS = 2  # misspelt words allowed per text


class Bump(IntEnum):
    """The part of a version number that must rise."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class DifferenceKind(StrEnum):
    """The kinds of difference, as authors group them."""

    ADDED = "added"
    RETIRED = "retired"
    MOVED = "moved"
    REWORDED = "reworded"
    ANCHORS = "anchors"
    COUNTED = "counted"
    TEXTS = "texts"


@dataclass(frozen=True)
class Difference:
    """One difference. `about` is the key of a pillar or question, or "" for the bank; absent texts are None."""

    kind: DifferenceKind
    bump: Bump
    about: str
    field: str
    before: str | None = None
    after: str | None = None

    @property
    def is_rewording(self) -> bool:
        """Whether a person must judge if the meaning is still the same."""
        return self.bump is Bump.MAJOR and self.before is not None and self.after is not None


def differences(old: Bank, new: Bank) -> tuple[Difference, ...]:
    """All differences in the order of the new bank, retired pillars and questions last."""
    return tuple(_of_bank(old, new))


def asked(changes: Iterable[Difference], *, same_meaning: bool = False) -> Bump:
    """The highest part that must rise for these differences; with `same_meaning`, a rewording counts as a typo."""
    bumps = (Bump.PATCH if same_meaning and one.is_rewording else one.bump for one in changes)
    return max(bumps, default=Bump.NONE)


def raised(version: str, bump: Bump) -> str:
    """The lowest version after `version` that raises this part: 1.2.3 and MINOR give 1.3.0."""
    major, minor, patch = numbers(version)
    if bump is Bump.MAJOR:
        return f"{major + 1}.0.0"
    if bump is Bump.MINOR:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + (bump is Bump.PATCH)}"


def numbers(version: str) -> tuple[int, int, int]:
    """The three numbers of a version; a pre-release or build suffix is ignored."""
    major, minor, patch = re.split(r"[-+]", version, maxsplit=1)[0].split(".")
    return int(major), int(minor), int(patch)


def is_slip(one: str, other: str) -> bool:
    """Whether two texts differ only by typos: case, spaces, punctuation, one letter each in up to SLIPS long words."""
    before, after = ([word.casefold() for word in words(text)] for text in (one, other))
    if len(before) != len(after):
        return False
    pairs = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return len(pairs) <= SLIPS and all(_one_letter(*pair) for pair in pairs)


def _one_letter(one: str, other: str) -> bool:
    """Whether one letter is added, missing or wrong, or two are swapped; never in short words or words with digits."""
    if min(len(one), len(other)) < ROOMY or any(sign.isdigit() for sign in one + other):
        return False
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])


def _of_bank(old: Bank, new: Bank) -> Iterator[Difference]:
    for name in ("title", "language", "source", "licence", "attribution", "about"):
        yield from _text("", name, getattr(old, name), getattr(new, name))
    for number, (before, after) in enumerate(zip(old.levels, new.levels, strict=False), start=1):
        yield from _text("", f"level {number}", before.name, after.name)
        yield from _text("", f"level {number} summary", before.summary, after.summary)
    yield from _shape(old, new)
    before_pillars = {pillar.key: pillar for pillar in old.pillars}
    yield from _order("", "pillars", [p.key for p in old.pillars], [p.key for p in new.pillars])
    for pillar in new.pillars:
        if pillar.key in before_pillars:
            yield from _of_pillar(before_pillars[pillar.key], pillar)
        else:
            yield Difference(DifferenceKind.ADDED, Bump.MINOR, pillar.key, "pillar", None, pillar.name)
        yield from _of_questions(old, pillar)
    yield from _gone(old, new)


def _gone(old: Bank, new: Bank) -> Iterator[Difference]:
    kept = {pillar.key for pillar in new.pillars}
    for pillar in old.pillars:
        if pillar.key not in kept:
            yield Difference(DifferenceKind.RETIRED, Bump.MINOR, pillar.key, "pillar", pillar.name, None)
    for key, question in old.questions.items():
        if key not in new.questions:
            yield Difference(DifferenceKind.RETIRED, Bump.MINOR, key, "question", question.text, None)


def _of_pillar(old: Pillar, new: Pillar) -> Iterator[Difference]:
    for name in ("name", "short", "group", "summary"):
        yield from _text(new.key, name, getattr(old, name), getattr(new, name))
    yield from _counted(new.key, "weight", old.weight, new.weight)
    yield from _order(new.key, "questions", [q.key for q in old.questions], [q.key for q in new.questions])


def _of_questions(old: Bank, pillar: Pillar) -> Iterator[Difference]:
    homes = {question.key: home.key for home in old.pillars for question in home.questions}
    for question in pillar.questions:
        if question.key not in homes:
            yield Difference(DifferenceKind.ADDED, Bump.MINOR, question.key, "question", None, question.text)
            continue
        if homes[question.key] != pillar.key:
            yield Difference(DifferenceKind.MOVED, Bump.MINOR, question.key, "pillar", homes[question.key], pillar.key)
        yield from _of_question(old.questions[question.key], question)


def _of_question(old: Question, new: Question) -> Iterator[Difference]:
    if old.text != new.text:
        bump = Bump.PATCH if is_slip(old.text, new.text) else Bump.MAJOR
        yield Difference(DifferenceKind.REWORDED, bump, new.key, "text", old.text, new.text)
    if old.levels != new.levels or _values(old) != _values(new):
        yield Difference(DifferenceKind.ANCHORS, Bump.MAJOR, new.key, "values", _values(old), _values(new))
    for level, (before, after) in enumerate(zip_longest(old.texts, new.texts), start=1):
        if before != after:
            typo = before is not None and after is not None and is_slip(before, after)
            bump = Bump.PATCH if typo else Bump.MAJOR
            yield Difference(DifferenceKind.ANCHORS, bump, new.key, f"anchor {level}", before, after)
    for name in ("weight", "essential_at", "allows_na", "central", "stage"):
        yield from _counted(new.key, name, getattr(old, name), getattr(new, name))
    for name in ("help", "error", "short", "essential_reason"):
        yield from _text(new.key, name, getattr(old, name), getattr(new, name))
    yield from _text(new.key, "covers", ", ".join(old.covers) or None, ", ".join(new.covers) or None)
    yield from _text(new.key, "next_steps", _steps(old.next_steps), _steps(new.next_steps))


def _steps(steps: Sequence[NextStep]) -> str | None:
    lines = (
        " · ".join(
            str(part)
            for part in (s.from_level, s.action, s.owner, s.effort, s.horizon, ", ".join(s.requires))
            if part not in (None, "")
        )
        for s in steps
    )
    return "\n".join(lines) or None


def _values(question: Question) -> str | None:
    """The values of an answer set: `0, 0.5, 1`; None for anchors."""
    if question.choices is None:
        return None
    return ", ".join(f"{choice.value:g}" for choice in question.choices.choices)


def _shape(old: Bank, new: Bank) -> Iterator[Difference]:
    """What is different in the ladder, the scale, the gate and the groups."""
    if len(old.levels) != len(new.levels) or old.level_values != new.level_values:
        yield Difference(DifferenceKind.ANCHORS, Bump.MAJOR, "", "levels", _ladder(old), _ladder(new))
    for name in ("scale", "gate", "index_of"):
        before_it, after_it = getattr(old, name), getattr(new, name)
        if before_it != after_it:
            yield Difference(DifferenceKind.COUNTED, Bump.MINOR, "", name, _fields(before_it), _fields(after_it))
    before = {group.key: group for group in old.groups}
    for group in new.groups:
        if group.key in before:
            yield from _counted(group.key, "weight", before[group.key].weight, group.weight)
            yield from _text(group.key, "name", before[group.key].name, group.name)
        else:
            yield Difference(DifferenceKind.ADDED, Bump.MINOR, group.key, "group", None, group.name)
    for key in before.keys() - {group.key for group in new.groups}:
        yield Difference(DifferenceKind.RETIRED, Bump.MINOR, key, "group", before[key].name, None)
    yield from _subsets({each.key: each for each in old.subsets}, {each.key: each for each in new.subsets})


def _subsets(old: Mapping[str, Subset], new: Mapping[str, Subset]) -> Iterator[Difference]:
    for key, subset in new.items():
        if key not in old:
            yield Difference(DifferenceKind.ADDED, Bump.MINOR, key, "subset", None, subset.title)
            continue
        yield from _text(key, "title", old[key].title, subset.title)
        before, after = (", ".join(each.questions) for each in (old[key], subset))
        if before != after:
            yield Difference(DifferenceKind.MOVED, Bump.MINOR, key, "questions", before, after)
    for key in [key for key in old if key not in new]:
        yield Difference(DifferenceKind.RETIRED, Bump.MINOR, key, "subset", old[key].title, None)


def _ladder(bank: Bank) -> str:
    return ", ".join(f"{float(value):g}" for value in bank.level_values)


def _fields(part: object) -> str:
    """`from 0 to 3`, or the fields of a gate."""
    if isinstance(part, Scale):
        return f"from {part.low:g} to {part.high:g}"
    return part if isinstance(part, str) else ", ".join(f"{name} {value}" for name, value in vars(part).items())


def _text(about: str, name: str, old: str | None, new: str | None) -> Iterator[Difference]:
    if old != new:
        yield Difference(DifferenceKind.TEXTS, Bump.PATCH, about, name, old, new)


def _counted(about: str, name: str, old: float | None, new: float | None) -> Iterator[Difference]:
    if old != new:
        yield Difference(DifferenceKind.COUNTED, Bump.MINOR, about, name, _shown(old), _shown(new))


def _shown(value: float | None) -> str | None:
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).lower()
    return f"{value:g}"


def _order(about: str, name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """A difference if the keys that both versions have are in another order."""
    before, after = [key for key in old if key in new], [key for key in new if key in old]
    if before != after:
        yield Difference(DifferenceKind.MOVED, Bump.MINOR, about, name, ", ".join(before), ", ".join(after))
