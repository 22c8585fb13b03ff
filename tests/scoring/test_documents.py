"""Documents behind a supported level: when they count, what their loss costs, and whom two levels may tell apart."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from assessments.scoring.answers import Answers, Document, Evidence, Respondent
from assessments.scoring.documents import (
    MIN_DIFFERENCE,
    Lift,
    Without,
    _Backing,
    grade_on,
    is_old,
    is_valid,
    pillars_evidence,
)
from assessments.scoring.question import tally_up
from assessments.scoring.whatif import supported_levels

from .small import bank, pillar

DAY = date(2026, 12, 1)
NEW, OLD = Document(as_of=date(2026, 6, 1)), Document(as_of=date(2025, 6, 1))


@pytest.mark.parametrize(
    ("until", "valid"), [(None, True), (date(2026, 12, 2), True), (DAY, True), (date(2026, 11, 30), False)]
)
def test_a_document_is_valid_to_the_end_of_its_last_day(until, valid):
    assert is_valid(Document(valid_until=until), DAY) is valid


@pytest.mark.parametrize(
    ("as_of", "day", "old"),
    [
        (None, DAY, False),
        (date(2025, 12, 1), DAY, False),
        (date(2025, 11, 30), DAY, True),
        (date(2027, 2, 28), date(2028, 2, 29), False),
        (date(2027, 2, 27), date(2028, 2, 29), True),
    ],
)
def test_old_is_more_than_a_year(as_of, day, old):
    assert is_old(Document(as_of=as_of), day) is old


@pytest.mark.parametrize(
    ("chosen", "valid", "expired", "grade"),
    [(0, 0, 0, 0), (2, 0, 0, 2), (0, 1, 0, 2), (3, 1, 0, 3), (2, 1, 1, 2), (2, 0, 1, 1), (3, 0, 2, 1), (0, 0, 1, 0)],
)
def test_the_grade_of_an_answer_allows_for_its_documents(chosen, valid, expired, grade):
    documents = [NEW] * valid + [Document(valid_until=date(2026, 1, 1))] * expired
    assert grade_on(chosen, documents, DAY) == grade


def people(*rows):
    """A person a row: for each question a level, and the names of its documents (n new, o old, - graded without)."""
    respondents, documents = [], {}
    for number, row in enumerate(rows, start=1):
        values, evidence = {}, {}
        for place, entry in enumerate(row.split(), start=1):
            values[f"q{place}"] = int(entry[0])
            cited = tuple(entry[1:].strip("-").split("+")) if entry[1:].strip("-") else ()
            documents |= {name: OLD if name.startswith("o") else NEW for name in cited}
            if entry[1:]:
                evidence[f"q{place}"] = Evidence(2, documents=cited)
        respondents.append(Respondent(f"r{number}", values, evidence))
    return Answers(tuple(respondents), day=DAY, documents=documents)


def found(*rows, eligible=None, of=None):
    (one,) = pillars_evidence(of or bank(pillar(count=len(rows[0].split()))), people(*rows), eligible=eligible)
    return one


def test_without_documents_there_is_nothing_to_say():
    assert pillars_evidence(bank(), people("3 3 3 3 3 3 3-"), eligible=None) == ()


def test_what_old_documents_and_one_document_carry():
    """a(2) = a(3) = 1; without o1 and o2 a(2) = .5, so level 1; without n1 alone a(2) = .5 as well."""
    one = found("3o1 3o2 3n1 3n1")
    assert (one.level, one.documents, one.old) == (3, 3, 2)
    assert one.without_old == Without(frozenset({"o1", "o2"}), 1)
    assert one.dearest == Without(frozenset({"n1"}), 1)
    assert one.lift is None


def test_an_answer_with_another_valid_document_keeps_its_support():
    one = found("3o1+n1 3o1+n1 3n1 3n1")
    assert one.without_old is None
    assert one.dearest == Without(frozenset({"n1"}), 1)


def test_a_graded_answer_without_a_document_is_lost_with_none():
    assert found("3n1 3- 3- 3-").dearest == Without(frozenset({"n1"}), 2)


def test_the_question_that_would_add_most():
    """Backed: two of four, a(2) = .5 is not above .50: level 1. With either of the others 3/4: level 2."""
    assert found("3n1 3n1 3 4").lift == Lift("q3", 2)


def test_the_level_is_the_one_that_is_shown_as_supported():
    of, given_answers = bank(pillar(count=4)), people("3n1 2n2 4 3-", "3 3o1 1n1 5n2")
    (one,) = pillars_evidence(of, given_answers, eligible=None)
    assert one.level == supported_levels(of, given_answers)["p"]


FIVE = frozenset({"r1", "r2", "r3", "r4", "r5"})


def test_in_confidence_a_document_of_one_person_is_not_told():
    rows = ["3n1 3n1 3n1 3n1"] * 5 + ["3o1 3n1 3n1 3n1"]
    one = found(*rows, eligible=FIVE | {"r6"})
    assert (one.documents, one.old, one.without_old) == (2, None, None)
    assert found(*rows).old == 1


def test_in_confidence_fewer_than_five_say_nothing_of_documents():
    one = found(*["3n1 3n1 3n1 3n1"] * 4, "3- 3- 3- 3-", eligible=FIVE)
    assert (one.documents, one.old, one.without_old, one.dearest, one.lift) == (None,) * 5


def test_who_does_not_count_fills_no_five():
    rows = ["3n1 3n1 3n1 3n1"] * 5
    assert found(*rows, eligible=FIVE).dearest == Without(frozenset({"n1"}), 1)
    assert found(*rows, eligible=FIVE - {"r5"}).documents is None


def test_a_pillar_that_is_closed_is_left_out():
    assert pillars_evidence(bank(pillar(count=1)), people("3n1"), eligible=None, closed={"p"}) == ()


entries = st.tuples(st.integers(1, 5), st.sampled_from(["", "-", "n1", "n2", "o1", "o2", "n1+o1", "o1+o2"]))
row = st.lists(entries, min_size=3, max_size=3).map(lambda cells: " ".join(f"{level}{cited}" for level, cited in cells))


def citing(of, given_answers):
    return {
        person.id for person in given_answers.respondents if any(each.documents for each in person.evidence.values())
    }


def sets_told(one, of, given_answers):
    """The answers in which each level that is shown differs from the supported one."""
    backing = _Backing(of, of.pillars[0], given_answers, DAY, tally_up(of, given_answers.respondents))
    yield frozenset()
    if one.old is not None:
        yield backing.losing(one_old := backing.documents & backing.aged)
        assert len(one_old) == one.old
    for without in (one.without_old, one.dearest):
        if without is not None:
            assert backing.level(lost=without.documents) == without.level < one.level
            yield backing.losing(without.documents)
    if one.lift is not None:
        assert backing.level(added=one.lift.question) == one.lift.level > one.level
        yield backing.unbacked(one.lift.question)


@given(st.lists(row, min_size=5, max_size=14), st.integers(0, 3))
def test_no_two_levels_side_by_side_differ_by_one_to_four_people(rows, recorded):
    """The adversary takes two figures: whoever's answers are in only one of them must not be few."""
    of, given_answers = bank(pillar(count=3)), people(*rows)
    eligible = frozenset(person.id for person in given_answers.respondents[recorded:])
    for one in pillars_evidence(of, given_answers, eligible=eligible):
        assert one.documents is None or len(citing(of, given_answers) & eligible) >= MIN_DIFFERENCE
        for first, second in combinations(sets_told(one, of, given_answers), 2):
            people_between = {person for person, _key in first ^ second}
            assert not people_between or len(people_between & eligible) >= MIN_DIFFERENCE


@given(st.lists(row, min_size=1, max_size=4))
def test_a_loss_never_adds_and_who_tells_by_name_tells_the_dearest(rows):
    of, given_answers = bank(pillar(count=3)), people(*rows)
    for one in pillars_evidence(of, given_answers, eligible=None):
        list(sets_told(one, of, given_answers))
        lone = replace(given_answers, documents={})
        assert one.level == supported_levels(of, lone)["p"]
