"""A consultancy's own Word template: what is found in it by name, its placeholders, and the styles that it lacks."""

from __future__ import annotations

import copy
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from assessments.branding.office import Found, TemplateError, checked_template, damaged
from assessments.csv_safety import CONTROLS
from assessments.sentences import gettext as _

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

REPORT = "report"  # where the contents go, in a paragraph of its own
MIN_ACROSS = 60.0  # mm
COVER_NAMES = ("organisation", "assessment", "model", "period", "prepared_by")
PLACEHOLDER = re.compile(r"\{\{ ?(\w{1,40}) ?\}\}")
HEADINGS = ("Title", "Heading 1", "Heading 2", "Heading 3", "Normal", "List Bullet", "List Number", "Quote")


def opened_template(content: bytes) -> WordDocument:
    """Open a .docx or .dotx file. Raises TemplateError."""
    from docx import Document

    try:
        file = Document(BytesIO(checked_template(content, "docx")))
        rooms = [across(page) for page in file.sections]
        usable = all(room > MIN_ACROSS for room in rooms) and "Normal" in {style.name for style in file.styles}
    except TemplateError:
        raise
    except Exception as broken:  # a damaged file can raise anything in the library
        raise TemplateError(damaged("docx")) from broken
    if not usable or not rooms:
        raise TemplateError(damaged("docx"))
    return file


def found_in_word(file: WordDocument) -> tuple[Found, ...]:
    """What a report looks for by name, and whether the template has it."""
    names = {name for holder in _holders(file) for name in _names(holder)}
    styles = {style.name for style in file.styles}
    looked_for = [
        Found(_("Placeholder %(name)s") % {"name": f"{{{{{n}}}}}"}, n in names) for n in (*COVER_NAMES, REPORT)
    ]
    looked_for.append(Found(_("Header or footer"), has_running_lines(file)))
    return (*looked_for, *(Found(_("Style “%(name)s”") % {"name": name}, name in styles) for name in HEADINGS))


def has_cover(file: WordDocument) -> bool:
    """Whether it names the client itself, so that ours would be a second cover."""
    return COVER_NAMES[0] in set(_names(file.element.body))


def has_running_lines(file: WordDocument) -> bool:
    holders = (holder for page in file.sections for holder in (page.header, page.footer))
    return any(text.text for holder in holders for text in _texts(holder._element))


def fill(file: WordDocument, values: Mapping[str, str]) -> None:
    """Replace each placeholder by its value, keeping the format of its first letter. Unknown ones stay. A value that
    looks like a placeholder is no longer one."""
    plain = {name: value.translate(CONTROLS).replace("{{", "{\u2060{") for name, value in values.items()}
    for holder in _holders(file):
        for paragraph in list(holder.iter(_w("p"))):
            _fill_paragraph(paragraph, plain)


def cut_at_report(file: WordDocument) -> tuple[Any, list[Any]]:
    """Cut the body where the contents go, or at its end: the section that they are in, and what follows them."""
    body = file.element.body
    if not _texts(body) and not any(True for _drawing in body.iter(_w("drawing"), _w("pict"), _w("sdt"))):
        _remove(body.findall(_w("p")))
    place = next((block for block in body.iterchildren(_w("p")) if _is_report(block)), None)
    if place is None:
        return file.sections[-1], []
    before = sum(len(block.findall(f".//{_w('sectPr')}")) for block in place.itersiblings(preceding=True))
    section, after = file.sections[before], [each for each in place.itersiblings() if each.tag != _w("sectPr")]
    _remove([place, *after])
    return section, after


def across(page: Any) -> float:
    """The mm between the margins of a section; of A4 where it does not say."""
    from docx.shared import Mm

    margins = [Mm(20) if margin is None else margin for margin in (page.left_margin, page.right_margin)]
    return float((page.page_width or Mm(210)) - sum(margins)) / Mm(1)


def _remove(elements: list[Any]) -> None:
    for element in elements:
        element.getparent().remove(element)


def add_missing_styles(file: WordDocument, ours: WordDocument) -> None:
    """Add those of our styles that the template lacks, in its typeface."""
    have = {style.name: style.style_id for style in file.styles}
    names = {style.style_id: style.name for style in ours.styles}
    for style in ours.styles:
        if style.name in have:
            continue
        element = copy.deepcopy(style.element)
        own = f"{style.style_id}Report"
        element.set(_w("styleId"), own)
        element.attrib.pop(_w("default"), None)
        for tag in ("basedOn", "next", "link"):
            for related in element.findall(_w(tag)):
                known = have.get(names.get(related.get(_w("val")), ""))
                related.set(_w("val"), known) if known else element.remove(related)
        for fonts in list(element.iter(_w("rFonts"))):
            fonts.getparent().remove(fonts)
        _copy_list(element, file, ours)
        file.styles.element.append(element)
        have[style.name] = own


def _copy_list(style: Any, file: WordDocument, ours: WordDocument) -> None:
    """Bullets and numbers are definitions outside a style; without a place for them the style is without either."""
    number = style.find(f"{_w('pPr')}/{_w('numPr')}/{_w('numId')}")
    if number is None:
        return
    theirs, source = _numbering(file), _numbering(ours)
    if theirs is None or source is None:
        style.find(_w("pPr")).remove(number.getparent())
        return
    used = next(each for each in source.findall(_w("num")) if each.get(_w("numId")) == number.get(_w("val")))
    kind = used.find(_w("abstractNumId")).get(_w("val"))
    shape = next(each for each in source.findall(_w("abstractNum")) if each.get(_w("abstractNumId")) == kind)
    ids = [int(each.get(_w(name))) for each in theirs for name in ("numId", "abstractNumId") if each.get(_w(name))]
    free = str(max(ids, default=0) + 1)
    shape, used = copy.deepcopy(shape), copy.deepcopy(used)
    shape.set(_w("abstractNumId"), free)
    used.set(_w("numId"), free)
    used.find(_w("abstractNumId")).set(_w("val"), free)
    number.set(_w("val"), free)
    theirs.insert(0, shape)
    theirs.append(used)


def _numbering(file: WordDocument) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE as RT

    related = (rel for rel in file.part.rels.values() if rel.reltype == RT.NUMBERING)
    return next((rel.target_part.element for rel in related), None)


def _holders(file: WordDocument) -> Iterator[Any]:
    """The body, and every header and footer that has words of its own."""
    yield file.element.body
    for page in file.sections:
        for holder in (
            *(page.header, page.footer, page.first_page_header, page.first_page_footer),
            *(page.even_page_header, page.even_page_footer),
        ):
            if not holder.is_linked_to_previous:
                yield holder._element


def _names(holder: Any) -> Iterator[str]:
    for paragraph in holder.iter(_w("p")):
        yield from PLACEHOLDER.findall("".join(text.text or "" for text in _texts(paragraph)))


def _is_report(paragraph: Any) -> bool:
    whole = PLACEHOLDER.fullmatch("".join(text.text or "" for text in _texts(paragraph)).strip())
    return whole is not None and whole[1] == REPORT


def _fill_paragraph(paragraph: Any, values: Mapping[str, str]) -> None:
    texts = _texts(paragraph)
    words = [text.text or "" for text in texts]
    begins = [0, *accumulate(map(len, words))]
    for match in reversed(list(PLACEHOLDER.finditer("".join(words)))):
        if match[1] in values:
            first, last = bisect_right(begins, match.start()) - 1, bisect_left(begins, match.end())
            for text, at in zip(texts[first:last], begins[first:last], strict=True):
                _replace(text, match.start() - at, match.end() - at, values[match[1]])


def _replace(text: Any, start: int, end: int, value: str) -> None:
    """Word may have split a placeholder into several runs: the first takes the value, the others lose their part."""
    words = text.text or ""
    text.text = f"{words[: max(start, 0)]}{value if start >= 0 else ''}{words[end:]}"
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _texts(holder: Any) -> list[Any]:
    return list(holder.iter(_w("t")))


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
