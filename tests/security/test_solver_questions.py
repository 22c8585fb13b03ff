"""What the page of a question and the offer to ask about its answers show is what the tables show, which the solver attacks."""

import json

import pytest

from assessments.pages.question import question_result
from assessments.reports.files import result_json
from assessments.wording import numbers
from tests.reports.assessments import seen
from tests.security.test_solver import BANK, invented


def tables_and_result(seed):
    answers, recorded = invented(seed)
    counted = frozenset(person.id for person in answers.respondents) - recorded
    result = seen(answers, "Q4 2026", bank=BANK, eligible=counted)
    return json.loads(result_json(result))["tables"], result


def read(result):
    """As the solver reads it: the rows of the tables, from the pages of the questions alone."""
    for key in BANK.questions:
        page = question_result(result, key, [])
        people = [anchor.people for anchor in page.anchors]
        yield key, people, page.mean, page.move


@pytest.mark.parametrize("start", range(0, 90, 30))
def test_the_pages_of_questions_tell_the_solver_nothing_new(start):
    shown = 0
    for seed in range(start, start + 30):
        tables, result = tables_and_result(seed)
        rows = {row["key"]: row for row in tables["questions"]}
        moves = {row["key"] for row in tables["moves"]}
        for key, people, mean, move in read(result):
            row = rows[key]
            assert people == [row[f"level_{level}"] for level in range(1, 6)], (seed, key)
            assert mean == (None if row["mean"] is None else numbers.score(row["mean"])), (seed, key)
            assert move is None or key in moves, (seed, key)
            shown += None not in people
    assert shown
