"""Errors and warnings of a version for its author, each with a link to its field."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from assessments.actions import banks
from assessments.formats.bank import parse_bank
from assessments.formats.checks import warnings
from assessments.formats.dump import dump_bank
from assessments.formats.problems import Path, ProblemsError, written
from assessments.models import BankVersion, Pillar

from .drafting import change_url

MAX_SHOWN = 200  # warnings on one page
_PLACE = re.compile(r"\[[0-9]+\]")
STEP_FIELDS = {"from": "from_level"}
OWN_FIELDS = {"anchors": "anchor_1", "next_steps": "next_steps-0-action"}


@dataclass(frozen=True)
class Finding:
    """A problem: the page and field it is about, a message, and the field's URL."""

    where: str
    field: str
    sentence: str
    address: str


@dataclass(frozen=True)
class Listed:
    """Rows of a table on a page: the first MAX_SHOWN, and how many there are."""

    rows: tuple[tuple[int | str, str, str], ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def listed(rows: Sequence[tuple[int | str, str, str]]) -> Listed:
    """The same sentence about the same field of many questions is one row, which says how many others there are."""
    alike: dict[tuple[str, str], list[tuple[int | str, str, str]]] = {}
    for row in rows:
        alike.setdefault((_PLACE.sub("", row[1]), row[2]), []).append(row)
    shown = [_with_others(*each) for each in alike.values()]
    return Listed(tuple(shown[:MAX_SHOWN]), len(shown))


def _with_others(first: tuple[int | str, str, str], *others: object) -> tuple[int | str, str, str]:
    where, field, sentence = first
    return where, field, said_of_all(sentence, len(others))


def said_of_all(sentence: str, others: int) -> str:
    """A sentence, and in how many other places it holds."""
    more = ngettext("The same in %(n)d other place.", "The same in %(n)d other places.", others)
    return f"{sentence}. {more % {'n': others}}" if others else sentence


@dataclass(frozen=True)
class Findings:
    """Errors prevent publishing, warnings do not."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    more: int = 0  # number of errors, or else of warnings, that are not listed

    @property
    def open(self) -> int:
        """The number of warnings, listed or not."""
        return len(self.warnings) + self.more


def findings_of(version: BankVersion) -> Findings:
    """Return everything `check_bank` would report about the current version. Six queries."""
    bank, rows = banks.to_publish(version), _rows(version)
    try:
        loaded = parse_bank(dump_bank(bank))
    except ProblemsError as error:
        problems = [(problem.path, problem.sentence) for problem in error.problems]
        return Findings(_findings(version, rows, problems), (), error.more)
    found = _alike(warnings(loaded.bank))
    return Findings((), _findings(version, rows, found[:MAX_SHOWN]), max(0, len(found) - MAX_SHOWN))


def _alike(found: Iterable[tuple[Path, str]]) -> list[tuple[Path, str]]:
    """The same warning about the same field of many questions once, at the first, saying how many others there are."""
    alike: dict[tuple[str, str], list[tuple[Path, str]]] = {}
    for path, sentence in found:
        alike.setdefault((_PLACE.sub("", written(path)), sentence), []).append((path, sentence))
    return [(path, said_of_all(sentence, len(others))) for (path, sentence), *others in alike.values()]


def _rows(version: BankVersion) -> list[Pillar]:
    return list(version.pillars.prefetch_related("questions"))


def _findings(version: BankVersion, rows: list[Pillar], problems: Iterable[tuple[Path, str]]) -> tuple[Finding, ...]:
    return tuple(_finding(version, rows, path, sentence) for path, sentence in problems)


def _finding(version: BankVersion, rows: list[Pillar], path: Path, sentence: str) -> Finding:
    """Return the finding with the admin page closest to a path in the file."""
    steps = list(path)
    if len(steps) < 2 or steps[0] != "pillars" or not isinstance(steps[1], int):
        return Finding(str(version), _words(steps), sentence, change_url(version) + _version_field(steps))
    pillar = rows[steps[1]]
    if len(steps) < 4 or not isinstance(steps[3], int):
        return Finding(pillar.name, _words(steps[2:]), sentence, change_url(pillar) + _field(steps[2:]))
    question = list(pillar.questions.all())[steps[3]]
    return Finding(question.text or question.key, _words(steps[4:]), sentence, change_url(question) + _field(steps[4:]))


def _version_field(steps: list[str | int]) -> str:
    if len(steps) > 1 and steps[0] == "levels" and isinstance(steps[1], int):
        return f"#id_level_{steps[1] + 1}_{steps[2] if len(steps) > 2 else 'name'}"
    return _field(steps)


def _field(steps: list[str | int]) -> str:
    """Return a field's fragment: `anchors[2]` -> #id_anchor_3, `next_steps[1].from` -> #id_next_steps-1-from_level."""
    if not steps or steps[0] in ("questions", "pillars"):
        return "#content-start"
    name, *rest = steps
    if name == "anchors" and rest and isinstance(rest[0], int):
        return f"#id_anchor_{rest[0] + 1}"
    if name == "next_steps" and rest:
        inner = str(rest[1]) if len(rest) > 1 else "action"
        return f"#id_next_steps-{rest[0]}-{STEP_FIELDS.get(inner, inner)}"
    return f"#id_{OWN_FIELDS.get(str(name), name)}"


def _words(steps: list[str | int]) -> str:
    """Return a field's name as its page shows it."""
    if not steps or steps[0] in ("questions", "pillars"):
        return ""
    name, *rest = steps
    if name == "anchors" and rest and isinstance(rest[0], int):
        return _("Level %(number)d") % {"number": rest[0] + 1}
    if name == "next_steps" and rest and isinstance(rest[0], int):
        return _("Next step %(number)d") % {"number": rest[0] + 1}
    return str(name).replace("_", " ")
