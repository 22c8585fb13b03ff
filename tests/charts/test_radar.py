import json
from dataclasses import replace

import pytest

from assessments.charts.plain_figure import plain
from assessments.charts.radar import radar
from assessments.scoring.figures import Agreement
from assessments.wording.axes import interval_runs, label_lines
from tests.charts import northfield


def traces(figure, role):
    return [trace for trace in figure.data if trace.meta["role"] == role]


def written(figure):
    return json.dumps(plain(figure), separators=(",", ":"))


@pytest.fixture
def figure():
    return radar(northfield.view())


def test_axis_is_fixed_and_the_order_is_that_of_the_bank(figure):
    polar = figure.layout.polar
    assert polar.radialaxis.range == (1, 5)
    assert list(polar.angularaxis.categoryarray) == [name.lower() for name in northfield.NAMES]
    assert (polar.angularaxis.rotation, polar.angularaxis.direction, polar.gridshape) == (90, "clockwise", "linear")
    assert polar.hole == pytest.approx(1 / 7)


def test_outline_carries_scores_unrounded_and_none_where_there_is_none(figure):
    (current,) = traces(figure, "current")
    assert list(current.r) == [3.81, 3.21, 2.88, 1.6096, 3.4, 2.69, 3.0, None, 3.81]
    assert current.connectgaps is False
    assert list(current.customdata[0]) == [3.81, 3.58, 4.04, 6, "rated"]


def test_unscored_axis_is_a_dashed_line_without_target(figure):
    (open_axis,) = traces(figure, "unscored")
    assert list(open_axis.theta) == ["partnerships", "partnerships"]
    (targets,) = traces(figure, "target")
    assert "partnerships" not in targets.theta
    assert list(targets.marker.angle)[:3] == [0, 45, 90]


def test_band_goes_there_and_back_over_neighbours_with_intervals(figure):
    (band,) = traces(figure, "interval")
    assert list(band.theta)[:7] == ["vision", "culture", "talent", "ethics", "alignment", "infrastructure", "change"]
    assert (band.r[0], band.r[6], band.r[7], band.r[13]) == (4.04, 3.5, 2.5, 3.58)


def test_previous_round_is_dashed_squares(figure):
    before = northfield.result()
    figure = radar(northfield.view(previous=before))
    (previous,) = traces(figure, "previous")
    assert previous.line.dash == "5px,3px"
    assert previous.marker.symbol == "square"
    assert previous.r[7] is None


def test_provisional_pillar_is_hollow():
    result = northfield.result()
    talent = replace(result.pillars[2], status="provisional", level=None)
    (current,) = traces(radar(northfield.view(northfield.with_pillars(result, talent))), "current")
    assert current.marker.symbol[2] == "circle-open"
    assert current.marker.symbol[1] == "circle"


def test_two_pillars_become_dots_on_a_straight_axis():
    bank = northfield.bank(names=("Vision", "Ethics"))
    result = northfield.result(pillars=tuple(p for p in northfield.result().pillars if p.key in ("vision", "ethics")))
    figure = radar(northfield.view(result, of=bank))
    dots = traces(figure, "current")[0]
    assert figure.layout.polar is None
    assert list(dots.x) == [3.81, 1.6096]
    assert list(figure.layout.xaxis.range) == [1, 5]


def test_figure_is_small_and_has_no_template(figure):
    assert len(written(figure)) < 9000
    assert '"template"' not in written(figure)


def test_names_that_look_like_markup_are_escaped_for_plotly_and_kept_as_written():
    bank = northfield.bank()
    hostile = replace(bank.pillars[0], name="<b onclick=x>&amp;</b>")
    figure = radar(northfield.view(of=replace(bank, pillars=(hostile, *bank.pillars[1:]))))
    assert figure.layout.meta["names"][0] == "<b onclick=x>&amp;</b>"
    assert not any("<b" in note.text for note in figure.layout.annotations)
    assert "<b" not in traces(figure, "current")[0].hovertext[0]


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


def test_agreement_is_no_part_of_the_figure(figure):
    other = northfield.with_pillars(
        northfield.result(), replace(northfield.result().pillars[0], agreement=Agreement(-0.2, "weak", ()))
    )
    assert written(radar(northfield.view(other))) == written(figure)


def test_words_stand_where_the_drawing_has_them(figure):
    named = [(note.name, note.text) for note in figure.layout.annotations]
    assert named[:5] == [("ring", str(ring)) for ring in range(1, 6)]
    assert named[5:7] == [("label", "Vision"), ("value", "3.8")]
    assert named[-2:] == [("label", "Partnerships"), ("absent", "not scored")]
    vision = figure.layout.annotations[5]
    assert (vision.x, vision.xanchor) == (0.5, "center")
    assert vision.y > 1
