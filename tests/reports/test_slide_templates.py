"""A consultancy's own template for slides: what is found by name, and slides on it."""

from io import BytesIO

import pytest
from pptx import Presentation
from pptx.util import Inches

from assessments.reports.slides.deck import report_pptx
from assessments.reports.slides.template import found_in, template_base
from tests.branding.archives import changed
from tests.reports import cases

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
    assert len(titles) == 10
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
    assert len(deck_on(changed(template(), swap=[(TYPES, *kind)])).slides) == 10


def test_the_same_template_gives_the_same_bytes():
    first, again = (report_pptx(cases.typical(), base=template_base(template())) for _ in range(2))
    assert first == again
