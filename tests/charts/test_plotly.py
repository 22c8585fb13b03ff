"""The radar that plotly.js draws, read with Plotly's own classes, and what the script asks of the page."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from plotly.graph_objects import Figure

from assessments.charts.plotly import plotly_js, radar_figure, style_ids
from assessments.charts.radar import radar_svg
from assessments.scoring.figures import Agreement
from tests.charts import northfield

PEERS = {"vision": 3.2, "culture": 2.9, "ethics": 2.4}


def drawn(view):
    return Figure(radar_figure(view))


def traces(figure, role):
    return [trace for trace in figure.data if trace.meta["role"] == role]


@pytest.fixture
def figure():
    return drawn(northfield.view())


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
    assert current.hovertext[0] == "Vision 3.8, 90% interval 3.6–4.0, 6 people"


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
    figure = drawn(northfield.view(previous=before))
    (previous,) = traces(figure, "previous")
    assert previous.line.dash == "5px,3px"
    assert previous.marker.symbol == "square"
    assert previous.r[7] is None


def test_provisional_pillar_is_hollow():
    result = northfield.result()
    talent = replace(result.pillars[2], status="provisional", level=None)
    (current,) = traces(drawn(northfield.view(northfield.with_pillars(result, talent))), "current")
    assert current.marker.symbol[2] == "circle-open"
    assert current.marker.symbol[1] == "circle"


def test_figure_is_small():
    assert len(json.dumps(radar_figure(northfield.view()), separators=(",", ":"))) < 8000


def test_plotly_takes_the_figure_as_it_is():
    written = json.loads(json.dumps(radar_figure(northfield.view(previous=northfield.result(), peers=PEERS))))
    taken = Figure(written)  # refuses what it does not know
    taken.layout.template = None
    again = json.loads(taken.to_json())
    again["layout"].pop("template", None)
    assert again == written


def test_names_that_look_like_markup_are_escaped_for_plotly_and_drawn_as_written():
    bank = northfield.bank()
    hostile = replace(bank.pillars[0], name="<b onclick=x>&amp;</b>")
    view = northfield.view(of=replace(bank, pillars=(hostile, *bank.pillars[1:])))
    figure = drawn(view)
    words = " ".join(node.text for node in ElementTree.fromstring(str(radar_svg(view))).iter("text"))
    assert "<b onclick=x>&amp;</b>" in words
    assert not any("<b" in note.text for note in figure.layout.annotations)
    assert "<b" not in traces(figure, "current")[0].hovertext[0]


def test_agreement_is_no_part_of_the_figure():
    other = northfield.with_pillars(
        northfield.result(), replace(northfield.result().pillars[0], agreement=Agreement(-0.2, "weak", ()))
    )
    assert radar_figure(northfield.view(other)) == radar_figure(northfield.view())


def test_words_stand_where_the_drawing_has_them(figure):
    named = [(note.name, note.text) for note in figure.layout.annotations]
    assert named[:5] == [("ring", str(ring)) for ring in range(1, 6)]
    assert named[5:7] == [("label", "Vision"), ("value", "3.8")]
    assert named[-2:] == [("label", "Partnerships"), ("absent", "not scored")]
    vision = figure.layout.annotations[5]
    assert (vision.x, vision.xanchor) == (0.5, "center")
    assert vision.y > 1


def test_there_is_one_global_style_and_one_named_by_a_hash():
    first, second = style_ids()
    assert first == "plotly.js-style-global"
    assert re.fullmatch("[0-9a-f]{64}", second)


def test_installed_script_asks_for_exactly_these_before_it_adds_a_style():
    script = plotly_js().read_text(encoding="utf-8")
    assert '"plotly.js-style-"+' in script
    assert f'document.getElementById("{style_ids()[1]}")' in script
    assert script.count('createElement("style")') == 2
