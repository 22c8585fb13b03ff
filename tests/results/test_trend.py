"""The trend of an organisation's assessments: which it holds, and what it may not tell."""

import datetime

import pytest
from django.utils import timezone

from assessments import results
from assessments.models import Assessment, Question
from assessments.scoring.tolerance import rounded
from tests.results.test_changes import played


@pytest.fixture
def keys(version):
    return list(Question.objects.filter(pillar__version=version).order_by("pillar", "pk").values_list("key", flat=True))


@pytest.fixture
def play(northfield, version, alice):
    """Closed assessments a quarter apart, the last one today."""

    def every(*levels, **given):
        found = []
        for place, each in enumerate(levels):
            row = played(northfield, version, alice, f"Q{place}", each, **given)
            closed = timezone.now() - datetime.timedelta(days=91 * (len(levels) - place))
            Assessment.objects.filter(pk=row.pk).update(closed_at=closed)
            row.refresh_from_db()
            found.append(row)
        return found

    return every


def trend(assessment, reader, may_see=lambda other: True):
    shown = results.assessment_result(assessment, reader=reader, may_read_comments=False)
    return results.trend_of(shown, may_see)


def test_two_assessments_have_no_trend(play, alice):
    assert trend(play([2], [3])[-1], alice) is None


def test_a_steady_rise_is_rising_in_every_pillar_and_the_index(play, alice):
    found = trend(play([2], [3], [4], people=6)[-1], alice)
    assert {each.verdict for each in (*found.trends.pillars, found.trends.overall)} == {"rising"}
    assert found.trends.overall.slope_per_year == pytest.approx(365.25 / 91, rel=1e-3)
    assert [each.name for each in found.rounds] == ["Q0", "Q1", "Q2"]
    assert (found.common, found.questions) == (56, 56)


def test_only_assessments_that_the_reader_may_see_are_in_it(play, alice):
    rounds = play([2], [3], [4], [4], people=6)
    assert len(trend(rounds[-1], alice, lambda other: other.name != "Q1").rounds) == 3
    assert trend(rounds[-1], alice, lambda other: False) is None


def test_it_ends_with_the_assessment_itself(play, alice):
    rounds = play([2], [3], [4], [1], people=6)
    assert [each.name for each in trend(rounds[2], alice).rounds] == ["Q0", "Q1", "Q2"]


def test_other_people_are_marked(play, northfield, version, alice):
    play([2], [3], people=6)
    last = played(northfield, version, alice, "more", [4], people=7)
    assert [each.new_people for each in trend(last, alice).rounds] == [False, False, True]


def test_few_people_are_told_to_one_decimal_without_the_interval_of_a_score(play, alice):
    """With four people every question's distribution is hidden, and so is what would give it away."""
    found = trend(play([2, 3, 3, 4], [3, 3, 4, 4], [2, 2, 3, 5], people=4)[-1], alice)
    for each in (*found.trends.pillars, found.trends.overall):
        assert each.se is None
        assert all(point.interval is None for point in each.points)
        assert all(point.score == float(rounded(point.score)) for point in each.points)
        span = 182 / 365.25
        assert each.slope_per_year * span == pytest.approx(float(rounded(each.slope_per_year * span)))


def test_the_precision_of_a_line_does_not_grow_over_a_short_span(play, alice):
    """A day apart, a slope a year would tell the scores to three decimals."""
    rounds = play([2, 3, 3, 4], [3, 3, 4, 4], [2, 2, 3, 5], people=4)
    for place, row in enumerate(rounds):
        closed = timezone.now() - datetime.timedelta(days=3 - place)
        Assessment.objects.filter(pk=row.pk).update(closed_at=closed)
    rounds[-1].refresh_from_db()
    found = trend(rounds[-1], alice)
    rise = found.trends.overall.slope_per_year * 2 / 365.25
    assert rise == pytest.approx(float(rounded(rise)))


def test_part_of_a_closed_pillar_is_withheld_with_the_index(play, northfield, version, alice, keys):
    """Four people: a score on part of a pillar's questions beside that on all would narrow down the others."""
    first = played(northfield, version, alice, "short", [2], people=4, keys=keys[1:])
    Assessment.objects.filter(pk=first.pk).update(closed_at=timezone.now() - datetime.timedelta(days=900))
    found = trend(play([2], [3], people=4)[-1], alice)
    assert len(found.withheld) == 1
    assert found.withheld.isdisjoint(each.key for each in found.trends.pillars)
    assert [point.score for point in found.trends.overall.points] == [None, None, None]
    assert found.trends.overall.slope_per_year is None


def test_named_assessments_have_no_limits(play, alice):
    rounds = play([2, 3, 3, 4], [3, 3, 4, 4], [2, 2, 3, 5], people=4)
    Assessment.objects.update(confidentiality="named")
    rounds[-1].refresh_from_db()
    assert trend(rounds[-1], alice).trends.overall.se is not None


def test_every_reader_sees_the_same_figures(play, alice, bob):
    last = play([2, 3, 3, 4], [3, 3, 4, 4], [2, 2, 3, 5], people=4)[-1]
    assert trend(last, alice) == trend(last, bob)


def test_a_trend_is_computed_once(play, alice, django_assert_num_queries):
    last = play([2], [3], [4], people=6)[-1]
    shown = results.assessment_result(last, reader=alice, may_read_comments=False)
    results.trend_of(shown, lambda other: True)
    with django_assert_num_queries(1):
        results.trend_of(shown, lambda other: True)
