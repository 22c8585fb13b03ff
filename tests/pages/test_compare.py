"""A comparison in figures and words: what is real, what is withheld, and what two clients are never told."""

import dataclasses
import re

import pytest

from assessments.charts.axis import ScoreAxis
from assessments.charts.strips import versus_svg
from assessments.pages.compare import compare_page
from assessments.scoring.change import compare
from assessments.wording import numbers
from assessments.wording.compare import ComparisonSide, title
from tests.scoring.limited import seen
from tests.scoring.small import answers, bank, pillar, question

TWO = bank(pillar("a", 3), pillar("b", 3))
LOW, HIGH = ("222 222", "222 222", "333 222"), ("333 222", "333 222", "444 222")


AXIS = ScoreAxis(1, 5, (1, 2, 3, 4, 5))


def side(name, *rows, of=TWO, confidential=True, people=None):
    given = answers(of, *rows)
    if people:
        renamed = tuple(
            dataclasses.replace(person, id=new) for person, new in zip(given.respondents, people, strict=True)
        )
        given = dataclasses.replace(given, respondents=renamed)
    return ComparisonSide(name, name, "", of, seen(of, given, confidential=confidential), given, confidential)


def row(page, name):
    return next(entry for entry in (*page.rows, page.total) if entry.name == name)


def test_a_real_change_is_called_so_and_joined_by_a_whole_line():
    page = compare_page([side("Q1", *LOW), side("Q2", *HIGH)], "change")
    (cell,) = row(page, "A").cells
    assert (row(page, "A").base, cell.score, cell.delta, cell.verdict, cell.is_real) == (
        "2.3",
        "3.3",
        "+1.0",
        "clear change",
        True,
    )
    assert "dasharray" not in row(page, "A").strip
    assert row(page, "B").cells[0].verdict == "no clear difference"
    assert "dasharray" in row(page, "B").strip
    assert page.title == "A rose from Q1 to Q2"


def test_two_people_allow_no_verdict():
    page = compare_page([side("Q1", *LOW[:2]), side("Q2", *HIGH[:2])], "change")
    (cell,) = row(page, "A").cells
    assert (cell.delta, cell.interval, cell.verdict) == ("+1.0", None, "unclear")
    assert page.title == "Too few people answered to call a change clear"


def test_clients_differ_and_never_change():
    page = compare_page([side("Northfield", *LOW), side("Lakeside", *HIGH)], "difference")
    (cell,) = row(page, "A").cells
    assert (cell.verdict, cell.is_real) == ("clear difference", False)
    assert "joint" not in row(page, "A").strip
    assert (page.people, page.moved) == ((), ())
    words = " ".join([page.title, *(c.verdict for r in page.rows for c in r.cells)])
    assert "change" not in words
    assert "rose" not in words
    assert page.title == "The index is 2.7 in Lakeside and 2.2 in Northfield"


def test_versions_that_differ_are_named_with_what_remains():
    newer = bank(
        pillar(questions=[*TWO.pillars[0].questions[:2], question("a3", anchors=tuple("vwxyz"))], key="a"),
        pillar("b", 3),
        version="2.0.0",
    )
    page = compare_page([side("Q1", *LOW), side("Q2", *HIGH, of=newer)], "change")
    assert page.banners == (
        "These were asked on different versions of the bank (Q1: 1.0.0, Q2: 2.0.0). "
        "Only the 5 questions that mean the same everywhere are compared.",
    )
    assert (row(page, "A").common, row(page, "A").questions) == (2, 3)
    assert row(page, "A").cells[0].verdict == "clear change, indicative"
    assert compare_page([side("Q1", *LOW), side("Q2", *HIGH)], "change").banners == ()


def test_versions_without_a_shared_question_are_a_sentence():
    other = bank(*(reworded(each) for each in TWO.pillars), version="2.0.0")
    page = compare_page([side("Q1", *LOW), side("Q2", *HIGH, of=other)], "change")
    assert page.is_empty
    assert page.banners == (
        "These were asked on different versions of the bank (Q1: 1.0.0, Q2: 2.0.0). "
        "No question means the same in each of them, so nothing is compared. Each result holds on its own.",
    )
    assert not compare_page([side("Q1", *LOW), side("Q2", *HIGH)], "change").is_empty


def reworded(of):
    return pillar(of.key, questions=[question(each.key, anchors=tuple("vwxyz")) for each in of.questions])


def test_other_people_are_counted():
    page = compare_page([side("Q1", *LOW), side("Q2", *HIGH, people=("r1", "r2", "r9"))], "change")
    assert page.people_changed
    assert "(2 the same, 1 only in Q1, 1 only in Q2)" in page.people[0]
    assert not compare_page([side("Q1", *LOW), side("Q2", *HIGH)], "change").people_changed


def test_moved_questions_are_named_where_their_middle_answers_may_be_shown():
    five = [side("Q1", *LOW, *LOW[:2]), side("Q2", *HIGH, *HIGH[:2])]
    page = compare_page(five, "change")
    assert [(entry.question, entry.before, entry.after) for entry in page.moved] == [
        ("a1?", 2, 3),
        ("a2?", 2, 3),
        ("a3?", 2, 3),
    ]
    assert compare_page([side("Q1", *LOW), side("Q2", *HIGH)], "change").moved == ()


@pytest.mark.parametrize(("confidential", "shown"), [(True, False), (False, True)])
def test_a_part_of_a_pillar_never_tells_the_rest_of_one_persons_answers(confidential, shown):
    """The pillar's score is on the result page; on two of its three questions it would give the third away."""
    first = side("Q1", "225 222", confidential=confidential)
    page = compare_page([first, side("Q2", "33. 222", confidential=confidential)], "change")
    assert (row(page, "A").base is not None) == shown
    assert (row(page, "Index").base is not None) == shown
    assert row(page, "B").base == "2.0"
    assert ("not shown" in [cell.verdict for cell in row(page, "A").cells]) != shown


def test_three_assessments_stand_beside_one_first_score():
    page = compare_page([side("Q1", *LOW), side("Q2", *HIGH), side("Q3", *HIGH)], "change")
    assert [cell.delta for cell in row(page, "A").cells] == ["+1.0", "+1.0"]
    assert [head.name for head in page.heads] == ["Q1", "Q2", "Q3"]


def test_marks_that_would_cover_each_other_stand_apart():
    near = str(versus_svg([2.0, 2.1], "t", AXIS, real=None))
    far = str(versus_svg([2.0, 3.0], "t", AXIS, real=None))
    assert 'cy="20"' in far
    assert 'cy="20"' not in near
    assert "circle" not in str(versus_svg([2.0, None], "t", AXIS, real=True))


def test_shapes_differ_and_not_only_colours():
    drawn = str(versus_svg([1.0, 2.0, 3.0, 4.0], "t", AXIS, real=None))
    assert all(mark in drawn for mark in ('class="mark-first"', ">▲<", ">◆<", "<circle"))


def test_an_interval_is_told_as_exactly_as_the_rule_that_judges_it():
    (cell,) = row(compare_page([side("Q1", *LOW), side("Q2", *HIGH)], "change"), "A").cells
    low, high = cell.change.interval
    assert cell.interval == f"+{low:.2f} to +{high:.2f}"


def test_a_difference_is_that_of_the_scores_beside_it():
    """2.25 and 2.4167 are 0.1667 apart, and print as 2.3 and 2.4."""
    first, other = side("Q1", "222 333"), side("Q2", "222 333")
    (cell,) = row(compare_page([first, other], "change"), "A").cells
    assert (cell.score, cell.delta) == ("2.0", "0.0")
    assert numbers.difference(2.25, 2.4167) == "+0.1"
    assert numbers.difference(3.04, 2.95) == "0.0"


def test_the_interval_of_a_difference_is_drawn_from_the_first_score():
    drawn = str(versus_svg([2.0, 3.0], "t", AXIS, real=None, intervals=[(2.5, 3.5)]))
    assert 'class="interval" x="37.5%" width="25%"' in drawn
    assert "interval" not in str(versus_svg([2.0, 3.0], "t", AXIS, real=None, intervals=[None]))
    page = compare_page([side("Q1", *LOW), side("Q2", *HIGH)], "change")
    assert page.has_intervals
    assert 'class="interval"' in row(page, "A").strip


def test_every_client_is_named_with_its_index():
    sides = [side("Acorn", *LOW), side("Birch", *HIGH), side("Cedar", *LOW)]
    title = compare_page(sides, "difference").title
    assert all(name in title for name in ("Acorn", "Birch", "Cedar"))
    assert title.startswith("The index is ")


def test_marks_above_one_another_are_whole():
    svg = versus_svg([3.0, 3.0, 3.0, 3.0], "A", AXIS, real=None, height=28)
    height = float(re.search(r'height="([\d.]+)"', svg)[1])
    square, circle = (
        float(re.search(found, svg)[1]) for found in (r'class="mark-first"[^>]* y1="([\d.-]+)"', r'cy="([\d.]+)"')
    )
    assert square >= 0
    assert circle + 6.5 <= height


def test_a_hidden_index_is_no_lack_of_shared_questions():
    """A pillar may be told where the index may not."""
    sides = [side("Ash", *LOW), side("Oak", *HIGH)]
    pair = compare(TWO, sides[0].answers, TWO, sides[1].answers)
    hidden = dataclasses.replace(pair, overall=dataclasses.replace(pair.overall, before=None, after=None))
    assert title(sides, [hidden], "difference") == "Compared by pillar; at least one index is not shown"
    nothing = tuple(dataclasses.replace(change, delta=None) for change in pair.pillars)
    nobody = dataclasses.replace(hidden, pillars=nothing)
    assert title(sides, [nobody], "difference") == "These organisations share too few questions to compare"
