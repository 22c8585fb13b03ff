"""A consultancy's own template: what is found by name, slides on it, and files that are refused with a sentence."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from pptx import Presentation
from pptx.util import Inches

from assessments.reports.slides.deck import report_pptx
from assessments.reports.slides.template import TemplateError, found_in, template_base
from tests.reports import cases

RELS = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
TYPES = "[Content_Types].xml"


def template(*, slides=1, wide=True):
    """The library's own file as a foreign one, with a slide to show itself."""
    file = Presentation()
    if wide:
        file.slide_width = Inches(13.333)
    for _ in range(slides):
        file.slides.add_slide(file.slide_layouts[1]).shapes.title.text = "Your title here"
    content = BytesIO()
    file.save(content)
    return content.getvalue()


def changed(content, more=(), swap=()):
    """The archive with more parts, and with words of a part swapped."""
    written = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for where, before, after in swap:
                part = part.replace(before, after) if where == name else part
            new.writestr(name, part)
        for name, part in more:
            new.writestr(name, part)
    return written.getvalue()


def link(kind):
    target = f'<Relationship Id="rId99" Type="http://x/{kind}" Target="http://canary.example/x" TargetMode="External"/>'
    return changed(template(), swap=[(RELS, b"</Relationships>", target.encode() + b"</Relationships>")])


def macros():
    kind = b"presentationml.presentation.main+xml", b"presentationml.presentation.macroEnabled.main+xml"
    return changed(template(), swap=[(TYPES, *kind)])


def renamed():
    content = BytesIO()
    Document().save(content)
    return content.getvalue()


def bomb():
    return changed(template(), more=[(f"ppt/media/{n}.png", b"\0" * 30_000_000) for n in range(4)])


def entities():
    swap = (RELS, b"<Relationships", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Relationships')
    return changed(template(), swap=[swap])


def encrypted():
    content = bytearray(template())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


REFUSED = {
    "nothing": (lambda: b"", "damaged"),
    "text": (lambda: b"PK but not an archive", "damaged"),
    "half": (lambda: template()[:9_000], "damaged"),
    "no presentation": (lambda: changed(template(), swap=[("ppt/presentation.xml", b"<p:", b"<q:")]), "damaged"),
    "entities": (entities, "damaged"),
    "huge": (lambda: b"PK\x03\x04" + b"\0" * 10_000_001, "larger than 10 MB"),
    "bomb": (bomb, "unpacks to more"),
    "many parts": (lambda: changed(template(), more=[(f"x/{n}", b"") for n in range(2_001)]), "unpacks to more"),
    "a Word document": (renamed, "not a PowerPoint file"),
    "an old file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000, "password-protected"),
    "encrypted": (encrypted, "password-protected"),
    "macros": (macros, "has macros"),
    "a macro": (lambda: changed(template(), more=[("ppt/vbaProject.bin", b"x")]), "has macros"),
    "an object": (lambda: changed(template(), more=[("ppt/embeddings/oleObject1.bin", b"x")]), "embedded objects"),
    "a workbook": (lambda: changed(template(), more=[("ppt/embeddings/a.xlsx", b"x")]), "embedded objects"),
    "a control": (lambda: changed(template(), more=[("ppt/activeX/activeX1.xml", b"<x/>")]), "embedded objects"),
    "a link": (lambda: link("hyperlink"), "links to something outside"),
    "a linked picture": (lambda: link("image"), "links to something outside"),
    "a remote template": (lambda: link("attachedTemplate"), "links to something outside"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_template_is_refused_with_a_sentence(name):
    made, sentence = REFUSED[name]
    with pytest.raises(TemplateError, match=sentence):
        template_base(made())


def test_what_is_found_and_what_is_missing_is_told():
    found = {each.name: each.is_there for each in found_in(template_base(template()))}
    assert found.pop("Placeholder “Content”, where charts and tables go") is False
    assert found
    assert all(found.values())


def deck_on(content):
    return Presentation(BytesIO(report_pptx(cases.typical(), base=template_base(content))))


def test_slides_take_layouts_and_size_of_the_template_and_leave_out_its_own():
    deck = deck_on(template(slides=3))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert "Your title here" not in titles
    assert len(titles) == 9
    assert deck.slide_width == Inches(13.333)
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title Slide", "Title Only"}


@pytest.mark.parametrize("wide", [True, False])
def test_nothing_leaves_the_slides_of_a_foreign_template(wide):
    deck = deck_on(template(wide=wide))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= deck.slide_width + 1
            assert shape.top + shape.height <= deck.slide_height + 1


def test_a_template_file_is_opened_like_a_presentation():
    kind = b"presentationml.presentation.main+xml", b"presentationml.template.main+xml"
    assert len(deck_on(changed(template(), swap=[(TYPES, *kind)])).slides) == 9


def test_the_same_template_gives_the_same_bytes():
    first, again = (report_pptx(cases.typical(), base=template_base(template())) for _ in range(2))
    assert first == again
