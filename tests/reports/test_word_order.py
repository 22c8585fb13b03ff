"""Word refuses a file whose elements stand in another order than its schema's; python-docx reads any order."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from assessments.reports.word import report_docx
from tests.reports import brands
from tests.reports.examples import report

# ECMA-376, Part 1, Annex A: the properties that a report may use, in the order of the schema
ORDER = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi snapToGrid spacing ind contextualSpacing jc textDirection outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs caps strike color spacing kern sz szCs highlight u shd vertAlign rtl cs lang",
    "w:tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "w:tbl": "tblPr tblGrid tr",
    "w:tc": "tcPr p tbl",
    "w:tr": "trPr tc",
    "w:sectPr": "headerReference footerReference type pgSz pgMar cols titlePg bidi docGrid",
}
CASES = {
    "plain": {},
    "on Letter": {"paper": "Letter"},
    "right to left, in somebody's name": {
        "language": "ar",
        "organisation": "شركة الشمال",
        "commentary": (brands.said(text=brands.ARABIC), brands.said("ethics", brands.ARABIC)),
        "brand": brands.brand(),
    },
    "a long commentary": {"commentary": (brands.said(text=brands.LONG),)},
}


def order_of(element, wanted):
    names = [qn(f"w:{name}") for name in wanted.split()]
    found = [child.tag for child in element if child.tag.startswith("{")]
    assert set(found) <= set(names), (element.tag, set(found) - set(names))
    return [names.index(tag) for tag in found]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_elements_stand_in_the_order_of_the_schema(case):
    body = Document(BytesIO(report_docx(report(**case)))).element
    for holder, wanted in ORDER.items():
        for element in body.iter(qn(holder)):
            places = order_of(element, wanted)
            assert places == sorted(places), (holder, [child.tag.rpartition("}")[2] for child in element])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_cells_end_with_a_paragraph_and_pictures_have_numbers_and_files_of_their_own(case):
    data = report_docx(report(**case))
    body = Document(BytesIO(data)).element
    assert all(cell[-1].tag == qn("w:p") for cell in body.iter(qn("w:tc")))
    assert all(sum(map(reach, row.findall(qn("w:tc")))) == len(grid) for grid, row in grids(body))
    names = ZipFile(BytesIO(data)).namelist()
    assert len(names) == len(set(names))
    numbers = [item.get("id") for item in body.iter(qn("wp:docPr"))]
    assert len(numbers) == len(set(numbers))


def reach(cell):
    span = cell.tcPr.find(qn("w:gridSpan"))
    return 1 if span is None else int(span.get(qn("w:val")))


def grids(body):
    for table in body.iter(qn("w:tbl")):
        for row in table.findall(qn("w:tr")):
            yield table.find(qn("w:tblGrid")), row
