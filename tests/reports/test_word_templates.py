"""A consultancy's own Word template: what is found by name, and the report in it."""

import copy
from io import BytesIO
from time import process_time

import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt

from assessments.branding.office import TemplateError
from assessments.reports.word import report_docx
from assessments.reports.word_template import fill, found_in_word, opened_template
from tests.branding.archives import changed
from tests.reports import cases
from tests.reports.examples import report


def saved(file):
    content = BytesIO()
    file.save(content)
    return content.getvalue()


def own():
    """A cover, the place of the contents and a last page, with margins of 40 mm and styles of its own."""
    file = Document()
    file.sections[0].left_margin = file.sections[0].right_margin = Mm(40)
    file.styles["Heading 1"].font.size = Pt(23)
    cover = file.add_paragraph("For ")
    for piece in ("{{organ", "isation", "}} and its board"):  # as Word splits what is corrected while typing
        cover.add_run(piece)
    file.add_paragraph("{{ assessment }}, {{period}}, {{unknown}}")
    file.add_paragraph("{{report}}")
    file.add_section(WD_SECTION.NEW_PAGE).left_margin = Mm(20)
    file.add_paragraph("About {{organisation}} and us")
    file.sections[0].header.paragraphs[0].text = "Hart for {{organisation}}"
    return file


def written(content, shown=None):
    data = report_docx(shown or cases.typical(), template=opened_template(content))
    return Document(BytesIO(data))


def words(file):
    return [paragraph.text for paragraph in file.paragraphs]


def test_placeholders_become_names_wherever_they_are_and_unknown_ones_stay():
    file = written(saved(own()))
    assert words(file)[:2] == ["For Northfield and its board", "Q4 2026, 5 October – 2 November 2026, {{unknown}}"]
    assert file.sections[0].header.paragraphs[0].text == "Hart for Northfield"


def test_thousands_of_placeholders_in_one_paragraph_take_no_time():
    """Looking through every run for every placeholder took 17 seconds for 8,000, and hours for what a file can hold."""
    file, values = Document(), {"organisation": "N", "assessment": "Q4"}
    paragraph = file.add_paragraph("{{organisation}}")
    run = paragraph.runs[0]._element
    run.extend([copy.deepcopy(run[0]) for _ in range(20_000)])
    began = process_time()
    fill(file, values)
    assert process_time() - began < 5
    assert paragraph.text == "N" * 20_001


def test_contents_take_the_place_of_their_placeholder_with_the_styles_of_the_template():
    file = written(saved(own()))
    assert "{{report}}" not in words(file)
    assert words(file)[-1] == "About Northfield and us"
    headings = [each for each in file.paragraphs if each.style.name == "Heading 1"]
    assert len(headings) > 8
    assert {each.style.font.size for each in headings} == {Pt(23)}
    assert len(file.sections) == 2


def test_tables_and_pictures_are_as_wide_as_the_page_of_the_template():
    file = written(saved(own()))
    room = (file.sections[0].page_width or 0) - Mm(80)
    assert max(sum(column.width for column in table.columns) for table in file.tables) <= room + Mm(1)
    assert max(shape.width for shape in file.inline_shapes) <= room + Mm(1)


def test_a_template_without_a_cover_gets_ours_and_without_a_place_the_contents_at_its_end():
    file = Document()
    file.add_paragraph("Hart Advisory")
    found = words(written(saved(file)))
    assert found[0] == "Hart Advisory"
    assert "Northfield" in found


def test_an_empty_template_leaves_no_empty_page():
    assert words(written(saved(Document())))[0] != ""


def test_styles_that_a_template_lacks_are_added_with_their_bullets():
    file = Document()
    for name in ("List Bullet", "Quote", "Heading 2"):
        file.styles[name].element.getparent().remove(file.styles[name].element)
    result = written(saved(file))
    bullet = result.styles["List Bullet"].element.pPr.numPr.numId.val
    assert bullet in {each.numId for each in result.part.numbering_part.element.num_lst}
    assert [each for each in result.paragraphs if each.style.name == "Heading 2"]


def test_every_style_is_added_to_a_template_that_has_next_to_none_and_no_numbering():
    file = Document()
    for style in list(file.styles):
        if style.name not in ("Normal", "Default Paragraph Font"):
            style.element.getparent().remove(style.element)
    (rel,) = [key for key, each in file.part.rels.items() if each.reltype.endswith("/numbering")]
    file.part.rels.pop(rel)
    result = written(saved(file))
    assert result.styles["List Bullet"].element.pPr.numPr is None
    ids = [style.style_id for style in result.styles]
    assert len(ids) == len(set(ids))
    based = {each.get(each.keys()[0]) for each in result.styles.element.findall(".//{*}basedOn")}
    assert based <= set(ids)


def test_what_is_found_and_what_is_missing_is_told():
    found = {each.name: each.is_there for each in found_in_word(opened_template(saved(own())))}
    assert found["Placeholder {{organisation}}"]
    assert found["Placeholder {{report}}"]
    assert not found["Placeholder {{prepared_by}}"]
    assert found["Header or footer"]
    assert found["Style “Heading 1”"]


@pytest.mark.parametrize(
    "swap",
    [
        ("word/document.xml", b"<w:body>", b"<w:nobody>"),
        ("word/styles.xml", b'w:name w:val="Normal"', b'w:name w:val="N"'),
        ("word/document.xml", b'w:w="', b'w:w="x'),
    ],
)
def test_a_damaged_template_is_refused_with_a_sentence(swap):
    with pytest.raises(TemplateError, match="damaged"):
        opened_template(changed(saved(Document()), swap=[swap]))


def test_the_same_template_gives_the_same_bytes():
    content = saved(own())
    first, again = (report_docx(cases.typical(), template=opened_template(content)) for _ in range(2))
    assert first == again


def test_a_hostile_name_is_text_and_no_further_placeholder():
    shown = report(organisation="{{report}} <w:p/> \x00 =1+1 {{assessment}}", prepared_by="{{model}}")
    file = written(saved(own()), shown)
    said = words(file)[0].replace("\u2060", "")
    assert said == "For {{report}} <w:p/>  =1+1 {{assessment}} and its board"
