"""A result read back from its JSON, exactly as it was: for assessments that were closed and frozen.

A machine wrote it, so reading stops at the first thing that does not fit.
"""

from __future__ import annotations

from assessments.scoring.figures import (
    Agreement,
    Band,
    Because,
    Blocker,
    Overall,
    PillarResult,
    Priority,
    QuestionResult,
    Result,
    State,
    Status,
    Why,
)

from .json_shape import Shape
from .json_text import parse_json
from .result_out import FORMAT

_STATUSES: tuple[Status, ...] = ("rated", "provisional", "insufficient", "not_applicable", "unscored")
_STATES: tuple[State, ...] = ("answered", "missing", "not_applicable")
_BECAUSE: tuple[Because, ...] = ("essential", "cap", "below")
_BANDS: tuple[Band, ...] = ("weak", "moderate", "strong")
_WHY: tuple[Why, ...] = ("agree_on_the_facts", "blocks_next_level", "gain_per_effort")


def load_result(text: str, name: str = "result.json") -> Result:
    """The result in a JSON text; dumping it gives the same text. Raises ProblemsError for anything else."""
    shape = Shape(parse_json(text, name), (), name)
    shape.one_of("format", (FORMAT,))
    bank, respondents = shape.shape("bank"), shape.shape("respondents")
    return Result(
        engine=shape.text("engine"),
        id=shape.text_or_none("id"),
        bank_key=bank.text("key"),
        bank_version=bank.text("version"),
        bank_checksum=bank.text_or_none("checksum"),
        answered=respondents.whole("answered"),
        invited=respondents.whole_or_none("invited"),
        overall=_overall(shape.shape("overall")),
        pillars=tuple(_pillar(entry) for entry in shape.shapes("pillars")),
        priorities=tuple(_priority(entry) for entry in shape.shapes("priorities")),
    )


def _overall(shape: Shape) -> Overall:
    return Overall(
        index=shape.number("index"),
        index_100=shape.number("index_100"),
        level=shape.whole_or_none("level"),
        coverage=shape.number("coverage"),
        weight_range=shape.pair("weight_range"),
        interval=shape.pair("interval"),
        reason=shape.text_or_none("reason"),
    )


def _pillar(shape: Shape) -> PillarResult:
    attained = shape.shape("attained")
    return PillarResult(
        key=shape.text("key"),
        status=shape.one_of("status", _STATUSES),
        score=shape.number("score"),
        score_100=shape.number("score_100"),
        level=shape.whole_or_none("level"),
        self_declared=shape.flag_or_none("self_declared"),
        coverage=shape.number("coverage"),
        na_share=shape.number("na_share"),
        dont_know_rate=shape.number("dont_know_rate"),
        bounds=shape.pair("bounds"),
        evidence_coverage=shape.number("evidence_coverage"),
        attained={level: attained.number(str(level)) for level in (2, 3, 4, 5)},
        blocking=tuple(
            Blocker(entry.text("question"), entry.one_of("because", _BECAUSE)) for entry in shape.shapes("blocking")
        ),
        respondents=shape.whole("respondents"),
        se=shape.number("se"),
        interval=shape.pair("interval"),
        agreement=_agreement(shape.shape("agreement")),
        target=shape.number("target"),
        gap=shape.number("gap"),
        gap_within_error=shape.flag_or_none("gap_within_error"),
        questions=tuple(_question(entry) for entry in shape.shapes("questions")),
    )


def _agreement(shape: Shape) -> Agreement:
    band = None if shape.is_null("band") else shape.one_of("band", _BANDS)
    return Agreement(r_wg_star=shape.number("r_wg_star"), band=band, flagged=shape.texts("flagged"))


def _question(shape: Shape) -> QuestionResult:
    return QuestionResult(
        key=shape.text("key"),
        state=shape.one_of("state", _STATES),
        mean=shape.number("mean"),
        low_median=shape.whole_or_none("low_median"),
        n=shape.whole("n"),
        dont_know=shape.whole("dont_know"),
        not_applicable=shape.whole("not_applicable"),
        disagreement=shape.number("disagreement"),
        evidence=shape.whole_or_none("evidence"),
    )


def _priority(shape: Shape) -> Priority:
    return Priority(
        question=shape.text("question"),
        tier=shape.whole("tier"),
        why=shape.one_of("why", _WHY),
        gain=shape.number("gain"),
        effort=shape.number("effort"),
        action=shape.text_or_none("action"),
        owner=shape.text_or_none("owner"),
        horizon=shape.text_or_none("horizon"),
    )
