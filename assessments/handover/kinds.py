"""The kinds of value in a handover: how each is written to a document, and read from one that is untrusted.

Readers raise errors that `reading` turns into sentences.
"""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from assessments.actions.invitations import PEOPLE_PER_ASSESSMENT
from assessments.branding.colour import colour_in
from assessments.formats.json_text import Out
from assessments.markdown import is_too_deep
from assessments.models import AGREED_LIMIT, COMMENTARY_LIMIT, MAX_EFFORT, BankVersion, Consultancy, Question, Unit
from assessments.scoring.bank import LEVELS, MAX_ANSWERS, Scale

type Row = Mapping[str, Any]

YEARS = range(1970, 2200)
MAX_REMINDERS = 20
DEFAULT_SCALE = Scale(1.0, 5.0)


@dataclass(frozen=True)
class Around:
    """What a row can refer to: consultancies in document order, its bank version with pillars and questions, and units."""

    firms: Sequence[Consultancy] = ()
    version: BankVersion | None = None
    pillars: Collection[str] = ()
    questions: Mapping[str, Question] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)  # of the client, by id


@dataclass(frozen=True)
class ValueKind:
    """How to read a value from the document and write it there."""

    read: Callable[[Any, Around], Any]
    write: Callable[[Any, Around], Out] = lambda value, around: value
    key: str = ""  # the name in the document, if it is not the column's
    is_enough: bool = False  # skip the column's own validation, as for a result's checksum or an erased author's name


def text(value: Any, most: int) -> str:
    """The text, unchanged. Raises ValueError above `most` characters, TypeError for another type."""
    if not isinstance(value, str):
        raise TypeError(_("A text is missing."))
    if len(value) > most:
        raise ValueError(_("A text has more than %(most)d characters.") % {"most": most})
    return value


def whole(value: Any, least: int, most: int) -> int:
    """A whole number from `least` to `most`. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(
            _("%(value)s is not a whole number from %(least)d to %(most)d.")
            % {"value": repr(value)[:40], "least": least, "most": most}
        )
    return value


def known(value: Any, among: Collection[str]) -> str:
    """The value, if it is a key of the bank. Raises ValueError if not."""
    if not isinstance(value, str) or value not in among:
        raise ValueError(_("The bank has no %(key)s.") % {"key": repr(value)[:80]})
    return value


def moment(value: str) -> datetime.datetime:
    """The time in an ISO 8601 text. Raises ValueError without a time zone or outside YEARS."""
    parsed = datetime.datetime.fromisoformat(value)
    if parsed.tzinfo is None:
        raise ValueError(_("%(moment)s has no time zone.") % {"moment": value})
    _refuse_far(parsed, value)
    return parsed


def day(value: str) -> datetime.date:
    parsed = datetime.date.fromisoformat(value)
    _refuse_far(parsed, value)
    return parsed


def _refuse_far(parsed: datetime.date, value: str) -> None:
    """Raise ValueError outside YEARS, so that time zones and date arithmetic never leave the calendar."""
    if parsed.year not in YEARS:
        raise ValueError(
            _("%(day)s is not in the years %(first)d to %(last)d.")
            % {"day": value, "first": YEARS[0], "last": YEARS[-1]}
        )


def by_column(column: Any) -> ValueKind:
    """The default for a column: times and dates in ISO 8601, ids as text, texts up to `max_length`, others as is."""
    if isinstance(column, models.DateTimeField):
        return MOMENT_IF if column.null else MOMENT
    if isinstance(column, models.DateField):
        return DAY_IF
    if isinstance(column, models.UUIDField):
        return IDENTITY
    return (
        words(column.max_length)
        if isinstance(column, models.CharField | models.TextField) and column.max_length
        else PLAIN
    )


def words(most: int) -> ValueKind:
    return ValueKind(lambda value, around: text(value, most))


def number(least: int, most: int) -> ValueKind:
    return ValueKind(lambda value, around: whole(value, least, most))


def _without_address(name: str) -> str:
    return "" if "@" in name else name


def _iso(value: datetime.date | None, around: Around) -> Out:
    return value.isoformat() if value else None


def _first_day(value: Any, around: Around) -> datetime.date:
    if value is None:
        raise ValueError(_("An engagement has no start date."))
    return day(value)


def _colour(value: Any, around: Around) -> str:
    if value != "" and colour_in(value) != value:
        raise ValueError(_("%(colour)s is not a colour.") % {"colour": repr(value)[:40]})
    return str(value)


def _prose(value: Any, around: Around) -> str:
    parsed = text(value, COMMENTARY_LIMIT)
    if is_too_deep(parsed):
        raise ValueError(_("Lists can be nested up to three levels deep."))
    return parsed


def _effort(value: Any, around: Around) -> Any:
    if value is not None and not 0 < value <= MAX_EFFORT:
        raise ValueError(_("An effort must be between 0 and %(most)d person-months.") % {"most": MAX_EFFORT})
    return value


def _unit(value: Any, around: Around) -> Unit | None:
    if value is not None and value not in around.units:
        raise ValueError(_("The client has no unit %(unit)s.") % {"unit": repr(value)[:80]})
    return None if value is None else around.units[value]


def _firm(value: Any, around: Around) -> Consultancy:
    return around.firms[whole(value, 0, len(around.firms) - 1)]


def _counts(value: Any, around: Around) -> list[int]:
    answers = answers_of(around)
    whole(len(value), answers if answers < MAX_ANSWERS else 2, answers)
    return [whole(count, 0, PEOPLE_PER_ASSESSMENT) for count in value]


def _levels(value: Any, around: Around) -> dict[str, int]:
    most = answers_of(around) if value else MAX_ANSWERS
    return {known(key, around.questions): whole(level, 1, most) for key, level in value.items()}


def _targets(value: Any, around: Around) -> dict[str, Any]:
    """Targets as `Assessment.targets` stores them, because the next round copies them."""
    scale = scale_of(around.version) if value else DEFAULT_SCALE
    return {known(key, around.pillars): _target(entry, scale) for key, entry in value.items()}


def answers_of(around: Around) -> int:
    """The most answers that a question of the bank can have."""
    return MAX_ANSWERS if around.version is not None and around.version.format > 1 else len(LEVELS)


def scale_of(version: BankVersion | None) -> Scale:
    """The scale of a version's scores."""
    if version is None:
        return DEFAULT_SCALE
    return Scale(*version.scale) if version.scale else Scale(1.0, float(version.levels.count()))


def _target(entry: Row, scale: Scale) -> dict[str, Any]:
    level = entry["target"]
    if isinstance(level, bool) or not isinstance(level, int | float) or not scale.low <= level <= scale.high:
        ends = {"least": f"{scale.low:g}", "most": f"{scale.high:g}"}
        raise ValueError(_("A target must be between %(least)s and %(most)s.") % ends)
    texts = {
        name: text(entry[name], AGREED_LIMIT) for name in ("reason", "approved_by", "approved_on") if name in entry
    }
    if texts.get("approved_on"):
        day(texts["approved_on"])
    return {"target": level, **texts}


def _targets_out(value: Mapping[str, Row], around: Around) -> Out:
    return {
        key: {name: _without_address(part) if name == "approved_by" else part for name, part in target.items()}
        for key, target in value.items()
    }


def _earlier(value: Any, around: Around) -> Any:
    """Earlier agreed answers, oldest first."""
    return [
        {
            **{name: kind.read(before[name], around) for name, kind in SAID.items()},
            "agreed_at": moment(before["agreed_at"]).isoformat(),
        }
        for before in value
    ]


PLAIN = ValueKind(lambda value, around: value)  # validated by the column
IDENTITY = ValueKind(lambda value, around: UUID(value), lambda value, around: str(value))
MOMENT = ValueKind(lambda value, around: moment(value), _iso)
MOMENT_IF = ValueKind(lambda value, around: moment(value) if value else None, _iso)
FIRST_DAY = ValueKind(_first_day, _iso)
DAY_IF = ValueKind(lambda value, around: day(value) if value else None, _iso)
DAYS = ValueKind(lambda value, around: [whole(days, 0, 365) for days in value[:MAX_REMINDERS]])
COLOUR = ValueKind(_colour)
PROSE = ValueKind(_prose)
EFFORT = ValueKind(_effort)
OWNER = ValueKind(lambda value, around: text(value, 150), lambda value, around: _without_address(value))
OF_RESULT = ValueKind(lambda value, around: text(value, 80), key="of_result", is_enough=True)
NAME_IF = ValueKind(lambda value, around: text(value, 120), is_enough=True)
PEOPLE = number(0, PEOPLE_PER_ASSESSMENT)
COUNTS = ValueKind(_counts)
LEVELS_BY_QUESTION = ValueKind(_levels)
TARGETS = ValueKind(_targets, _targets_out)
UNIT = ValueKind(_unit, lambda value, around: None if value is None else str(value.pk))
FIRM = ValueKind(_firm, lambda value, around: around.firms.index(value))
FIRM_IF = ValueKind(
    lambda value, around: None if value is None else _firm(value, around),
    lambda value, around: None if value is None else around.firms.index(value),
)
BANK = ValueKind(lambda value, around: around.version, lambda value, around: value.checksum, key="bank")
PILLAR = ValueKind(lambda value, around: known(value, {"", *around.pillars}))
QUESTION = ValueKind(
    lambda value, around: around.questions[known(value, around.questions)], lambda value, around: value.key
)
QUESTION_KEY = ValueKind(lambda value, around: known(value, {"", *around.questions}))
QUESTION_KEYS = ValueKind(lambda value, around: [known(key, around.questions) for key in value], is_enough=True)
RESULT = ValueKind(
    lambda value, around: value,
    lambda value, around: None if value is None else [str(value.assessment_id), value.revision],
)
SAID: Mapping[str, ValueKind] = {
    "level": ValueKind(lambda value, around: whole(value, 1, answers_of(around))),
    "reason": words(AGREED_LIMIT),
    "dissent": words(AGREED_LIMIT),
    "revision": number(1, 1_000_000),
}
EARLIER = ValueKind(_earlier, is_enough=True)
