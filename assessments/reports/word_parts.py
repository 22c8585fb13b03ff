"""The parts a Word document is built from: headings, paragraphs, tables with repeated heads, pictures with a text."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from assessments.reports.cells import CONTROLS
from assessments.reports.raster import png, title_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell

    from assessments.prose import Direction, Run

type Text = str | None
MUTED = "4B5563"


class Writer:
    """Writes into one document with the styles of Word, so that whoever edits can change them in one place."""

    def __init__(self, *, letter: bool, rtl: bool) -> None:
        from docx import Document
        from docx.shared import Mm, Pt

        self.file: WordDocument = Document()
        self.rtl = rtl
        page = self.file.sections[0]
        page.page_width, page.page_height = (Mm(215.9), Mm(279.4)) if letter else (Mm(210), Mm(297))
        page.left_margin = page.right_margin = Mm(20)
        page.top_margin = page.bottom_margin = Mm(22)
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10.5)
        normal.paragraph_format.space_after = Pt(4)

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        paragraph = self.file.add_heading(clean(text), level)
        paragraph.paragraph_format.page_break_before = new_page
        self._turn(paragraph)

    def paragraph(self, text: Text, style: str = "Normal", *, bold: Text = None, colour: Text = None) -> None:
        """`colour` is `#RRGGBB`; without one the style's."""
        if not text and not bold:
            return
        paragraph = self.file.add_paragraph(style=style)
        if bold:
            paragraph.add_run(clean(f"{bold} ")).bold = True
        run = paragraph.add_run(clean(text or ""))
        if colour:
            _colour(run, colour)
        self._turn(paragraph)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[Text]], widths: Sequence[float]) -> None:
        """A table whose head repeats on every page and whose rows do not break; widths in mm. A safe string is a drawing."""
        table = self.file.add_table(rows=1, cols=len(head), style="Light List Accent 1")
        table.autofit = False
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            cell.text = clean(text)
        _mark(table.rows[0]._tr, "w:tblHeader")
        for row in rows:
            line = table.add_row()
            _mark(line._tr, "w:cantSplit")
            for cell, value, width in zip(line.cells, row, widths, strict=True):
                self._fill(cell, value, width)
        self._widen(table, widths)
        self.file.add_paragraph()

    def words(
        self, runs: Sequence[Run], style: str, *, direction: Direction, mark: str = "", indent: float = 0
    ) -> None:
        """One paragraph of a consultant's, in its own direction; `indent` in mm, with the mark in front of it."""
        paragraph = self.file.add_paragraph(style=style)
        if indent:
            _hang(paragraph, mark, indent)
        for part in runs:
            run = paragraph.add_run(clean(part.text))
            run.bold, run.italic = part.strong or None, part.emphasis or None
            if part.is_break:
                run.add_break()
        if direction == "rtl":
            _from_right(paragraph)

    def logo(self, png: bytes, alt: str, *, width: float, at_end: bool) -> None:
        """A PNG as it is, `width` mm wide, on a line of its own."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        paragraph = self.file.add_paragraph()
        drawn = paragraph.add_run().add_picture(BytesIO(png), width=Mm(width))
        drawn._inline.docPr.set("descr", clean(alt))
        if at_end:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._turn(paragraph)

    def picture(self, svg: str, *, width: float) -> None:
        """A drawing as a picture, `width` mm wide, with its own title as the alternative text."""
        self._draw(self.file.add_paragraph().add_run(), svg, width)

    def save(self) -> bytes:
        file = BytesIO()
        self.file.save(file)
        return file.getvalue()

    def _fill(self, cell: _Cell, value: Text, width: float) -> None:
        if isinstance(value, SafeString):  # a drawing of ours: no text that a person wrote is ever marked safe
            self._draw(cell.paragraphs[0].add_run(), value, width - 4)
        else:
            cell.text = clean(value or "")
        self._turn(cell.paragraphs[0])

    def _draw(self, run: Any, svg: str, width: float) -> None:
        from docx.shared import Mm

        drawn = run.add_picture(BytesIO(png(svg, width=round(width * 9), across=width * 96 / 25.4)), width=Mm(width))
        drawn._inline.docPr.set("descr", clean(title_of(svg)))

    def _widen(self, table: Any, widths: Sequence[float]) -> None:
        from docx.shared import Mm

        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)

    def _turn(self, paragraph: Any) -> None:
        if self.rtl:
            _from_right(paragraph)


def clean(text: str) -> str:
    """What XML can hold."""
    return str(text).translate(CONTROLS)


def _colour(run: Any, colour: str) -> None:
    from docx.shared import RGBColor

    run.bold, run.font.color.rgb = True, RGBColor.from_string(colour.removeprefix("#"))


def _hang(paragraph: Any, mark: str, indent: float) -> None:
    """A paragraph of a list, its mark hanging before it, if it is the first of its item."""
    from docx.shared import Mm

    form = paragraph.paragraph_format
    form.left_indent = Mm(indent)
    if mark:
        form.first_line_indent = Mm(-5)
        form.tab_stops.add_tab_stop(Mm(indent))
        paragraph.add_run(f"{mark}\t")


AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
              "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr")  # fmt: skip


def _from_right(paragraph: Any) -> None:
    """Right to left. Word refuses a file whose properties of a paragraph stand in another order than its schema's."""
    from docx.oxml import OxmlElement

    paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)


def _mark(row: Any, name: str) -> None:
    """Switch a property of a row on that python-docx has no word for."""
    from docx.oxml import OxmlElement

    row.get_or_add_trPr().append(OxmlElement(name))
