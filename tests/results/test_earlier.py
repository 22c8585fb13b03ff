"""An assessment beside the one before: what is compared, and what a comparison may not tell."""

import pytest

from assessments import results
from assessments.models import Question
from tests.results.test_changes import frozen, played


@pytest.fixture
def play(northfield, version, alice):
    return lambda name, levels, **given: played(northfield, version, alice, name, levels, **given)


@pytest.fixture
def keys(version):
    return list(Question.objects.filter(pillar__version=version).order_by("pillar", "pk").values_list("key", flat=True))


def beside(assessment, reader):
    shown = results.assessment_result(assessment, reader=reader, may_read_comments=True)
    return results.with_previous_round(shown, lambda before: True).earlier


def test_the_first_round_stands_alone(play, alice):
    assert beside(play("Q1", [2]), alice) is None


def test_a_previous_round_that_the_reader_may_not_see_is_left_out(play, alice):
    play("Q1", [2])
    shown = results.assessment_result(play("Q2", [3]), reader=alice, may_read_comments=True)
    assert results.with_previous_round(shown, lambda before: False).earlier is None


def test_the_same_questions_are_compared_whole(play, alice):
    play("Q1", [2], people=2)
    found = beside(play("Q2", [3], people=2), alice).comparison
    assert (found.withheld, found.overall.delta) == (frozenset(), pytest.approx(1.0))


def test_a_part_that_tells_two_peoples_answer_is_withheld_with_the_index(play, alice, keys):
    """The pillar's own score and one without its last question would tell the last answer."""
    play("Q1", [2], people=2, keys=keys[1:])
    found = beside(play("Q2", [3], people=2), alice).comparison
    pillar = found.pillars[0]
    assert found.withheld == {pillar.key}
    assert (pillar.before, pillar.after, pillar.delta, found.overall.delta) == (None, None, None, None)
    assert found.pillars[1].delta == pytest.approx(1.0)


def test_a_part_is_shown_where_three_people_answered_everything(play, alice, keys):
    play("Q1", [2], keys=keys[1:])
    found = beside(play("Q2", [3]), alice).comparison
    assert (found.withheld, found.pillars[0].delta) == (frozenset(), pytest.approx(1.0))


def test_a_named_assessment_withholds_nothing(play, alice, keys):
    first, second = play("Q1", [2], people=2, keys=keys[1:]), play("Q2", [3], people=2)
    type(first).objects.all().update(confidentiality="named")
    for assessment in (first, second):
        assessment.refresh_from_db()
    assert beside(second, alice).comparison.withheld == frozenset()


def test_questions_with_too_few_answers_are_not_named_as_changed(play, alice):
    play("Q1", [2], people=2)
    assert beside(play("Q2", [3], people=4), alice).comparison.overall.changed == ()


def test_what_is_compared_costs_one_query(play, alice, django_assert_num_queries):
    play("Q1", [2])
    shown = results.assessment_result(play("Q2", [3]), reader=alice, may_read_comments=True)
    with django_assert_num_queries(1):
        results.with_previous_round(shown, lambda before: True)
    assert frozen(shown.assessment).compared_with is not None
