"""The named styles of a Word report, so that editors can change each in one place.

Sizes in points, as on paper (static/css/report.css); hairlines rather than boxes, colours of the palette.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessments.charts import palette

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

ACROSS = 170.0  # mm between the margins
FACE = "Arial"  # on Windows and macOS; everywhere else a typeface as wide as it, by the table of fonts
FONTS = (  # name, class of shape (PANOSE), character set, family, what to use instead
    (FACE, "020B0604020202020204", "00", "swiss", "Liberation Sans,Arimo,Helvetica,Noto Sans,sans-serif"),
    ("Symbol", "05050102010706020507", "02", "roman", ""),  # bullets
)
TABLE, TEXT, HEAD, BIG, KICKER, ABOUT, NOTE, COVER = (
    *("Report Table", "Table Text", "Table Head", "Key Figure", "Kicker", "Below Heading", "Report Note"),
    "Report Cover",
)

type Looks = tuple[float, float, float, bool, str]  # size, space before and after, bold, colour

BUILT_IN: dict[str, Looks] = {
    "Normal": (9.5, 0, 4, False, palette.TEXT),
    "Title": (32, 60, 6, True, palette.TEXT),
    "Subtitle": (14, 0, 24, False, palette.MUTED),
    "TOC Heading": (20, 0, 8, True, palette.TEXT),
    "Heading 1": (16, 0, 5, True, palette.TEXT),
    "Heading 2": (11, 8, 2, True, palette.TEXT),
    "Heading 3": (9.5, 8, 2, True, palette.TEXT),
    "Quote": (9.5, 0, 4, False, palette.TEXT),
    "Header": (8, 0, 0, False, palette.MUTED),
    "Footer": (8, 0, 0, False, palette.MUTED),
}
OWN: dict[str, Looks] = {
    TEXT: (8.5, 1, 1, False, palette.TEXT),
    HEAD: (8.5, 1, 1, True, palette.TEXT),
    BIG: (18, 0, 1, True, palette.TEXT),
    KICKER: (9, 0, 2, False, palette.MUTED),
    ABOUT: (8, 2, 4, False, palette.MUTED),
    NOTE: (8, 2, 4, False, palette.MUTED),
    COVER: (12, 0, 4, True, palette.CURRENT),
    "toc 1": (10, 0, 5, False, palette.TEXT),
}


def dress(file: WordDocument, language: str, accent: str | None) -> None:
    """Format the styles of the document, and set the language of its texts: otherwise Word underlines every word."""
    from docx.enum.style import WD_STYLE_TYPE

    for name, looks in BUILT_IN.items():
        _looks(file.styles[name], looks)
    for name, looks in OWN.items():
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == "toc 1")
        style.base_style = file.styles["Normal"]
        _looks(style, looks)
    _lines(file, accent or palette.CURRENT)
    _table(file.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE).element)
    _fonts(file)
    _languages(file, language)
    _current(file)


def _looks(style: Any, looks: Looks) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    size, before, after, bold, colour = looks
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FACE, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
    _one_face(style.element.rPr.find(qn("w:rFonts")))
    for tag in ("w:spacing", "w:kern"):  # letter spacing
        for element in style.element.rPr.findall(qn(tag)):
            style.element.rPr.remove(element)
    in_other_scripts(style.element.rPr)
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.05


def _one_face(fonts: Any) -> None:
    """Name the typeface for every script, in place of the fonts of the theme, which would win."""
    from docx.oxml.ns import qn

    fonts.attrib.clear()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FACE)


def _fonts(file: WordDocument) -> None:
    """Name the fonts with what replaces them on a machine that lacks them: a reader left to guess takes a serif."""
    from docx.oxml.ns import nsdecls, qn

    for fonts in file.styles.element.iter(qn("w:rFonts")):
        if any("heme" in name for name in fonts.attrib):
            _one_face(fonts)
    rows = "".join(
        f'<w:font w:name="{name}">{f'<w:altName w:val="{others}"/>' if others else ""}<w:panose1 w:val="{shape}"/>'
        f'<w:charset w:val="{letters}"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, shape, letters, family, others in FONTS
    )
    table = next(part for part in file.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    table._blob = f"<w:fonts {nsdecls('w')}>{rows}</w:fonts>".encode()


def in_other_scripts(looks: Any) -> None:
    """Apply size and weight to Arabic and Hebrew too: Word keeps separate settings for them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for tag in ("w:b", "w:sz"):
        own, name = looks.find(qn(tag)), qn(f"{tag}Cs")
        for element in looks.findall(name):
            looks.remove(element)
        if own is not None:
            other = OxmlElement(f"{tag}Cs")
            other.attrib.update(own.attrib)
            own.addnext(other)


def _lines(file: WordDocument, accent: str) -> None:
    """Add a line next to quotes, none below the title; keep a kicker with its heading; align figures right."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Emu, Mm, RGBColor

    title, quote = (file.styles[name].element.pPr for name in ("Title", "Quote"))
    title.remove(title.find(qn("w:pBdr")))
    subtitle = file.styles["Subtitle"].element.pPr
    subtitle.remove(subtitle.find(qn("w:numPr")))
    line = f'<w:left w:val="single" w:sz="12" w:space="8" w:color="{palette.GRID.removeprefix("#")}"/>'
    quote.insert(0, parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"))
    file.styles["Quote"].paragraph_format.left_indent = Mm(4)
    for name in (KICKER, ABOUT, HEAD, BIG, "TOC Heading"):
        file.styles[name].paragraph_format.keep_with_next = True
    file.styles[COVER].font.color.rgb = RGBColor.from_string(accent.removeprefix("#"))
    page = file.sections[0]
    width = Emu((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))
    for name in ("Header", "Footer"):
        form = file.styles[name].paragraph_format
        for element in file.styles[name].element.pPr.findall(qn("w:tabs")):
            file.styles[name].element.pPr.remove(element)
        form.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def _table(style: Any) -> None:
    """Hairlines between rows, a dark line below the head and above a total."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    hair, dark = palette.GRID.removeprefix("#"), palette.TEXT.removeprefix("#")

    def line(side: str, size: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    space = '<w:left w:w="0" w:type="dxa"/><w:right w:w="113" w:type="dxa"/>'  # aligns with the text around the table
    parts = (
        f"<w:tblPr {nsdecls('w')}><w:tblBorders>{line('bottom', 4, hair)}{line('insideH', 4, hair)}</w:tblBorders>"
        f"<w:tblCellMar>{space}</w:tblCellMar></w:tblPr>",
        _part("firstRow", line("bottom", 8, dark)),
        _part("lastRow", line("top", 8, dark)),
    )
    for part in parts:
        style.append(parse_xml(part))


def _part(row: str, line: str) -> str:
    from docx.oxml.ns import nsdecls

    return (
        f'<w:tblStylePr {nsdecls("w")} w:type="{row}"><w:tcPr><w:tcBorders>{line}</w:tcBorders></w:tcPr></w:tblStylePr>'
    )


def _languages(file: WordDocument, language: str) -> None:
    from docx.oxml.ns import qn

    element = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for name in ("val", "bidi"):
        element.set(qn(f"w:{name}"), REGIONS.get(language, language))


REGIONS = {"en": "en-GB", "de": "de-DE"}  # Word checks spelling only for a language with a region


def _current(file: WordDocument) -> None:
    """Set compatibility with Word 2013 and later, so that Word does not show Compatibility Mode."""
    from docx.oxml.ns import qn

    for setting in file.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
