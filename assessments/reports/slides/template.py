"""A consultancy's own template for slides: what is found in it by name."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from assessments.branding.office import Found, TemplateError, checked_template, damaged
from assessments.reports.slides.base import A, Base, Box, P
from assessments.reports.slides.writer import INSETS, LEADING
from assessments.sentences import gettext as _

SMALLEST_TITLE = 20.0  # points
SUFFIX, GAP, EMU = 24.0, 36.0, 12_700  # points kept for the foot; between title and contents; a point
OPENING, PLAIN = ("title", "title slide"), ("titleOnly", "title only")  # kind and name of a layout
CONTENT = ("content", "inhalt")  # in English and German Office
TITLES = ("title", "ctrTitle")


def template_base(content: bytes) -> Base:
    """Open a .pptx or .potx file for new slides, without those that it has. Raises TemplateError."""
    file = _opened(checked_template(content, "pptx"))
    layouts = list(file.slide_layouts)
    plain = _layout(layouts, *PLAIN) or next((each for each in layouts if _title(each) is not None), None)
    if plain is None or _title(plain) is None:
        raise TemplateError(_("The template has no layout with a title. Add one named “Title Only”."))
    opening = _layout(layouts, *OPENING) or plain
    if _title(opening) is None:
        opening = plain
    _empty(file)
    width, height = file.slide_width / EMU, file.slide_height / EMU
    title = _box(_title(plain), width)
    two_lines = max(SMALLEST_TITLE, (title.height - INSETS[1]) / (2 * LEADING))  # titles are sentences
    return Base(
        file, opening, plain, width, height, title, _area(plain, title, width, height), is_ours=False,
        title_size=min(_size(plain, file), two_lines), opening_size=_size(opening, file),
        opening_title=_box(_title(opening), width),
    )  # fmt: skip


def found_in(base: Base) -> tuple[Found, ...]:
    """What slides look for by name, and whether the template has it; what is missing is drawn without it."""
    kinds = {shape._element.ph.get("type") for shape in base.plain.placeholders}
    layouts = list(base.file.slide_layouts)
    return (
        Found(_("Layout “Title Slide”"), _layout(layouts, *OPENING) is not None),
        Found(_("Layout “Title Only”"), _layout(layouts, *PLAIN) is not None),
        Found(_("Title"), bool(kinds & set(TITLES))),
        Found(_("Placeholder “Content”, where charts and tables go"), _content(base.plain) is not None),
        Found(_("Footer"), "ftr" in kinds),
        Found(_("Slide number"), "sldNum" in kinds),
    )


def _opened(content: bytes) -> Any:
    from pptx import Presentation

    try:
        file = Presentation(BytesIO(content))
        measured = file.slide_width + file.slide_height + len(file.slide_layouts)
    except Exception as broken:  # a damaged file can raise anything in the library
        raise TemplateError(damaged("pptx")) from broken
    if not measured:
        raise TemplateError(damaged("pptx"))
    return file


def _empty(file: Any) -> None:
    """Drop the slides that the template shows itself with."""
    listed = file.slides._sldIdLst
    for slide in list(listed):
        file.part.drop_rel(slide.rId)
        listed.remove(slide)


def _layout(layouts: list[Any], kind: str, name: str) -> Any:
    """By its name, else by its kind."""
    named = (layout for layout in layouts if layout.name.strip().lower() == name)
    return next(named, None) or next((layout for layout in layouts if layout._element.get("type") == kind), None)


def _title(layout: Any) -> Any:
    return next((each for each in layout.placeholders if each._element.ph.get("type") in TITLES), None)


def _content(layout: Any) -> Any:
    return next((each for each in layout.placeholders if each.name.strip().lower().startswith(CONTENT)), None)


def _box(shape: Any, width: float) -> Box:
    """The place of a shape, of its master if it has none; a strip at the top if neither has."""
    places = (shape.left, shape.top, shape.width, shape.height)
    if any(place is None for place in places):
        return Box(44, 30, width - 88, 60)
    return Box(*(place / EMU for place in places))


def _area(layout: Any, title: Box, width: float, height: float) -> Box:
    """Where the placeholder for contents is, else below the title down to the foot."""
    content = _content(layout)
    if content is not None:
        return _box(content, width)
    feet = [
        each.top / EMU
        for each in layout.placeholders
        if each._element.ph.get("type") in ("ftr", "sldNum", "dt") and each.top
    ]
    bottom = min([foot for foot in feet if foot > height / 2], default=height - SUFFIX) - 8
    top = title.bottom + GAP if title.bottom < height / 2 else 60.0
    return Box(
        title.x, top, min(title.width, width - 2 * title.x) if title.x * 2 < width else title.width, bottom - top
    )


def _size(layout: Any, file: Any) -> float:
    """The type size of a layout's title, in points."""
    return next((float(size) / 100 for size in _sizes(layout, file)), 26.0)


def _sizes(layout: Any, file: Any) -> Iterator[str]:
    for holder in (_title(layout)._element, layout.slide_master._element.find(f".//{P}titleStyle")):
        first = None if holder is None else holder.find(f".//{A}lvl1pPr/{A}defRPr")
        if first is not None and first.get("sz"):
            yield first.get("sz")
