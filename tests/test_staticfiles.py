"""Files out of packages: found by name, collected like our own, and small where a browser asks for the typeface."""

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from assessments import staticfiles


@pytest.mark.parametrize("name", ["plotly.min.js", "source-sans-3.ttf", "source-sans-3.woff2"])
def test_package_file_is_found(name):
    assert finders.find(name)


def test_unknown_file_is_not_found():
    assert staticfiles.PackageFinder().find("somebody-elses.js") is None
    assert staticfiles.PackageFinder().find("somebody-elses.js", find_all=True) == []


def test_collecting_lists_each_file_once():
    names = [name for name, _storage in staticfiles.PackageFinder().list([])]
    assert sorted(names) == sorted(staticfiles.FILES)


def test_collected_file_can_be_read():
    for name, storage in staticfiles.PackageFinder().list([]):
        with storage.open(name) as file:
            assert file.read(4)


def test_missing_package_is_named():
    with pytest.raises(FileNotFoundError, match="no_such_package is not installed"):
        staticfiles.package_file("no_such_package", "x")


def test_latin_font_is_small_and_keeps_what_pages_need():
    path = staticfiles.latin_font()
    assert path.stat().st_size <= 40_000
    font = TTFont(path)
    assert {ord(sign) for sign in "Aéß–−…“”’±◆▲€"} <= set(font.getBestCmap())
    weights = next(axis for axis in font["fvar"].axes if axis.axisTag == "wght")
    assert (weights.minValue, weights.maxValue) == (200, 900)
    widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    assert len(widths) == 1  # figures stand under each other
