"""Each drawing stands for its figures: coordinates are turned back into values, and changed figures change it."""

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PIL import Image

from assessments.charts import palette
from assessments.charts.agreement import agreement_svg
from assessments.charts.answers import AnswerSpread, spread_svg
from assessments.charts.catalogue import chart
from assessments.charts.dots import bars_svg, dots_svg
from assessments.charts.ladder import ladder_svg
from assessments.charts.radar import has_radar, profile_svg, radar_svg
from assessments.charts.slope import APART, legs, slope_svg, spread
from assessments.charts.tables import csv_of, table
from assessments.reports.raster import png
from assessments.scoring.change import Change, Comparison
from assessments.scoring.figures import Agreement
from assessments.scoring.view import Earlier
from tests.charts import northfield
from tests.charts.test_radar import by_class, value_at

PEERS = {"vision": 3.2, "culture": 2.9, "ethics": 2.4}


def drawing(svg):
    return ElementTree.fromstring(str(svg))


def numbers(node, *names):
    return [float(node.get(name)) for name in names]


class Ruler:
    """Turns coordinates back into values, from the grid that is drawn, not from the code that drew it."""

    def __init__(self, x=None, y=None):
        self.x, self.y = (self._reader(*ends) if ends else None for ends in (x, y))

    @staticmethod
    def _reader(first, last):
        (place, value), (other, upper) = first, last
        return lambda spot: value + (spot - place) / (other - place) * (upper - value)


def horizontal(svg, low, high):
    """A ruler along x from the outermost vertical grid lines."""
    lines = [numbers(node, "x1", "x2", "y1", "y2") for node in by_class(svg, "grid-line") if node.tag == "line"]
    across = sorted(x1 for x1, x2, y1, y2 in lines if x1 == x2 and y1 != y2)
    return Ruler(x=((across[0], low), (across[-1], high))).x


def row_of(svg, y):
    """Which row of names a mark lies in."""
    names = [(float(node.get("y")), node.text) for node in svg.iter("text") if node.get("x") == "8"]
    return min(names, key=lambda name: abs(name[0] - 5 - y))[1]


# Ranked dots


def dots_drawing(**fields):
    return drawing(dots_svg(northfield.view(**fields)))


def test_ranked_dots_stand_at_their_scores_in_their_rows():
    svg = dots_drawing()
    ruler = horizontal(svg, 1, 5)
    found = {row_of(svg, float(d.get("cy"))): ruler(float(d.get("cx"))) for d in by_class(svg, "dot")}
    scores = {
        name: pytest.approx(row.score, abs=1e-3)
        for name, row in zip(northfield.NAMES, northfield.result().pillars, strict=True)
        if row.score is not None
    }
    assert found == scores


def test_intervals_targets_previous_and_peers_stand_at_their_values():
    earlier = northfield.with_pillars(northfield.result(), replace(northfield.result().pillars[0], score=2.0))
    svg = dots_drawing(previous=earlier, peers=PEERS)
    ruler = horizontal(svg, 1, 5)
    bands = [numbers(band, "x", "width") for band in by_class(svg, "interval")]
    ends = [[ruler(x), ruler(x + width)] for x, width in bands]
    intervals = [row.interval for row in northfield.result().pillars if row.interval is not None]
    assert sorted(ends) == [pytest.approx(interval, abs=1e-3) for interval in sorted(map(list, intervals))]
    caps = sorted(ruler(float(cap.get("x1"))) for cap in by_class(svg, "cap"))
    assert caps == pytest.approx(sorted(end for interval in intervals for end in interval), abs=1e-3)
    ticks = sorted(ruler(float(tick.get("x1"))) for tick in by_class(svg, "tick"))
    assert ticks == pytest.approx([3.0, 3.0, 3.0, 3.5, 3.5, 3.5, 4.0], abs=1e-3)
    squares = {
        row_of(svg, sum(numbers(s, "y1", "y2")) / 2): ruler(float(s.get("x1"))) for s in by_class(svg, "line-previous")
    }
    assert squares["Vision"] == pytest.approx(2.0, abs=1e-3)
    assert len(squares) == 7
    tops = [float(point.get("x")) for point in by_class(svg, "point")]
    assert sorted(map(ruler, tops)) == pytest.approx(sorted(PEERS.values()), abs=1e-3)


def numbers_of(points):
    return [tuple(float(part) for part in pair.split(",")) for pair in points.split()]


def test_a_provisional_pillar_is_hollow_and_an_unscored_one_has_no_mark():
    result = northfield.result()
    talent = replace(result.pillars[2], status="provisional", level=None)
    svg = drawing(dots_svg(northfield.view(northfield.with_pillars(result, talent))))
    (hollow,) = by_class(svg, "dot hollow")
    assert row_of(svg, float(hollow.get("cy"))) == "Talent"
    rows = {row_of(svg, float(d.get("cy"))) for d in by_class(svg, "dot")}
    assert "Partnerships" not in rows
    assert "Partnerships" in {node.text for node in svg.iter("text")}


def test_a_changed_figure_changes_the_drawing():
    first = replace(northfield.result().pillars[0], score=1.0)
    svg = drawing(dots_svg(northfield.view(northfield.with_pillars(northfield.result(), first))))
    assert min(horizontal(svg, 1, 5)(float(dot.get("cx"))) for dot in by_class(svg, "dot")) == pytest.approx(1.0)


def test_the_file_says_what_the_page_says_beside_each_row():
    svg = dots_drawing()
    words = [node.text for node in svg.iter("text")]
    assert {"0.2, no clear gap", "1.4 to target", "No score: every question was set aside as not applicable"} <= set(
        words
    )
    bold = {node.text for node in svg.iter("text") if node.get("font-weight") == "600"}
    assert "1.4 to target" in bold
    assert "0.2, no clear gap" not in bold


def test_a_long_name_breaks_before_the_marks():
    bank = northfield.bank()
    named = replace(bank.pillars[0], short=None, name="Verantwortungsbewusstsein und Rechenschaft")
    svg = drawing(dots_svg(northfield.view(of=replace(bank, pillars=(named, *bank.pillars[1:])))))
    names = [(node.text, float(node.get("y"))) for node in svg.iter("text") if node.get("x") == "8"]
    lines = [words for words, _y in names][:3]
    assert "".join(lines).replace(" ", "") == "VerantwortungsbewusstseinundRechenschaft"
    assert max(map(len, lines)) * 14 * 0.53 <= 144
    heights = [y for _words, y in names]
    assert all(below - above >= 15 for above, below in pairwise(heights)), "no name runs into another"


def test_title_stands_for_the_drawing():
    title = dots_drawing().find("title").text
    assert title.startswith("Eight pillars on an axis from 1 to 5. Vision 3.8, Alignment 3.4")


# Bars, of one or two pillars


def test_one_or_two_pillars_are_bars_from_the_start_of_the_axis():
    bank = northfield.bank(names=("Vision", "Ethics"))
    rows = tuple(row for row in northfield.result().pillars if row.key in ("vision", "ethics"))
    view = northfield.view(northfield.result(pillars=rows), of=bank)
    svg = drawing(profile_svg(view))
    ruler = horizontal(svg, 1, 5)
    ends = [[ruler(x), ruler(x + width)] for x, width in (numbers(b, "x", "width") for b in by_class(svg, "column"))]
    assert ends == [pytest.approx([1, 3.81], abs=1e-3), pytest.approx([1, 1.6096], abs=1e-3)]
    assert [ruler(float(dot.get("cx"))) for dot in by_class(svg, "dot")] == pytest.approx([3.81, 1.6096], abs=1e-3)
    assert not has_radar(view)
    assert svg.get("class") == "chart bars"
    assert profile_svg(view) == bars_svg(view)


# Agreement


def test_agreement_stands_at_its_value_and_below_zero_at_zero():
    result = northfield.result()
    camps = replace(result.pillars[6], agreement=Agreement(-0.4, "weak", ()))
    svg = drawing(agreement_svg(northfield.view(northfield.with_pillars(result, camps))))
    ruler = horizontal(svg, 0, 1)
    found = {row_of(svg, float(d.get("cy"))): ruler(float(d.get("cx"))) for d in by_class(svg, "dot")}
    assert found["Vision"] == pytest.approx(0.82, abs=1e-3)
    assert found["Infrastructure"] == pytest.approx(0.43, abs=1e-3)
    assert found["Change"] == pytest.approx(0, abs=1e-3)
    assert {"−0.40", "weak, 6 people"} <= {node.text for node in svg.iter("text")}
    zones = by_class(svg, "zone")
    assert len(zones) == len(found)
    for left, width in (numbers(zone, "x", "width") for zone in zones):
        assert [ruler(left), ruler(left + width)] == pytest.approx([0.5, 0.71], abs=1e-3)


# Change


def one_change(key, before, after, *, real):
    delta = None if before is None else after - before
    reach = None if delta is None else (delta - 0.1, delta + 0.1)
    kind = "none" if before is None else "comparable"
    return Change(key, kind, 1.0, before, after, delta, 0.05, reach, "paired", real, ())


CHANGES = Comparison(
    overall=one_change(None, 2.6, 2.9, real=True),
    pillars=(
        one_change("vision", 3.4, 3.81, real=True),
        one_change("culture", 3.2, 3.21, real=False),
        one_change("talent", 3.3, 2.88, real=True),
        one_change("ethics", None, None, real=None),
    ),
)


def test_slopes_start_and_end_at_their_scores_and_only_real_ones_say_a_difference():
    svg = drawing(slope_svg(northfield.bank(), CHANGES, ("Q2", "Q4")))
    ruler = Ruler(y=((12, 5), (292, 1))).y
    real = [[ruler(y) for _x, y in numbers_of(line.get("points"))] for line in by_class(svg, "line")]
    assert sorted(real) == [pytest.approx([3.3, 2.88], abs=1e-3), pytest.approx([3.4, 3.81], abs=1e-3)]
    (steady,) = (line for line in by_class(svg, "axis-line") if line.tag == "polyline")
    assert [ruler(y) for _x, y in numbers_of(steady.get("points"))] == pytest.approx([3.2, 3.21], abs=1e-3)
    assert steady.get("stroke-dasharray") == "4 3"
    words = {node.text for node in svg.iter("text")}
    assert {"3.8 Vision +0.4", "2.9 Talent −0.4", "3.2 Culture", "Q2", "Q4"} <= words
    columns = {(float(d.get("cx")), "dot") for d in by_class(svg, "dot")}
    assert columns == {(200.0, "dot")}
    assert {float(s.get("x")) + 3.5 for s in by_class(svg, "square")} == {52.0}
    assert len(legs(northfield.bank(), CHANGES)) == 3


def test_labels_keep_their_distance_around_their_mean():
    values = [3.0, 3.01, 3.02, 1.0, 4.0]
    placed = spread(values)
    assert placed[3:] == [1.0, 4.0]
    assert sorted(placed[:3]) == pytest.approx([3.01 - APART, 3.01, 3.01 + APART])
    ordered = sorted(placed)
    assert all(b - a >= APART - 1e-9 for a, b in pairwise(ordered))


# Ladder


def test_ladder_is_filled_as_far_as_it_is_reached():
    svg = drawing(ladder_svg(northfield.view()))
    steps = [node for node in svg.iter("rect") if node.get("class") in ("reached", "here", "next", "beyond")]
    assert [sum(numbers(step, "height", "stroke-width")) for step in steps] == [48, 64, 80, 96, 112]
    assert [step.get("class") for step in steps] == ["reached", "here", "next", "beyond", "beyond"]
    assert [step.get("fill") for step in steps][:3] == ["#E3EDF8", "#AECBEA", "#FFFFFF"]
    assert [step.get("stroke-dasharray") for step in steps] == [None, None, "4 3", None, None]
    assert {"Northfield is here", "Held back by Ethics"} <= {node.text for node in svg.iter("text")}
    assert "Level\u00a02, Emerging, is reached" in svg.find("title").text


# Answers of one question


def spread_of(**fields):
    figures = northfield.question_result("ethics-accountability", **fields)
    return AnswerSpread(
        northfield.bank(),
        northfield.bank().marks["ethics-accountability"],
        northfield.counts("ethics-accountability"),
        figures,
        {"Legal": 1.5, "People": 2.0},
    )


def test_answers_are_columns_with_mean_middle_and_functions_under_them():
    svg = drawing(spread_svg(spread_of()))
    columns = [numbers(node, "x", "width", "height") for node in by_class(svg, "column")]
    levels = {node.text: float(node.get("x")) for node in svg.iter("text") if node.get("class") == "muted"}
    ruler = Ruler(x=((levels["1"], 1), (levels["5"], 5))).x
    assert [round(ruler(x + width / 2), 3) for x, width, _height in columns] == [1, 2, 4]
    tallest = columns[0][2]
    assert [height / tallest * 4 for _x, _width, height in columns] == pytest.approx([4, 1, 1], abs=1e-3)
    (mean,) = by_class(svg, "dot")
    assert ruler(float(mean.get("cx"))) == pytest.approx(10 / 6, abs=1e-3)
    (middle,) = by_class(svg, "tick")
    assert ruler(float(middle.get("x1"))) == pytest.approx(1, abs=1e-3)
    (band,) = by_class(svg, "interval-line")
    ends = [ruler(x) for x, _y in numbers_of(band.get("points"))]
    assert ends == pytest.approx([10 / 6 - 0.5, 10 / 6 + 0.5], abs=1e-3)
    functions = [ruler(float(s.get("x")) + 4) for s in by_class(svg, "square")]
    assert functions == pytest.approx([1.5, 2.0], abs=1e-3)


# The radar's peers


def test_peers_are_dotted_triangles_on_the_radar():
    svg = drawing(radar_svg(northfield.view(peers=PEERS)))
    tops = [numbers_of(triangle.get("points")) for triangle in by_class(svg, "triangle")]
    middles = [value_at(corners[0][0], corners[0][1] + 4) for corners in tops]
    assert {place: pytest.approx(value, abs=1e-3) for place, value in middles} == {0: 3.2, 1: 2.9, 3: 2.4}
    (line,) = by_class(svg, "line-peers")
    assert line.get("stroke-dasharray") == "1.5 3"


# The catalogue: files and tables


def facts(**fields):
    earlier = Earlier(northfield.result(), CHANGES, ("Q2", "Q4"))
    return northfield.view(**{"earlier": earlier, **fields})


@pytest.mark.parametrize(
    "name", ["profile", "pillars", "agreement", "change", "ladder", "answers-ethics-accountability"]
)
def test_each_chart_is_a_file_with_title_size_and_table(name):
    found = chart(name, facts())
    svg = ElementTree.fromstring(found.file())
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(svg.get("width")) > 300
    assert len(svg.find("{http://www.w3.org/2000/svg}title").text) > 10
    heading = svg.find("{http://www.w3.org/2000/svg}text")
    assert heading.text == found.title
    assert len(found.title) * float(heading.get("font-size")) * 0.52 <= float(svg.get("width"))
    left, top, *size = (float(end) for end in svg.get("viewBox").split())
    assert (left, size) == (0, [float(svg.get("width")), float(svg.get("height"))])
    assert top <= -40
    assert len(found.table.rows) >= 3
    assert {len(row) for row in found.table.rows} == {len(found.table.head)}
    assert csv_of(found.table).startswith("\ufeff" + found.table.head[0])


def test_charts_that_a_result_does_not_have_are_absent():
    assert chart("change", facts(earlier=None)) is None
    assert chart("nonsense", facts()) is None
    assert chart("answers-ethics-accountability", facts(told=northfield.NOTHING)) is None
    assert chart("answers-nonsense", facts()) is None


def test_table_says_what_the_drawing_says():
    rows = {row[0]: row[1:] for row in chart("pillars", facts()).table.rows}
    assert rows["Vision"] == ("3.8", "3.6–4.0", "4.0", "3.8")
    assert rows["Partnerships"][0] == "Not applicable, so no score"
    changes = {row[0]: row[1:] for row in chart("change", facts()).table.rows}
    assert changes["Vision"] == ("3.4", "3.8", "+0.4", "+0.31 to +0.51", "clear change")
    assert changes["Ethics"][-1] == "not comparable"


def test_words_begin_where_lines_begin_and_numbers_end_where_they_end():
    found = table(
        ("Pillar", "Score", "Change", "State"),
        [("Vision", "3.8", "−0.1", "clear change"), ("Ethics", None, None, "not comparable")],
    )
    assert [words for _name, words in found.titled] == [False, False, False, True]
    assert [words for _cell, words in found.cells[0]] == [False, False, False, True]


def test_a_cell_that_a_spreadsheet_would_run_is_text():
    text = csv_of(table(("Pillar", "=A1"), [("=cmd|' /C calc'!A0", "+0.4"), ("@x", None), ("＝1+1", " =1")]))
    assert text == "\ufeffPillar,'=A1\r\n'=cmd|' /C calc'!A0,'+0.4\r\n'@x,–\r\n'＝1+1,' =1\r\n"


@pytest.mark.parametrize("name", ["profile", "pillars", "ladder"])
def test_a_picture_for_slides_has_no_background_and_all_its_colours_in_the_dark(name):
    drawing = chart(name, northfield.view())
    light, dark = drawing.slide(dark=False), drawing.slide(dark=True)
    assert 'fill="none"' in light.split("</title>")[1].split(">")[0]
    assert light != drawing.file()
    colours = set(re.findall('"(#[0-9A-F]{6})"', dark))
    assert colours
    assert colours <= set(palette.DARK.values())


def test_a_picture_for_slides_is_as_wide_as_a_slide_and_transparent():
    picture = Image.open(BytesIO(png(chart("pillars", northfield.view()).slide(dark=True), width=1920, ground=None)))
    assert picture.width == 1920
    assert picture.getpixel((0, 0))[3] == 0
