"""Import an assessment's results: each is scored again from its answers, and refused if the figures differ.

A result of another engine version can differ, and one without answers cannot be checked: both are marked as delivered
and not verified, on every page and report.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from assessments import results
from assessments.formats.answers import dump_answers, load_answers
from assessments.formats.json_text import Out, walk
from assessments.formats.problems import written
from assessments.formats.result import dump_result, load_result
from assessments.models import Assessment, PillarResult, Result, new_salt
from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank
from assessments.scoring.figures import Result as Figures
from assessments.scoring.pulse import score_asked
from assessments.scoring.result import ENGINE
from assessments.scoring.tolerance import EPSILON

from .errors import HandoverError
from .kinds import Row, moment, text, whole

SALT = re.compile(r"[0-9a-f]{32}")
MOST_REVISIONS = 1_000
MOST = 1_000_000  # of a figure without a scale
ROUNDED = 0.05 + EPSILON  # a change may be stored rounded, as printed


@dataclass(frozen=True)
class Arrived:
    """An imported result, the data that it was created from, and `was`: its checksum in the file."""

    row: Result
    scored: results.Scored
    answers: Answers
    was: str


type Arrivals = dict[tuple[str, int], Arrived]  # by assessment id and revision


def take_in(entry: Row, assessment: Assessment, bank: Bank) -> Sequence[Arrived]:
    """Import every revision, the current one last. Raises HandoverError, and errors that `reading` turns into one."""
    people = {person["pseudonym"]: not person.get("interview") for person in entry["people"]}
    if len(people) < len(entry["people"]):
        raise HandoverError(_("%(round)s names one of its people twice.") % {"round": assessment.name})
    arrivals = [_result(row, assessment, bank, people) for row in entry["results"]]
    revisions = [arrived.row.revision for arrived in arrivals]
    if revisions != sorted(set(revisions)):
        raise HandoverError(_("The results of %(round)s are not in order.") % {"round": assessment.name})
    return arrivals


def _result(row: Row, assessment: Assessment, bank: Bank, people: Mapping[str, bool]) -> Arrived:
    """Import a revision. `people` has True for those who answered alone, without an interviewer (unknown here)."""
    names, salt = {"round": assessment.name}, _salt(row)
    if results.checksum_of(row["result"], row["answers"] or "", salt) != row["checksum"]:
        raise HandoverError(_("A result of %(round)s was changed after it was frozen.") % names)
    figures = load_result(row["result"])
    if not _is_of(figures, bank):
        raise HandoverError(_("A result of %(round)s was not computed with its question bank.") % names)
    if (figures.engine, figures.id) != (row["engine"], str(assessment.pk)):
        raise HandoverError(_("A result of %(round)s does not belong to this assessment.") % names)
    answers, origin = _answers(row, figures, assessment, bank, people)
    texts = row["result"], row["answers"] or dump_answers(answers)
    counted = {person.id: None for person in answers.respondents if people[person.id]}
    scored = results.limited(assessment, figures, answers, texts, counted=counted, salt=salt or new_salt())
    stored = Result.objects.create(
        assessment=assessment,
        revision=whole(row["revision"], 1, MOST_REVISIONS),
        result=scored.result_text,
        answers=scored.answers_text,
        engine=text(figures.engine, 20),
        salt=scored.salt,
        checksum=scored.checksum,
        origin=origin,
        frozen_at=moment(row["frozen_at"]),
        index=scored.shown.result.overall.index,
        level=scored.shown.result.overall.level,
        counted=counted,
        calibrated=whole(row.get("calibrated", 0), 0, len(people)),
        differing=sorted(scored.differing | {person for person in row.get("differing", ()) if person in people}),
    )
    PillarResult.objects.bulk_create(results.pillar_rows(stored, scored.shown.result))
    return Arrived(stored, scored, answers, row["checksum"])


def _salt(row: Row) -> str:
    """The salt of the checksum, or "" in formats 1 and 2, whose checksums have none. Raises ValueError."""
    salt = row.get("salt", "")
    if salt != "" and not SALT.fullmatch(salt):
        raise ValueError(_("The salt of a checksum is 32 hexadecimal digits."))
    return str(salt)


def _is_of(figures: Figures, bank: Bank) -> bool:
    """Whether the result is of this bank, with figures for each of its pillars and for no unknown question."""
    asked = {question.key for pillar in figures.pillars for question in pillar.questions}
    asked |= {priority.question for priority in figures.priorities}
    if figures.scale is not None and not _is_on(figures, bank):
        return False
    named = (figures.bank_key, figures.bank_version, figures.bank_checksum) == (bank.key, bank.version, bank.checksum)
    return named and [p.key for p in figures.pillars] == [p.key for p in bank.pillars] and asked <= set(bank.questions)


def _is_on(figures: Figures, bank: Bank) -> bool:
    """Whether the scores are on the scale of the bank, which a schema cannot know."""
    parts = (*(row.score for row in figures.pillars), *(row.score for row in figures.groups))
    scores = (figures.overall.index, *parts)
    low, high = bank.scale.low - EPSILON, bank.scale.high + EPSILON
    return figures.scale == bank.scale and all(low <= score <= high for score in scores if score is not None)


def _answers(
    row: Row, figures: Figures, assessment: Assessment, bank: Bank, people: Collection[str]
) -> tuple[Answers, str]:
    """(the answers, the result's origin). Raises HandoverError if the answers do not give its figures."""
    refuse_beyond_scale(figures)
    if not row["answers"]:
        return Answers(respondents=(), id=figures.id), Result.Origin.DELIVERED
    answers = load_answers(row["answers"], bank)
    _refuse_strangers(figures, answers, assessment, people)
    rescored = score_asked(bank, answers, assessment.subset)
    if same_figures(figures, rescored):
        return answers, Result.Origin.RESCORED
    if figures.engine == rescored.engine:
        raise HandoverError(_("A result of %(round)s does not match its answers.") % {"round": assessment.name})
    return answers, Result.Origin.DELIVERED


def refuse_beyond_scale(result: Figures) -> None:
    """Raise ValueError for the first figure that is out of range in the published format."""
    from assessments.formats.pydantic_messages import part_of

    schema = _published("maturity-result-1" if result.scale is None else "maturity-result-2")
    for path, figure in walk(_data(result)):
        if isinstance(figure, int | float) and not isinstance(figure, bool):
            part = part_of(schema, path)
            above, below = part.get("exclusiveMinimum", -MOST - 1), part.get("exclusiveMaximum", MOST + 1)
            least, most = part.get("minimum", max(above, -MOST)), part.get("maximum", min(below, MOST))
            if not (above < figure < below and least - EPSILON <= figure <= most + EPSILON):
                raise ValueError(
                    _("%(place)s is %(figure)s but must be between %(least)s and %(most)s.")
                    % {"place": written(path), "figure": str(figure)[:40], "least": least, "most": most}
                )


@cache
def _published(name: str) -> Mapping[str, Any]:
    """The schema of a result; cached, because generating it loads pydantic."""
    from assessments.formats.schemas import schema_of

    return schema_of(name)


def same_figures(one: Figures, other: Figures) -> bool:
    """Whether two results are equal, figures within 1e-9; the engine version is ignored."""
    return _same({**_data(one), "engine": None}, {**_data(other), "engine": None})


def _data(result: Figures) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(dump_result(result))
    return data


def _same(one: Out, other: Out) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, int | float):
        return abs(one - other) <= EPSILON
    return type(one) is type(other) and one == other


def _refuse_strangers(figures: Figures, answers: Answers, assessment: Assessment, people: Collection[str]) -> None:
    """Raise HandoverError if a respondent is not a participant, or the result counts other numbers of people.

    Fewer participants than were invited is valid: a person who is erased before answering leaves no row.
    """
    ids = {person.id for person in answers.respondents}
    counted = (figures.answered, figures.invited) == (len(ids), answers.invited)
    if not counted or not ids <= set(people) or (answers.invited is not None and answers.invited < len(people)):
        raise HandoverError(
            _("The people of %(round)s are not those counted in its result.") % {"round": assessment.name}
        )


def link(entry: Row, arrivals: Arrivals) -> None:
    """Store what each result of an assessment is compared with, and the change computed here. Raises HandoverError."""
    for row in entry["results"]:
        if row["compared_with"] is None:
            continue
        arrived, names = arrivals[entry["id"], row["revision"]], {"round": entry["name"]}
        before = arrivals.get(tuple(row["compared_with"]))
        if before is None or not _came_before(before.row.assessment, arrived.row.assessment):
            raise HandoverError(_("%(round)s is compared with an assessment that did not come before it.") % names)
        columns = results.change_since(before.row, arrived.row.assessment, arrived.scored)
        if _is_sure(before, arrived) and _differs(row["change"], columns["change"]):
            raise HandoverError(_("The change of %(round)s does not match its answers.") % names)
        if row["change"] is None or not (before.answers.respondents and arrived.answers.respondents):
            columns["change"] = columns["change_is_real"] = None
        Result.objects.filter(pk=arrived.row.pk).update(**columns)


def _came_before(one: Assessment, other: Assessment) -> bool:
    """Whether `one` has the same bank as `other` and closed earlier."""
    same = one.bank_version.bank_id == other.bank_version.bank_id
    return same and one.closed_at is not None and other.closed_at is not None and one.closed_at < other.closed_at


def _is_sure(*sides: Arrived) -> bool:
    return all(side.row.origin == Result.Origin.RESCORED and side.row.engine == ENGINE for side in sides)


def _differs(given: object, actual: float | None) -> bool:
    """Whether the changes differ. False if one is None: newer versions withhold more, to protect hidden answers."""
    return (
        actual is not None
        and given is not None
        and not (isinstance(given, int | float) and abs(given - actual) <= ROUNDED)
    )


def remarks(arrivals: Arrivals) -> list[str]:
    """Sentences about the results for the person who imports them."""
    delivered = [_named(arrived) for arrived in arrivals.values() if arrived.row.is_unverified]
    sentences = [_("%(result)s: as delivered, not verified") % {"result": name} for name in delivered]
    lacking = _(
        "Comments, reasons and evidence texts are not imported: reports created here lack them. The "
        "reports in the file include them."
    )
    return [*sentences, lacking] if arrivals else sentences


def _named(arrived: Arrived) -> str:
    return _("%(round)s, result %(revision)d") % {
        "round": arrived.row.assessment.name,
        "revision": arrived.row.revision,
    }
