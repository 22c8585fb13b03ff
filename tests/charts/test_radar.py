"""The drawing is the result: its coordinates are turned back into scores."""

import re
from dataclasses import replace
from math import atan2, hypot, pi
from xml.etree import ElementTree

import pytest

from assessments.charts.radar import interval_runs, radar_svg, scenario_svg
from assessments.charts.radar_labels import label_lines
from tests.charts import northfield


def drawing(view):
    return ElementTree.fromstring(str(radar_svg(view)))


def by_class(svg, name):
    return [node for node in svg.iter() if node.get("class") == name]


def value_at(x, y, axes=8):
    """A point of the drawing as (axis, score)."""
    across, up = x - 180, 164 - y
    axis = round(atan2(across, up) / (2 * pi / axes)) % axes
    return axis, 1 + (hypot(across, up) - 16) / 24


def pairs(points):
    return [tuple(float(part) for part in re.split("[ ,]", pair)) for pair in points]


@pytest.fixture
def view():
    return northfield.view()


def test_dots_stand_at_their_scores(view):
    dots = [value_at(float(d.get("cx")), float(d.get("cy"))) for d in by_class(drawing(view), "dot")]
    scores = {place: p.score for place, p in enumerate(northfield.result().pillars) if p.score is not None}
    assert {place: pytest.approx(value, abs=1e-3) for place, value in dots} == scores


def test_outline_goes_through_the_scores_and_stays_open(view):
    (line,) = by_class(drawing(view), "line")
    values = [value_at(*pair) for pair in pairs(line.get("points").split())]
    assert [place for place, _value in values] == [0, 1, 2, 3, 4, 5, 6]
    assert values[3][1] == pytest.approx(1.6096, abs=1e-3)
    assert line.get("fill") == "none"


def test_band_is_the_intervals(view):
    (band,) = by_class(drawing(view), "band")
    corners = [value_at(*pair) for pair in pairs(band.get("d").strip("MZ").split(" L"))]
    assert corners[0] == (0, pytest.approx(4.04, abs=1e-3))
    assert corners[10] == (3, pytest.approx(1.2996, abs=1e-3))


def test_target_ticks_lie_across_their_axis(view):
    ticks = by_class(drawing(view), "tick")
    ends = [[float(tick.get(name)) for name in ("x1", "y1", "x2", "y2")] for tick in ticks]
    middles = [value_at((x1 + x2) / 2, (y1 + y2) / 2) for x1, y1, x2, y2 in ends]
    assert middles[0] == (0, pytest.approx(4.0, abs=1e-3))
    assert middles[3] == (3, pytest.approx(3.0, abs=1e-3))
    assert hypot(ends[1][2] - ends[1][0], ends[1][3] - ends[1][1]) == pytest.approx(17, abs=0.02)


def test_unscored_axis_is_open_and_says_so(view):
    svg = drawing(view)
    (axis,) = by_class(svg, "axis-open")
    assert value_at(float(axis.get("x2")), float(axis.get("y2"))) == (7, pytest.approx(5, abs=1e-3))
    assert [node.text for node in by_class(svg, "muted")] == ["not scored"]


def test_title_is_the_sentence_for_those_who_do_not_see_it(view):
    assert drawing(view).find("title").text == (
        "Radar of eight pillars on an axis from 1 to 5. Vision 3.8, Culture 3.2, Talent 2.9, Ethics 1.6, Alignment 3.4, "
        "Infrastructure 2.7, Change 3.0, Partnerships not scored. The table below gives every figure."
    )


def test_changed_result_changes_the_drawing():
    first = replace(northfield.result().pillars[0], score=5.0)
    dots = by_class(drawing(northfield.view(northfield.with_pillars(northfield.result(), first))), "dot")
    assert value_at(float(dots[0].get("cx")), float(dots[0].get("cy"))) == (0, pytest.approx(5))


def test_previous_round_is_drawn_dashed_with_squares():
    before = northfield.with_pillars(northfield.result(), replace(northfield.result().pillars[0], score=2.0))
    svg = drawing(northfield.view(previous=before))
    assert by_class(svg, "line-previous")[0].get("stroke-dasharray") == "5 3"
    square = by_class(svg, "square")[0]
    x, y = float(square.get("x")) + 3.5, float(square.get("y")) + 3.5
    assert value_at(x, y) == (0, pytest.approx(2.0, abs=1e-3))


def test_full_ring_closes_with_a_hole_in_its_band():
    result = northfield.result()
    last = replace(result.pillars[0], key="partnerships")
    svg = drawing(northfield.view(northfield.with_pillars(result, last)))
    (line,) = by_class(svg, "line")
    corners = line.get("points").split()
    assert corners[0] == corners[-1]
    assert len(corners) == 9
    assert by_class(svg, "band")[0].get("fill-rule") == "evenodd"


def test_lone_scored_axis_is_a_dot():
    result = northfield.result()
    bare = [northfield.absent(pillar, status="not_applicable") for pillar in northfield.bank().pillars[1:]]
    svg = drawing(northfield.view(northfield.with_pillars(result, *bare)))
    assert not by_class(svg, "line")
    assert not by_class(svg, "band")
    assert len(by_class(svg, "dot")) == 1


def test_twenty_four_hostile_names_are_text():
    hostile = "</title><script>alert(1)</script> \u202e&\"'"
    names = tuple(f"{hostile}{number}" for number in range(24))
    bank = northfield.bank(names=names)
    rows = tuple(northfield.pillar_result(pillar) for pillar in bank.pillars)
    svg = radar_svg(northfield.view(northfield.result(pillars=rows), of=bank))
    assert "<script" not in svg
    labels = [node.text for node in ElementTree.fromstring(str(svg)).iter("text")]
    assert "24" in labels
    assert hostile not in " ".join(labels)


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        ("xxxx", [[0, 1, 2, 3, 0]]),
        ("xxx.", [[0, 1, 2]]),
        ("x.xx", [[2, 3, 0]]),
        ("x.x.", []),
        ("....", []),
        (".xx.xx", [[1, 2], [4, 5]]),
    ],
)
def test_band_needs_two_neighbours(pattern, runs):
    intervals = [(2.0, 3.0) if sign == "x" else None for sign in pattern]
    assert [[place for place, _bounds in run] for run in interval_runs(intervals)] == runs


def test_long_names_break_once_and_many_names_become_numbers():
    assert label_lines("Data and Technology", 0, 8) == ["Data and", "Technology"]
    assert label_lines("Infrastructure", 0, 8) == ["Infrastructure"]
    assert label_lines("Vision", 4, 13) == ["5"]


def test_a_scenario_is_drawn_as_precisely_as_it_is_printed():
    now = northfield.result()
    moved = replace(now.pillars[0], score=now.pillars[0].score + 0.4), replace(now.pillars[1], score=3.2101)
    then = northfield.view(northfield.with_pillars(now, *moved))
    svg = str(scenario_svg(northfield.view(now), then))
    assert svg.count('class="diamond"') == 1  # 3.21 and 3.2101 are printed alike
    assert "3.8 → 4.2" in svg
    assert "In the scenario: Vision 4.2." in svg
    exact = northfield.view(
        northfield.with_pillars(now, replace(moved[0], score=now.pillars[0].score + 0.42), moved[1])
    )
    assert str(scenario_svg(northfield.view(now), exact)) == svg
