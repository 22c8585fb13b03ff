"""A result on its way out: one line of JSON, fields in the order of the published format, never NaN."""

from __future__ import annotations

from assessments.scoring.result import Agreement, Interval, Overall, PillarResult, Priority, QuestionResult, Result

from .json_line import Out, json_line

FORMAT = "maturity-result/1"


def dump_result(result: Result) -> str:
    """The result on one line, without a line break at its end."""
    return json_line(result_data(result))


def result_data(result: Result) -> dict[str, Out]:
    """The result as plain lists and dicts, in the order of the published format."""
    return {
        "format": FORMAT,
        "engine": result.engine,
        "id": result.id,
        "bank": {"key": result.bank_key, "version": result.bank_version, "checksum": result.bank_checksum},
        "respondents": {"answered": result.answered, "invited": result.invited},
        "overall": _overall(result.overall),
        "pillars": [_pillar(pillar) for pillar in result.pillars],
        "priorities": [_priority(priority) for priority in result.priorities],
    }


def _overall(overall: Overall) -> dict[str, Out]:
    return {
        "index": overall.index,
        "index_100": overall.index_100,
        "level": overall.level,
        "coverage": overall.coverage,
        "weight_range": _pair(overall.weight_range),
        "interval": _pair(overall.interval),
        "reason": overall.reason,
    }


def _pillar(pillar: PillarResult) -> dict[str, Out]:
    return {
        "key": pillar.key,
        "status": pillar.status,
        "score": pillar.score,
        "score_100": pillar.score_100,
        "level": pillar.level,
        "self_declared": pillar.self_declared,
        "coverage": pillar.coverage,
        "na_share": pillar.na_share,
        "dont_know_rate": pillar.dont_know_rate,
        "bounds": _pair(pillar.bounds),
        "evidence_coverage": pillar.evidence_coverage,
        "attained": {str(level): share for level, share in sorted(pillar.attained.items())},
        "blocking": [{"question": blocker.question, "because": blocker.because} for blocker in pillar.blocking],
        "respondents": pillar.respondents,
        "se": pillar.se,
        "interval": _pair(pillar.interval),
        "agreement": _agreement(pillar.agreement),
        "target": pillar.target,
        "gap": pillar.gap,
        "gap_within_error": pillar.gap_within_error,
        "questions": [_question(question) for question in pillar.questions],
    }


def _agreement(agreement: Agreement) -> dict[str, Out]:
    return {"r_wg_star": agreement.r_wg_star, "band": agreement.band, "flagged": list(agreement.flagged)}


def _question(question: QuestionResult) -> dict[str, Out]:
    return {
        "key": question.key,
        "state": question.state,
        "mean": question.mean,
        "low_median": question.low_median,
        "n": question.n,
        "dont_know": question.dont_know,
        "not_applicable": question.not_applicable,
        "disagreement": question.disagreement,
        "evidence": question.evidence,
    }


def _priority(priority: Priority) -> dict[str, Out]:
    return {
        "question": priority.question,
        "tier": priority.tier,
        "why": priority.why,
        "gain": priority.gain,
        "effort": priority.effort,
        "action": priority.action,
        "owner": priority.owner,
        "horizon": priority.horizon,
    }


def _pair(interval: Interval | None) -> list[Out] | None:
    return None if interval is None else list(interval)
