"""The first moves with few people: what puts a move first is what is said of it."""

from dataclasses import replace

import pytest

from assessments.pages.result.next_steps import moves
from assessments.reports.tables import tables
from tests.reports.assessments import BANK, people, seen

ESSENTIAL = next(key for key, question in BANK.questions.items() if question.essential_at)


def doubtful(*levels):
    """People of whom the first does not know the answer to an essential question."""
    answers = people(*levels)
    first, *others = answers.respondents
    unsure = replace(first, answers={**first.answers, ESSENTIAL: "dont_know"})
    return seen(replace(answers, respondents=(unsure, *others)), "Q4 2026")


@pytest.mark.parametrize("levels", [(2, 3), (2, 2, 3), (2, 2, 2, 2)])
def test_a_move_that_somebody_could_not_answer_never_says_that_people_differ(levels):
    result = doubtful(*levels)
    found = moves(result.view)
    assert found.rows[0].question == ESSENTIAL
    assert "Find out first:" in found.rows[0].why
    assert found.note.startswith("First what somebody could not answer, ")
    told = f"{found.note} {' '.join(row.why for row in found.rows)}".lower()
    assert "differ" not in told
    assert "align on" not in told


def test_the_workbook_gives_the_same_reason():
    sheet = next(table for table in tables(doubtful(2, 3)) if table.key == "moves")
    place = [column.key for column in sheet.columns].index("why")
    assert sheet.rows[0][place] == "find_out_first"
    assert "agree_on_the_facts" not in {row[place] for row in sheet.rows}


def test_without_an_effect_nothing_is_said_of_effects():
    assert "effect" in moves(doubtful(2, 2, 2, 2).view).note.lower()
    few = moves(doubtful(2, 3).view)
    assert not any(row.effect or row.gain for row in few.rows)
    assert "effect" not in few.note.lower()
