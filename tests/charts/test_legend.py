"""A chart as a file says what it shows: its finding, and a legend for every mark in it and for nothing else."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from assessments.charts.catalogue import chart
from assessments.scoring.view import Earlier
from tests.charts import northfield
from tests.charts.test_charts import CHANGES, PEERS

EARLIER = Earlier(northfield.result(), CHANGES, ("Q2", "Q4"))
SCORE, INTERVAL, TARGET = "Score", "90% interval", "Target"
BEFORE, PEER, OPEN = "Previous round", "Benchmark median", "Not scored: the outline stays open"


def drawn(name, base=None, **fields):
    return chart(name, northfield.view(base, **fields))


def words(found):
    return [node.text for node in ElementTree.fromstring(found.file()).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("name", "fields", "legend"),
    [
        ("profile", {}, {SCORE, INTERVAL, TARGET, OPEN}),
        ("profile", {"earlier": EARLIER, "peers": PEERS}, {SCORE, INTERVAL, TARGET, OPEN, BEFORE, PEER}),
        ("pillars", {}, {SCORE, INTERVAL, TARGET}),
        ("pillars", {"peers": PEERS}, {SCORE, INTERVAL, TARGET, PEER}),
        ("agreement", {}, {"Agreement, r*wg", "Moderate agreement"}),
        ("ladder", {}, {"Reached", "Reached, and the organisation’s level", "Next level"}),
        ("answers-vision-direction", {}, {"People at the level", "Mean", "Mean deviation", "Median answer"}),
    ],
)
def test_legend_names_what_is_drawn_and_nothing_else(name, fields, legend):
    shown = set(words(drawn(name, **fields)))
    everything = {SCORE, INTERVAL, TARGET, OPEN, BEFORE, PEER, "Provisional"}
    assert legend <= shown
    assert not (everything - legend) & shown


def test_a_hollow_dot_is_explained():
    thin = replace(northfield.result().pillars[2], status="provisional", level=None)
    for name in ("profile", "pillars"):
        assert "Provisional" in words(drawn(name, northfield.with_pillars(northfield.result(), thin)))


def test_a_long_finding_breaks_into_lines_and_the_drawing_starts_below_them():
    short = drawn("change", earlier=EARLIER)
    long = replace(short, title="Vision rose and " + "everything else fell a little " * 4)
    heights = [float(ElementTree.fromstring(found.file()).get("height")) for found in (short, long)]
    assert heights[1] > heights[0] + 40
    tops = [float(ElementTree.fromstring(found.file()).get("viewBox").split()[1]) for found in (short, long)]
    heading = list(ElementTree.fromstring(long.file()).iter("{http://www.w3.org/2000/svg}text"))[:4]
    assert " ".join(node.text for node in heading) == long.title.strip()
    assert all(float(node.get("y")) > tops[1] for node in heading)
    assert all(len(node.text) * 16 * 0.53 <= 360 for node in heading)
