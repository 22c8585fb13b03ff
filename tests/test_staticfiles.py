"""Files out of packages: found by name, collected like our own, and small where a browser asks for the typeface."""

import gzip
import os

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from assessments import staticfiles
from tests.journeys.uncompressed import UncompressedStorage


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


def test_one_style_sheet_has_those_of_every_page_and_follows_them(settings, tmp_path):
    (tmp_path / "static" / "css").mkdir(parents=True)
    for name in staticfiles.STYLES:
        (tmp_path / "static" / "css" / f"{name}.css").write_text(f".{name} {{}}")
    settings.BASE_DIR = settings.STATE_DIR = tmp_path
    assert staticfiles.site_style().read_text().split("\n") == [f".{name} {{}}" for name in staticfiles.STYLES]
    (changed := tmp_path / "static" / "css" / "base.css").write_text(".changed {}")
    later = staticfiles.site_style().stat().st_mtime + 1
    os.utime(changed, (later, later))
    assert ".changed {}" in staticfiles.site_style().read_text()


def collect(folder, files):
    """Write files into a folder, let the storage of the site process them, and return (storage, what is there)."""
    for name, content in files.items():
        (folder / name).write_text(content)
    storage = staticfiles.HashedStorage(location=folder, base_url="/static/")
    processed = storage.post_process({name: (storage, name) for name in files})
    assert [error for *_names, error in processed if isinstance(error, Exception)] == []
    return storage, {path.name for path in folder.iterdir()}


FILES = {"site.css": "main { background: url(mark.svg) }\n" * 40, "mark.svg": "<svg></svg>"}


def test_collected_files_are_hashed_and_compressed_and_originals_deleted(tmp_path):
    storage, names = collect(tmp_path, FILES)
    style, image = (storage.stored_name(name) for name in FILES)
    assert not names & set(FILES)
    assert {style, f"{style}.gz", image} < names
    assert image in (text := (tmp_path / style).read_text())
    assert gzip.decompress((tmp_path / f"{style}.gz").read_bytes()).decode() == text
    assert storage.url("site.css") == f"/static/{style}"


def test_a_compressed_copy_is_kept_and_a_changed_file_gets_its_own(tmp_path):
    storage, _names = collect(tmp_path, FILES)
    copy = tmp_path / f"{storage.stored_name('site.css')}.gz"
    copy.write_bytes(b"compressed before")
    again, _names = collect(tmp_path, FILES)
    assert again.stored_name("site.css") + ".gz" == copy.name
    assert copy.read_bytes() == b"compressed before"
    changed, names = collect(tmp_path, {**FILES, "mark.svg": "<svg>changed</svg>"})
    assert copy.name != (other := f"{changed.stored_name('site.css')}.gz")
    assert other in names


def test_journeys_leave_out_only_the_compressed_copies(tmp_path, monkeypatch):
    whole, short = tmp_path / "whole", tmp_path / "short"
    whole.mkdir(), short.mkdir()
    _storage, names = collect(whole, FILES)
    monkeypatch.setattr(staticfiles, "HashedStorage", UncompressedStorage)
    _storage, uncompressed = collect(short, FILES)
    assert uncompressed == {name for name in names if not name.endswith((".gz", ".br"))}
