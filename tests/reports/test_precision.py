"""No file lets one work out a hidden answer more closely than the page does."""

import json
import re
from dataclasses import replace
from math import fsum
from unittest.mock import patch

import pytest

from assessments.reports.files import result_json
from assessments.reports.report import report_of
from assessments.reports.sections.change import compared, since
from assessments.scoring.result import score
from tests.reports.assessments import BANK, KEYS, beside, people, seen

FIRST, SECOND = BANK.pillars[:2]
HIDDEN = FIRST.questions[0]
SKIP = tuple((n, HIDDEN.key) for n in range(6))  # of eight people only two answer it


def assessment_with(level):
    """Eight people who vary; the two who answer the hidden question say `level`."""
    given = people(2, 3, 2, 3, 4, 2, 3, 4, skip=SKIP)
    last = tuple(replace(p, answers={**p.answers, HIDDEN.key: level}) for p in given.respondents[-2:])
    return replace(given, respondents=(*given.respondents[:-2], *last))


def files(level, **fields):
    return json.loads(result_json(seen(assessment_with(level), "Q4 2026", **fields)))["tables"]


def taken_off(tables, figure):
    """What a pillar's figure leaves for the hidden question once every shown mean is taken off it."""
    shown = {question.key: question.mean for question in exact().pillars[0].questions}
    weights = {question.key: question.weight for question in FIRST.questions}
    others = fsum(weights[key] * shown[key] for key in weights if key != HIDDEN.key)
    return (figure * fsum(weights.values()) - others) / weights[HIDDEN.key]


def exact():
    return score(BANK, assessment_with(2))


def test_the_hidden_question_is_hidden_with_a_second_one_beside_it():
    """Take off all shown means, and what the score leaves is shared by two."""
    rows = {row["key"]: row for row in files(2)["questions"]}
    assert rows[HIDDEN.key]["mean"] is None
    others = [rows[question.key]["mean"] for question in FIRST.questions[1:]]
    assert others.count(None) >= 1
    assert rows[SECOND.questions[0].key]["mean"] is not None


@pytest.mark.parametrize("column", ["score", "bound_low", "bound_high"])
def test_subtraction_gets_no_closer_than_one_decimal_allows(column):
    """What is told fits every answer that the page's one decimal fits."""
    tables = files(2)
    told = next(row[column] for row in tables["pillars"] if row["pillar"] == FIRST.name)
    assert told == round(told, 1)
    reach = 0.05 * fsum(q.weight for q in FIRST.questions) / HIDDEN.weight
    assert taken_off(tables, exact().pillars[0].score) == pytest.approx(2.0)  # the exact score would have told
    assert abs(taken_off(tables, told) - 2.0) > 1e-6
    assert abs(taken_off(tables, told) - 2.0) <= reach + 1e-9


def test_answers_that_read_the_same_on_the_page_give_the_same_file():
    """Two assessments that differ in the hidden answer alone, by less than the page shows, cannot be told apart."""
    heavy = replace(BANK, pillars=tuple(_light(pillar) if pillar is FIRST else pillar for pillar in BANK.pillars))
    one, other = files(2, bank=heavy), files(3, bank=heavy)
    figures = [[{k: v for k, v in row.items() if k != "level"} for row in t["pillars"]] for t in (one, other)]
    assert figures[0] == figures[1]
    assert [r for r in one["about"] if "Index" in r["fact"]] == [r for r in other["about"] if "Index" in r["fact"]]


def _light(pillar):
    """The hidden question weighs so little that its answer moves no decimal."""
    first, *others = pillar.questions
    return replace(pillar, questions=(replace(first, weight=0.001), *others))


def test_the_index_carries_no_more_than_the_pillars():
    facts = {row["fact"]: row["value"] for row in files(2)["about"]}
    assert facts["Index, 1 to 5"] == round(facts["Index, 1 to 5"], 1)
    assert FIRST.name in facts["Rounding"]
    assert SECOND.name not in facts["Rounding"]


def test_everything_else_is_exact():
    tables = files(2)
    second = next(row for row in tables["pillars"] if row["pillar"] == SECOND.name)
    assert second["score"] == seen(assessment_with(2), "Q4 2026").result.pillars[1].score != round(second["score"], 1)


def test_a_named_assessment_is_exact_and_says_nothing_of_rounding():
    tables = files(2, named=True)
    assert tables["pillars"][0]["score"] == exact().pillars[0].score
    assert "Rounding" not in {row["fact"] for row in tables["about"]}


def test_scores_of_the_previous_round_are_rounded_too():
    before, now = seen(assessment_with(2), "Q2 2026"), seen(people(3, 3, 2, 4, 3, 3, 2, 4), "Q4 2026")
    shown = beside(before, replace(now, answers=now.answers))
    rows = json.loads(result_json(shown))["tables"]["change"]
    first, second, index = rows[0], rows[1], rows[-1]
    for row in (first, index):
        for column in ("before", "after", "change", "interval_low", "interval_high"):
            assert row[column] == round(row[column], 1)
    assert second["before"] != round(second["before"], 1)


@pytest.mark.usefixtures("no_peers")
def test_a_report_draws_no_more_exactly_than_it_prints():
    before, now = seen(assessment_with(2), "Q2 2026"), seen(assessment_with(3), "Q4 2026")
    report = report_of_pair(before, now)
    for result in (report.result, report.earlier.result):
        first, second = result.pillars[:2]
        assert first.score == round(first.score, 1)
        assert first.interval == tuple(round(end, 1) for end in first.interval)
        assert result.overall.index == round(result.overall.index, 1)
        assert second.score != round(second.score, 1)
    first, second = report.since.comparison.pillars[:2]
    assert (first.before, first.after, first.delta) == tuple(
        round(v, 1) for v in (first.before, first.after, first.delta)
    )
    assert second.before != round(second.before, 1)


def test_a_comparison_draws_no_more_exactly_than_it_prints():
    """Marks stand at tenths of a level, which are 2.5% of the axis, where a question is hidden; elsewhere at their values."""
    shown = beside(seen(assessment_with(2), "Q2 2026"), seen(assessment_with(3), "Q4 2026"))
    first, second = compared(since(shown)).rows[:2]
    places = [float(place) for place in re.findall(r'c?x1?="([\d.]+)%"', marks(first.strip))]
    assert places
    assert all(place / 2.5 == pytest.approx(round(place / 2.5)) for place in places)
    assert any(
        place / 2.5 != pytest.approx(round(place / 2.5))
        for place in map(float, re.findall(r'c?x1?="([\d.]+)%"', marks(second.strip)))
    )


def marks(strip):
    """A strip without its axis."""
    return re.sub(r'<line class="grid-line"[^>]*>', "", strip)


def report_of_pair(before, now):
    nothing = {"brand_of": lambda of: None, "client_logo": lambda of: None, "action_summaries": lambda of: ()}
    with patch.multiple("assessments.reports.report", **nothing):
        return report_of(beside(before, now))


def test_only_answered_questions_count_as_hidden():
    nobody = people(2, 3, 4, skip=tuple((n, KEYS[0]) for n in range(3)))
    assert seen(nobody, "Q4").seen.rounded == frozenset()
