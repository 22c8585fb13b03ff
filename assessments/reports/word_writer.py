"""The parts of a Word document: headings, paragraphs, headers and footers, pictures with alternative text, contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assessments.csv_safety import CONTROLS
from assessments.reports.packed import same_bytes
from assessments.reports.raster import png, title_of
from assessments.reports.word_styles import ACROSS, KICKER, dress
from assessments.reports.word_template import across, add_missing_styles, cut_at_report
from assessments.sentences import direction_in, isolated, pieces

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from assessments.markdown import Direction, Run

type Text = str | None

BETWEEN = 304_800  # between two subjects on one page, in EMU: 24 points
LEAST = 6  # paragraphs or rows on the last page of a subject

INSTRUCTION = r'TOC \o "1-1" \n \h \z \u'


class Writer:
    """Writes one document with the styles of `word_styles`, so that editors can change them in one place."""

    def __init__(
        self, *, letter: bool, language: str, rtl: bool = False, accent: Text = None,
        template: WordDocument | None = None,
    ) -> None:  # fmt: skip
        from docx import Document
        from docx.shared import Mm

        ours: WordDocument = Document()
        page = ours.sections[0]
        page.page_width, page.page_height = (Mm(215.9), Mm(279.4)) if letter else (Mm(210), Mm(297))
        page.left_margin = page.right_margin = Mm(20)
        page.top_margin = page.bottom_margin = Mm(20)
        page.different_first_page_header_footer = True  # no header or footer on the cover
        dress(ours, language, accent)
        self.file, self.rtl, self.scale = template or ours, rtl, 1.0
        self._contents: Any = None
        self._pictures: dict[tuple[str, float], bytes] = {}
        self._after: list[Any] = []  # what a template has after the contents
        if template:
            add_missing_styles(template, ours)
            page, self._after = cut_at_report(template)
            self.scale = across(page) / ACROSS
        self.styles = {style.name: style.style_id for style in self.file.styles}

    def contents(self, title: str) -> None:
        """Add a page with all first-level headings; it is filled in when the document is saved."""
        self.paragraph(title, "TOC Heading", new_page=True)
        self._contents = self.file.add_paragraph()

    def opening(self, kicker: str, title: str, *, new_page: bool = True) -> None:
        """Start a subject, on a new page or `BETWEEN` below the last one: the kicker above the finding."""
        if new_page:
            self.keep_end()
        self.paragraph(kicker, KICKER, new_page=new_page)
        if not new_page:
            self.file.paragraphs[-1].paragraph_format.space_before = BETWEEN
        self.heading(title, 1)

    def keep_end(self) -> None:
        """Keep the last paragraphs and rows together, so that no page is left with a line or two."""
        from docx.oxml.ns import qn

        rows = [row for block in self.file.element.body for row in block.findall(qn("w:tr")) or [block]]
        for row in rows[-LEAST - 1 : -2]:  # the very last is the layout of the page
            for paragraph in row.iter(qn("w:p")):
                paragraph.get_or_add_pPr().keepNext_val = True

    def heading(self, text: str, level: int) -> None:
        heading = self._styled(f"Heading {level}" if level else "Title")
        say(heading, text)
        self.turn(heading)

    def paragraph(self, text: Text, style: str = "Normal", *, bold: Text = None, new_page: bool = False) -> None:
        if not text and not bold:
            return
        paragraph = self._styled(style)
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        if bold:
            say(paragraph, f"{bold} ", bold=True)
        say(paragraph, isolated(text or "") if self.rtl else text or "")
        self.turn(paragraph)

    def _styled(self, style: str) -> Any:
        """A new paragraph; setting its style by name would double the time of the whole document."""
        paragraph = self.file.add_paragraph()
        paragraph._p.style = self.styles[style]
        return paragraph

    def running(self, holder: Any, left: str, right: str, *, pages: str | None = None) -> None:
        """Write a header or footer line; `pages` is the text between the page number and the number of pages."""
        paragraph = holder.paragraphs[0]
        paragraph.text = clean(f"{left}\t{right}")
        if pages is not None:
            _field_of(paragraph, "PAGE")
            paragraph.add_run(pages)
            _field_of(paragraph, "NUMPAGES")
        self.turn(paragraph)

    def words(
        self, runs: Sequence[Run], style: str, *, direction: Direction, mark: str = "", indent: float = 0
    ) -> None:
        """Add one paragraph of a commentary in its own direction, with a list marker; `indent` in mm."""
        paragraph = self._styled(style)
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
        """Add a PNG unchanged, `width` mm wide, on its own line."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        paragraph = self.file.add_paragraph()
        drawn = paragraph.add_run().add_picture(BytesIO(png), width=Mm(width))
        drawn._inline.docPr.set("descr", clean(alt))
        if at_end:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.turn(paragraph)

    def picture(self, svg: str, *, width: float, below: float = 2) -> None:
        """Add a drawing as a picture, `width` mm wide, `below` mm further down, with its title as alternative text."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        paragraph = self.file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Mm(below)
        self.draw(paragraph.add_run(), svg, width * self.scale)

    def save(self, moment: datetime) -> bytes:
        """The document as if written at `moment`, in UTC."""
        if self._contents is not None:
            headings = [each for each in self.file.paragraphs if each._p.style == self.styles["Heading 1"]]
            for entry in _fill_contents(self._contents, headings, self.file.styles["toc 1"]):
                self.turn(entry)
        for block in self._after:
            self.file.element.body._insert_p(block)
        file = BytesIO()
        self.file.core_properties.created = self.file.core_properties.modified = moment
        self.file.save(file)
        return same_bytes(file.getvalue())

    def draw(self, run: Any, svg: str, width: float) -> None:
        from docx.shared import Mm

        key = (str(svg), width)
        if key not in self._pictures:  # the same answers are on two pages, and a head is above every table
            self._pictures[key] = png(svg, width=round(width * 9), across=width * 96 / 25.4)
        drawn = run.add_picture(BytesIO(self._pictures[key]), width=Mm(width))
        drawn._inline.docPr.set("descr", clean(title_of(svg)))

    def turn(self, paragraph: Any) -> None:
        """Set a paragraph from right to left if the document is, or its own words are."""
        if self.rtl or direction_in(paragraph.text, "ltr") == "rtl":
            _from_right(paragraph)


def say(paragraph: Any, text: str, *, bold: bool = False) -> list[Any]:
    """Add a text to a paragraph: its runs. What runs from right to left gets runs of its own, which Word needs to know."""
    runs = []
    for piece, from_right in pieces(clean(text)):
        run = paragraph.add_run(piece)
        if bold:
            run.bold = run.font.cs_bold = True
        if from_right:
            run.font.rtl = True
        runs.append(run)
    return runs


def clean(text: str) -> str:
    """The text without characters that XML forbids."""
    return str(text).translate(CONTROLS)


def _hang(paragraph: Any, mark: str, indent: float) -> None:
    """Indent a paragraph of a list, with a hanging marker on the first of each item."""
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
    """Set right to left. Word rejects files whose paragraph properties are not in the order of the schema."""
    from docx.oxml import OxmlElement

    paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)


def _fill_contents(anchor: Any, headings: Iterable[Any], style: Any) -> list[Any]:
    """Replace the paragraph `anchor` with a table of contents that is linked and that Word can update: its entries. It has
    no page numbers: only Word knows where pages end, and a wrong number is worse than none."""
    places, entries = [(number, heading) for number, heading in enumerate(headings, start=1) if heading.text], []
    for number, heading in places:
        _bookmark(heading, number)
        entry = anchor.insert_paragraph_before(style=style)
        entries.append(entry)
        if number == places[0][0]:
            _field(entry, "begin", INSTRUCTION, "separate")
        _link(entry, f"_Toc{number:08}", heading.text)
        if number == places[-1][0]:
            _field(entry, "end")
    anchor._p.getparent().remove(anchor._p)
    return entries


def _field_of(paragraph: Any, instruction: str) -> None:
    """A field that Word works out by itself whenever it lays out a page: PAGE, NUMPAGES."""
    _field(paragraph, "begin", instruction, "separate")
    paragraph.add_run("1")
    _field(paragraph, "end")


def _field(paragraph: Any, *parts: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for part in parts:
        run = paragraph.add_run()
        if part in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), part)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" {part} "
        run._r.append(mark)


def _bookmark(heading: Any, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"_Toc{number:08}")
    heading.runs[0]._r.addprevious(start)
    heading._p.append(end)


def _link(paragraph: Any, place: str, text: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), place)
    link.set(qn("w:history"), "1")
    run = paragraph.add_run(text)
    link.append(run._r)
    paragraph._p.append(link)
