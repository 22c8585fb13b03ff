"""Odd values in every field, parameter, path, body and header of every address: no answer of 500, no bare refusal."""

import io
import logging
import time
from functools import cache

import pytest

from assessments.admin import findings, preview
from assessments.demo import sample
from assessments.reports.pdf.render import RenderedPdf

from . import values
from .knocks import IDENTITIES, Knocks, likely
from .stage import Stage, routes
from .walk import Walk

ALL = sorted({route: (name, route, view) for name, route, view in routes()}.values(), key=lambda one: one[1])
KEEPING = {"BACKEND": "tests.fuzz.stage.KeepingStorage"}


@pytest.fixture
def stage(db, settings, monkeypatch):
    """Nothing is printed, no bank is read twice, and what the site logs goes nowhere."""
    settings.STORAGES = {**settings.STORAGES, "default": KEEPING}
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400
    settings.METRICS_TOKEN = "token"
    for handler in logging.getLogger("django").handlers:
        if isinstance(handler, logging.StreamHandler):
            monkeypatch.setattr(handler, "stream", Nowhere())
    monkeypatch.setattr(
        "assessments.reports.pdf.worker.render_now", lambda *_sheet, **_how: RenderedPdf(b"%PDF", 1, (), ())
    )
    monkeypatch.setattr("assessments.reports.pdf.worker.engine", lambda **_how: "none")
    monkeypatch.setattr(preview, "load_bank", cache(preview.load_bank))
    monkeypatch.setattr(findings, "parse_bank", cache(findings.parse_bank))
    yield Stage()
    sample.sample_report.cache_clear()  # made by the renderer that was stubbed


class Nowhere(io.StringIO):
    """Log lines are written, and forgotten."""

    def write(self, text):
        return len(text)


def paths_of(stage):
    return {route: list(dict.fromkeys(f"/{path}" for path in stage.paths(route))) for _name, route, _view in ALL}


def told(walk, knocks, begun):
    """What was done, for whoever reads the run."""
    sent, took = sum(walk.statuses.values()), time.monotonic() - begun
    print(f"{len(ALL)} addresses, {knocks.fields} fields and parameters, {len(values.VALUES)} values: {sent} requests")
    print(f"in {took:.0f} s; answers: {dict(sorted(walk.statuses.items()))}")
    return {place: f"{count} times, first: {first}" for place, (first, count) in walk.faults.items()}


@pytest.mark.long
def test_every_value_in_every_field(stage):
    walk, begun, opened, paths = Walk(stage.browsers(IDENTITIES)), time.monotonic(), {}, paths_of(stage)
    knocks = Knocks(walk)
    for _name, route, _view in ALL:
        opened |= knocks.look_around(route, paths[route])
    for name, route, view in ALL:
        for knock in knocks.of(name, route, view, paths[route], opened):
            walk.send(knock)
    assert told(walk, knocks, begun) == {}


def test_the_worst_values_at_every_door(stage):
    walk, begun, paths = Walk(stage.browsers((*IDENTITIES[:6], "program"))), time.monotonic(), paths_of(stage)
    knocks = Knocks(walk)
    opened = [knocks.glance(route, paths[route][0]) for _name, route, _view in ALL]
    for (name, route, view), who in zip(ALL, opened, strict=True):
        for knock in knocks.worst(name, route, view, paths[route][0], *(who.values() or likely(route)[:1])):
            walk.send(knock)
    assert told(walk, knocks, begun) == {}
    assert sum(map(bool, opened)) > 140  # pages that opened
