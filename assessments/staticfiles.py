"""Static files that are not in `static/`: some come from Python packages, and one style sheet joins those of every page."""

import os
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The characters of our pages in Latin script, with punctuation and symbols; browsers load the full font for others
LATIN = (
    *range(0x20, 0x180),
    *range(0x2BB, 0x2BD),
    *(0x2C6, 0x2DA, 0x2DC, 0x2122, 0x2212, 0x2215),
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C0),
    *range(0x2190, 0x2194),
    *(0x25A0, 0x25A1, 0x25B2, 0x25BC, 0x25C6, 0x25CB, 0x25CF),
)
LATIN_FONT = "source-sans-3.woff2"


STYLES = ("tokens", "base", "components", "forms", "charts", "pages")  # of every page, in the order of the cascade


def package_file(package: str, path: str) -> Path:
    """The path of a file in an installed package, without importing it. Raises FileNotFoundError."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"The package {package} is not installed. Run `make setup`.")
    return Path(spec.submodule_search_locations[0]) / path


def whole_font() -> Path:
    """The variable font with all its scripts and weights in one file: 630 KB."""
    return package_file("fontpkg_source_sans_3", "files/SourceSans3[wght].ttf")


def latin_font() -> Path:
    """The same font reduced to Latin for browsers; built once, in two seconds, and cached in `build/`."""
    source = whole_font()
    target = _built(LATIN_FONT)
    if _is_stale(target, [source]):
        cut_to_latin(source, target)
    return target


def site_style() -> Path:
    """The style sheets of every page in one file, so that a phone asks once and paints after one answer."""
    sources = [Path(settings.BASE_DIR) / "static" / "css" / f"{name}.css" for name in STYLES]
    target = _built("site.css")
    if _is_stale(target, sources):
        unfinished = target.with_suffix(f".{os.getpid()}")
        unfinished.write_text("\n".join(source.read_text("utf-8") for source in sources), "utf-8")
        unfinished.replace(target)
    return target


def _built(name: str) -> Path:
    folder = Path(settings.STATE_DIR) / "build" / "static"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def _is_stale(target: Path, sources: Iterable[Path]) -> bool:
    return not target.exists() or any(target.stat().st_mtime < source.stat().st_mtime for source in sources)


def cut_to_latin(source: Path, target: Path) -> None:
    """Write the Latin glyphs of `source` as WOFF2, atomically."""
    from fontTools import subset

    options = subset.Options(flavor="woff2")
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LATIN)
    cutter.subset(font)
    unfinished = target.with_suffix(f".{os.getpid()}")
    subset.save_font(font, str(unfinished), options)
    unfinished.replace(target)


FILES = {
    "plotly.min.js": lambda: package_file("plotly", "package_data/plotly.min.js"),
    "source-sans-3.ttf": whole_font,
    LATIN_FONT: latin_font,
    "css/site.css": site_style,
}


class PackageStorage(FileSystemStorage):
    """Serves the files above as if they were in one folder."""

    prefix = None

    def path(self, name: str) -> str:
        return str(FILES[name]())


class PackageFinder(BaseFinder):
    """Finds these files for `collectstatic` and the test server."""

    storage = PackageStorage()

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False) -> Any:
        found = [str(FILES[path]())] if path in FILES else []
        return found if find_all else next(iter(found), None)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        return [(name, self.storage) for name in FILES]


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names, compressed once: existing compressed copies are kept, because a name identifies its content."""

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        for path in paths:
            copies = [f"{path}.{suffix}" for suffix in ("br", "gz") if self.exists(f"{path}.{suffix}")]
            if copies:
                yield from ((path, copy) for copy in copies)
            else:
                yield from super().compress_files([path])
