"""The contents of a Word report: a real table of contents, filled in, that a reader can click and an editor renew.

Without page numbers: only Word knows where its pages end, and a wrong number is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

INSTRUCTION = r'TOC \o "1-1" \n \h \z \u'


def fill(anchor: Any, headings: Iterable[Any], style: Any) -> None:
    """An entry for each heading before the paragraph `anchor`, which goes."""
    places = [(number, heading) for number, heading in enumerate(headings, start=1) if heading.text]
    for number, heading in places:
        _bookmark(heading, number)
        entry = anchor.insert_paragraph_before(style=style)
        if number == places[0][0]:
            _field(entry, "begin", INSTRUCTION, "separate")
        _link(entry, f"_Toc{number:08}", heading.text)
        if number == places[-1][0]:
            _field(entry, "end")
    anchor._p.getparent().remove(anchor._p)


def field(paragraph: Any, instruction: str) -> None:
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
