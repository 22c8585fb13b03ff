"""The drawing is the figure: its coordinates are turned back into scores."""

import re
from dataclasses import replace
from math import atan2, hypot, pi
from xml.etree import ElementTree

import pytest

from assessments.charts.radar import radar
from assessments.charts.radar_svg import radar_svg
from tests.charts import northfield


def drawing(figure):
    return ElementTree.fromstring(str(radar_svg(figure)))


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
def figure():
    return radar(northfield.view())


def test_dots_stand_at_their_scores(figure):
    dots = [value_at(float(d.get("cx")), float(d.get("cy"))) for d in by_class(drawing(figure), "dot")]
    scores = {place: p.score for place, p in enumerate(northfield.result().pillars) if p.score is not None}
    assert {place: pytest.approx(value, abs=1e-3) for place, value in dots} == scores


def test_outline_goes_through_the_scores_and_stays_open(figure):
    (line,) = by_class(drawing(figure), "line")
    values = [value_at(*pair) for pair in pairs(line.get("points").split())]
    assert [place for place, _value in values] == [0, 1, 2, 3, 4, 5, 6]
    assert values[3][1] == pytest.approx(1.6096, abs=1e-3)
    assert line.get("fill") == "none"


def test_band_is_the_intervals(figure):
    (band,) = by_class(drawing(figure), "band")
    corners = [value_at(*pair) for pair in pairs(band.get("d").strip("MZ").split(" L"))]
    assert corners[0] == (0, pytest.approx(4.04, abs=1e-3))
    assert corners[10] == (3, pytest.approx(1.2996, abs=1e-3))


def test_target_ticks_lie_across_their_axis(figure):
    ticks = by_class(drawing(figure), "tick")
    ends = [[float(tick.get(name)) for name in ("x1", "y1", "x2", "y2")] for tick in ticks]
    middles = [value_at((x1 + x2) / 2, (y1 + y2) / 2) for x1, y1, x2, y2 in ends]
    assert middles[0] == (0, pytest.approx(4.0, abs=1e-3))
    assert middles[3] == (3, pytest.approx(3.0, abs=1e-3))
    assert hypot(ends[1][2] - ends[1][0], ends[1][3] - ends[1][1]) == pytest.approx(17, abs=0.02)


def test_unscored_axis_is_open_and_says_so(figure):
    svg = drawing(figure)
    (axis,) = by_class(svg, "axis-open")
    assert value_at(float(axis.get("x2")), float(axis.get("y2"))) == (7, pytest.approx(5, abs=1e-3))
    assert [node.text for node in by_class(svg, "muted")] == ["not scored"]


def test_title_is_the_sentence_for_those_who_do_not_see_it(figure):
    assert drawing(figure).find("title").text == (
        "Radar of eight pillars on an axis from 1 to 5. Vision 3.8, Culture 3.2, Talent 2.9, Ethics 1.6, Alignment 3.4, "
        "Infrastructure 2.7, Change 3.0, Partnerships not scored. The table below gives every figure."
    )


def test_changed_figure_changes_the_drawing(figure):
    figure.data[-1].r = (5, *figure.data[-1].r[1:])
    dots = by_class(drawing(figure), "dot")
    assert value_at(float(dots[0].get("cx")), float(dots[0].get("cy"))) == (0, pytest.approx(5))


def test_previous_round_is_drawn_dashed_with_squares():
    before = northfield.with_pillars(northfield.result(), replace(northfield.result().pillars[0], score=2.0))
    svg = drawing(radar(northfield.view(previous=before)))
    assert by_class(svg, "line-previous")[0].get("stroke-dasharray") == "5 3"
    square = by_class(svg, "square")[0]
    x, y = float(square.get("x")) + 3.5, float(square.get("y")) + 3.5
    assert value_at(x, y) == (0, pytest.approx(2.0, abs=1e-3))


def test_full_ring_closes_with_a_hole_in_its_band():
    result = northfield.result()
    last = replace(result.pillars[0], key="partnerships")
    svg = drawing(radar(northfield.view(northfield.with_pillars(result, last))))
    (line,) = by_class(svg, "line")
    corners = line.get("points").split()
    assert corners[0] == corners[-1]
    assert len(corners) == 9
    assert by_class(svg, "band")[0].get("fill-rule") == "evenodd"


def test_lone_scored_axis_is_a_dot():
    result = northfield.result()
    bare = [northfield.absent(pillar, status="not_applicable") for pillar in northfield.bank().pillars[1:]]
    svg = drawing(radar(northfield.view(northfield.with_pillars(result, *bare))))
    assert not by_class(svg, "line")
    assert not by_class(svg, "band")
    assert len(by_class(svg, "dot")) == 1


def test_twenty_four_hostile_names_are_text():
    hostile = "</title><script>alert(1)</script> \u202e&\"'"
    names = tuple(f"{hostile}{number}" for number in range(24))
    bank = northfield.bank(names=names)
    rows = tuple(northfield.pillar_result(pillar) for pillar in bank.pillars)
    svg = radar_svg(radar(northfield.view(northfield.result(pillars=rows), of=bank)))
    assert "<script" not in svg
    labels = [node.text for node in ElementTree.fromstring(str(svg)).iter("text")]
    assert "24" in labels
    assert hostile not in " ".join(labels)
