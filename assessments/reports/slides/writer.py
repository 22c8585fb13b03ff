"""One slide after another: titles, texts that fit their boxes, tables, pictures, notes, and the foot."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import get_language_bidi
from lxml import etree

from assessments.reports.page_fit import lines
from assessments.reports.slides.base import A, Base, Box, P, move, places_of_foot
from assessments.reports.word_styles import REGIONS
from assessments.reports.word_writer import clean
from assessments.sentences import direction_in

SMALLEST, LEADING = 9.0, 1.22  # points; distance of two lines by font size
SAFE = {400: 1.13, 600: 1.18}  # by weight: how much wider another typeface may be than the one that is measured
TEXT, MUTED, LINE, ACCENT, PREVIOUS, PAPER = "tx1", "tx2", "bg2", "accent1", "accent2", "bg1"
BRAND = "accent6"  # the consultancy’s colour, or ours
HAIRLINE = 0.75
INSETS = (14.4, 7.2)  # points at both sides, above and below the words of a box, unless it says otherwise


@dataclass(frozen=True)
class Para:
    """A paragraph: `head` in bold before it; `colour` is a name of the theme."""

    text: str
    head: str = ""
    size: float = 14.0
    bold: bool = False
    colour: str = TEXT
    after: float = 4.0

    @property
    def whole(self) -> str:
        return clean(f"{self.head} {self.text}".strip())

    def height(self, width: float, scale: float) -> float:
        size, weight = self.size * scale, 600 if self.bold or self.head else 400
        count = sum(lines(line, width / SAFE[weight], size, weight) for line in self.whole.split("\n"))
        return count * size * LEADING + self.after * scale


@dataclass
class Deck:
    """A presentation that grows slide by slide. `rtl` mirrors every place."""

    base: Base
    language: str
    rtl: bool
    foot: str
    shortened: list[str] = field(default_factory=list)  # texts that did not fit their slide, for its notes

    @property
    def area(self) -> Box:
        return self.base.area

    def page(self, title: str, kicker: str = "", about: str = "", *, opening: bool = False) -> Page:
        """Add a slide whose title is a finding; `kicker` names its subject, `about` says what is drawn."""
        slide = self.base.file.slides.add_slide(self.base.opening if opening else self.base.plain)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
        page = Page(self, slide)
        page.head(title, opening=opening)
        if not opening:
            page.foot()
        if kicker and self.base.is_ours:
            page.rule()
            page.text(
                Box(self.area.x, self.base.title.y - 20, self.area.width, 18), [Para(kicker, size=12, colour=MUTED)]
            )
        if about:
            page.text(Box(self.area.x, self.area.y - 27, self.area.width, 20), [Para(about, size=13, colour=MUTED)])
        return page


class Page:
    """One slide; shapes are read in the order in which they are added."""

    def __init__(self, deck: Deck, slide: Any) -> None:
        self.deck, self.slide = deck, slide

    def head(self, title: str, *, opening: bool) -> None:
        base = self.deck.base
        shape, size = self.slide.shapes.title, base.opening_size if opening else base.title_size
        box = (base.opening_title or base.title) if opening else base.title
        para = Para(title, size=size, bold=True, after=0)
        inset = (0.0, 0.0) if base.is_ours else INSETS
        text, scale = fitted([para], box.width - inset[0], box.height - inset[1])
        if base.is_ours:
            move(shape, self.mirrored(box))
        frame = shape.text_frame
        frame.text = text[0].whole
        self._dress(frame.paragraphs[0], text[0], scale, align="start" if base.is_ours else "")

    def rule(self) -> None:
        """The accent above the subject."""
        self.rect(Box(self.deck.area.x, 14, 32, 3), fill=BRAND)

    def foot(self) -> None:
        """The client and the model at the start, the number of the slide at the end."""
        for shape in self.slide.slide_layout.placeholders:
            kind = shape._element.ph.get("type")
            if kind not in ("ftr", "sldNum"):
                continue
            element = copy.deepcopy(shape._element)
            self.slide.shapes._spTree.append(element)
            element.nvSpPr.cNvPr.set("id", str(self.slide.shapes._next_shape_id))
            added = self.slide.shapes[-1]
            if kind == "ftr":
                added.text_frame.text = clean(self.deck.foot)
            if kind == "ftr" and not self.deck.base.is_ours:
                kept, scale = fitted([Para(self.deck.foot, size=11, after=0)], shape.width / 12_700 - 16, 14)
                added.text_frame.text = kept[0].whole
                self._dress(added.text_frame.paragraphs[0], kept[0], scale, align="")
            if self.deck.base.is_ours:
                move(added, self.mirrored(places_of_foot(self.deck.base.width)[kind]))
                for paragraph in added.text_frame.paragraphs:
                    para = Para(self.deck.foot, size=11, colour=MUTED)
                    self._dress(paragraph, para, 1, align="start" if kind == "ftr" else "end")

    def text(
        self, box: Box, paras: Sequence[Para], *, anchor: str = "t", align: str = "start", name: str = ""
    ) -> float:
        """Write paragraphs, smaller or shortened if they do not fit; returns the height that they take, in points."""
        paras, scale = fitted(paras, box.width, box.height, left_out=self.deck.shortened)
        shape = self.slide.shapes.add_textbox(0, 0, 0, 0)
        move(shape, self.mirrored(box))
        if name:
            shape.name = clean(name)
        self.fill(shape, paras, scale, anchor=anchor, align=align)
        return sum(para.height(box.width, scale) for para in paras)

    def fill(
        self, shape: Any, paras: Sequence[Para], scale: float = 1, *, anchor: str = "t", align: str = "start"
    ) -> None:
        """The words of a box, without margins."""
        frame = shape.text_frame
        frame.word_wrap = True
        body = frame._txBody.find(f"{A}bodyPr")
        body.attrib.update({"lIns": "0", "rIns": "0", "tIns": "0", "bIns": "0", "anchor": anchor})
        for place, para in enumerate(paras):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            self.write(paragraph, para, scale, align=align)

    def write(self, paragraph: Any, para: Para, scale: float = 1, *, align: str = "start") -> None:
        from pptx.util import Pt

        if para.head:
            paragraph.add_run().text = f"{clean(para.head)} "
        paragraph.add_run().text = clean(para.text)
        paragraph.space_after = Pt(para.after * scale)
        paragraph.line_spacing = Pt(round(para.size * scale * LEADING, 1))  # as measured, in any typeface
        self._dress(paragraph, para, scale, align=align)

    def _dress(self, paragraph: Any, para: Para, scale: float, *, align: str = "start") -> None:
        language = REGIONS.get(self.deck.language, self.deck.language)
        runs = [child for child in paragraph._p if child.tag in (f"{A}r", f"{A}fld")]
        for place, run in enumerate(runs):
            properties = run.get_or_add_rPr()
            properties.set("lang", language)
            properties.set("sz", str(int(para.size * scale * 100)))
            if para.bold or (para.head and place == 0):
                properties.set("b", "1")
            if para.colour != TEXT:
                _colour(properties, para.colour)
        rtl = direction_in(para.whole, "rtl" if get_language_bidi() else "ltr") == "rtl"
        ends = {"": "", "start": "r" if self.deck.rtl else "l", "end": "l" if self.deck.rtl else "r", "middle": "ctr"}
        _turn(paragraph._p, ends[align], rtl=rtl)

    def rect(
        self, box: Box, *, fill: str | None = None, line: str | None = None, width: float = 1, dashed: bool = False
    ) -> Any:
        """A rectangle; colours are names of the theme or `#RRGGBB`."""
        from pptx.enum.dml import MSO_LINE
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Pt

        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, 0, 0)
        move(shape, self.mirrored(box))
        for style in shape._element.findall(f"{P}style"):
            shape._element.remove(style)
        shape.fill.background() if fill is None else paint(shape.fill, fill)
        if line is None:
            shape.line.fill.background()
        else:
            paint(shape.line.fill, line)
            shape.line.width = Pt(width)
            shape.line.dash_style = MSO_LINE.DASH if dashed else None
        return shape

    def picture(self, png: bytes, alt: str, box: Box) -> None:
        from pptx.util import Pt

        place = self.mirrored(box)
        sizes = (Pt(place.x), Pt(place.y), Pt(place.width), Pt(place.height))
        describe(self.slide.shapes.add_picture(BytesIO(png), *sizes), alt)

    def chart(self, kind: Any, data: Any, box: Box, alt: str) -> Any:
        """Add a native chart; its numbers stay in its own workbook."""
        from pptx.util import Pt

        place = self.mirrored(box)
        sizes = (Pt(place.x), Pt(place.y), Pt(place.width), Pt(place.height))
        frame = self.slide.shapes.add_chart(kind, *sizes, data)
        describe(frame, alt)
        return frame.chart

    def notes(self, paragraphs: Iterable[str]) -> None:
        """What to say and the arithmetic, a paragraph each; and whatever was shortened on the slide, whole."""
        left, self.deck.shortened[:] = list(self.deck.shortened), []
        words = [clean(text) for text in (*paragraphs, *left) if text]
        self.slide.notes_slide.notes_text_frame.text = "\n".join(words)

    def mirrored(self, box: Box) -> Box:
        """Where a box stands in the direction of the deck."""
        if not self.deck.rtl:
            return box
        return Box(self.deck.base.width - box.x - box.width, box.y, box.width, box.height)


def fitted(
    paras: Sequence[Para], width: float, height: float, *, left_out: list[str] | None = None
) -> tuple[list[Para], float]:
    """The paragraphs and the scale at which they fit; shortened if the smallest type is too large."""
    kept = [para for para in paras if para.whole]
    scale, least = 1.0, min(1.0, SMALLEST / min((para.size for para in kept), default=SMALLEST))
    while _tall(kept, width, scale) > height and scale > least:
        scale = max(least, scale - 0.05)
    if _tall(kept, width, scale) <= height:
        return kept, scale
    return _shortened(kept, width, height, scale, [] if left_out is None else left_out), scale


def _tall(paras: Sequence[Para], width: float, scale: float) -> float:
    return sum(para.height(width, scale) for para in paras) - (paras[-1].after * scale if paras else 0)


def _shortened(paras: Sequence[Para], width: float, height: float, scale: float, left_out: list[str]) -> list[Para]:
    """As many words as fit, with an ellipsis; what was cut goes to `left_out` whole."""
    from dataclasses import replace

    kept: list[Para] = []
    for place, para in enumerate(paras):
        if _tall([*kept, para], width, scale) <= height:
            kept.append(para)
            continue
        left_out += [each.whole for each in paras[place:]]
        low, high = 0, len(para.text)
        while low < high:
            middle = (low + high + 1) // 2
            short = replace(para, text=f"{para.text[:middle].rstrip()}…")
            low, high = (middle, high) if _tall([*kept, short], width, scale) <= height else (low, middle - 1)
        return [*kept, replace(para, text=f"{para.text[:low].rstrip()}…")] if low else kept
    return kept


def _turn(paragraph: Any, align: str, *, rtl: bool) -> None:
    properties = paragraph.get_or_add_pPr()
    if align:
        properties.set("algn", align)
    if rtl:
        properties.set("rtl", "1")


def _colour(properties: Any, name: str) -> None:
    for old in properties.findall(f"{A}solidFill"):
        properties.remove(old)
    fill = etree.Element(f"{A}solidFill")
    if name.startswith("#"):
        etree.SubElement(fill, f"{A}srgbClr", val=name.removeprefix("#"))
    else:
        etree.SubElement(fill, f"{A}schemeClr", val=name)
    properties.insert(0, fill)


def paint(fill: Any, name: str) -> None:
    """Fill with a colour of the theme, by name, or `#RRGGBB`."""
    from pptx.dml.color import RGBColor
    from pptx.enum.dml import MSO_THEME_COLOR

    fill.solid()
    if name.startswith("#"):
        fill.fore_color.rgb = RGBColor.from_string(name.removeprefix("#"))
    else:
        fill.fore_color.theme_color = MSO_THEME_COLOR.from_xml(name)


def describe(shape: Any, alt: str) -> None:
    """Set the alternative text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(alt))
