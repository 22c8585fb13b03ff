"""Lists as people really paste them: what is wrong with which line, in the words of the list."""

import pytest

from assessments.forms.invitations import rows_of

HEADED = "Name\tRole\tMail\nAnna Berg\tCEO\tanna@firm.example\nCEO; Margaret Osei; m.osei@firm.example\nTom Hill\tHR\n"


def test_a_line_that_does_not_follow_the_headings_is_read_as_it_is_typed():
    rows = {row.line: row for row in rows_of(HEADED, set())}
    assert (rows[2].email, rows[2].function) == ("anna@firm.example", "ceo")
    assert (rows[3].email, rows[3].name, rows[3].function) == ("m.osei@firm.example", "Margaret Osei", "ceo")


def test_a_missing_address_is_named_beside_the_line_as_it_was_pasted():
    wrong = [row for row in rows_of(HEADED, set()) if row.problem]
    assert [(row.line, row.text) for row in wrong] == [(4, "Tom Hill\tHR")]
    assert "address" in wrong[0].problem or "Write the line like this" in wrong[0].problem


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("COO Jan de Vries jan@firm.example", "COO"),
        ("Jan de Vries General Counsel <jan@firm.example>", "General Counsel"),
        ("Jan de Vries <jan@firm.example>, COO", ""),
        ("Legal <jan@firm.example>", ""),
    ],
)
def test_a_function_in_the_place_of_a_name_is_a_question_and_no_error(line, title):
    (row,) = rows_of(line, set())
    assert (row.problem, row.title) == (None, title)
