"""The presentation that slides are added to: ours, or a consultancy's template, with its layouts and what they hold."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from lxml import etree

from assessments.charts import palette
from assessments.reports.word_styles import FACE

type Shape = Literal["16:9", "4:3"]

HEIGHT = 540.0  # points
WIDTHS: dict[Shape, float] = {"16:9": 960.0, "4:3": 720.0}
MARGIN, FOOT = 44.0, 22.0
TITLE_TOP, TITLE_HEIGHT = 44.0, 68.0
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
COMPLEX = "Arial"  # the typeface of Arabic and Hebrew letters, on every machine with Office
UNUSED = ("printerSettings", "thumbnail")  # parts of the library's own file that no reader needs


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points from its upper start corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class Base:
    """An open presentation, the layouts for the first and for all other slides, and where their contents go."""

    file: Any
    opening: Any
    plain: Any
    width: float
    height: float
    title: Box
    area: Box
    is_ours: bool
    title_size: float = 26.0  # points
    opening_size: float = 40.0
    opening_title: Box | None = None  # where it is not that of the others


def our_base(shape: Shape, accent: str | None) -> Base:
    """An empty presentation of this shape with our typeface and colours, or the consultancy's accent."""
    from pptx import Presentation
    from pptx.util import Pt

    file, width = Presentation(), WIDTHS[shape]
    file.slide_width, file.slide_height = Pt(width), Pt(HEIGHT)
    for layout in list(file.slide_layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            file.slide_layouts.remove(layout)
    _drop_unused(file)
    _paint(file, accent or palette.CURRENT)
    title = Box(MARGIN, TITLE_TOP, width - 2 * MARGIN, TITLE_HEIGHT)
    _place(file.slide_master, title, width)
    opening, plain = file.slide_layouts
    for layout in (opening, plain):
        _inherit(layout)
    area = Box(MARGIN, 142.0, width - 2 * MARGIN, 356.0)
    return Base(file, opening, plain, width, HEIGHT, title, area, is_ours=True)


def _drop_unused(file: Any) -> None:
    for part in (file.part, file.part.package):
        rels = part.rels if hasattr(part, "rels") else part._rels
        for key in [key for key, rel in rels.items() if rel.reltype.rpartition("/")[2] in UNUSED]:
            rels.pop(key)


def _paint(file: Any, accent: str) -> None:
    """Write typefaces and colours into the theme, so that editors change each in one place. Charts keep our palette."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = file.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    colours = {
        "dk1": palette.TEXT, "lt1": palette.PAPER, "dk2": palette.MUTED, "lt2": palette.GRID, "accent1": palette.CURRENT,
        "accent2": palette.PREVIOUS, "accent3": palette.PEERS, "accent4": palette.RAMP[2], "accent5": palette.RAMP[1],
        "accent6": accent, "hlink": palette.CURRENT, "folHlink": palette.CURRENT,
    }  # fmt: skip
    for name, colour in colours.items():
        (slot,) = theme.iter(f"{A}{name}")
        slot.clear()
        etree.SubElement(slot, f"{A}srgbClr", val=colour.removeprefix("#"))
    for kind in ("majorFont", "minorFont"):
        (font,) = theme.iter(f"{A}{kind}")
        font.find(f"{A}latin").set("typeface", FACE)
        font.find(f"{A}cs").set("typeface", COMPLEX)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _place(master: Any, title: Box, width: float) -> None:
    """The title at the top, the foot of a slide at its bottom; the date goes, which nobody filled."""
    places = {"title": title, "body": Box(MARGIN, 142, width - 2 * MARGIN, 356), **places_of_foot(width)}
    for shape in list(master.placeholders):
        kind = shape._element.ph.get("type")
        if kind not in places:
            shape._element.getparent().remove(shape._element)
            continue
        move(shape, places[kind])
        body = shape._element.txBody.find(f"{A}bodyPr")
        body.attrib.update(
            {"lIns": "0", "rIns": "0", "tIns": "0", "bIns": "0", "anchor": "t" if kind == "title" else "ctr"}
        )
        for level in shape._element.iter(f"{A}lvl1pPr"):
            level.set("algn", "r" if kind == "sldNum" else "l")
            level.find(f"{A}defRPr").set("sz", "1100")
            etree.SubElement(level.find(f"{A}defRPr"), f"{A}latin", typeface="+mn-lt")
    (style,) = master._element.iter(f"{P}titleStyle")
    first = style.find(f"{A}lvl1pPr")
    first.set("algn", "l")
    first.find(f"{A}defRPr").attrib.update({"sz": "2600", "b": "1"})


def places_of_foot(width: float) -> dict[str, Box]:
    """Where the foot and the number of a slide stand, by their kind of placeholder."""
    top = HEIGHT - FOOT - 12
    foot, number = Box(MARGIN, top, width - 2 * MARGIN - 80, FOOT), Box(width - MARGIN - 70, top, 70, FOOT)
    return {"ftr": foot, "sldNum": number}


def _inherit(layout: Any) -> None:
    """Layouts take place and style of the master; the subtitle of the first goes, whose words have their own boxes."""
    for shape in list(layout.placeholders):
        kind = shape._element.ph.get("type")
        if kind in ("dt", "subTitle"):
            shape._element.getparent().remove(shape._element)
            continue
        for place in shape._element.spPr.findall(f"{A}xfrm"):
            shape._element.spPr.remove(place)


def move(shape: Any, box: Box) -> None:
    from pptx.util import Pt

    shape.left, shape.top, shape.width, shape.height = Pt(box.x), Pt(box.y), Pt(box.width), Pt(box.height)


def saved(file: Any) -> bytes:
    content = BytesIO()
    file.save(content)
    return content.getvalue()
