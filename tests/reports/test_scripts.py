"""Other scripts: by packaged typefaces, by one of the system, or named as missing; never a silent box."""

import logging
from io import BytesIO

import page as pdfua
from pypdf import PdfReader

from assessments.reports.pdf import worker as pdf_worker
from assessments.reports.pdf.report import codes, rendered_report, report_request
from tests.reports.examples import report

ARABIC = "تحدثنا عن هذا لمدة عام، والثِّقَةُ مهمة"
HEBREW = "דיברנו על זה במשך שנה ואף אחד לא כתב מי מחליט"
UNKNOWN = "\U000f1234"


def printed(*comments, **fields):
    return rendered_report(report(comments={"ethics-bias": comments}, **fields))


def fonts(data):
    pages = PdfReader(BytesIO(data)).pages
    found = {str(font.get_object()["/BaseFont"]) for page in pages for font in page["/Resources"]["/Font"].values()}
    return {name.partition("+")[2].replace("-", " ") for name in found}


def set_again(found, comment):
    """The markup with which the file was set in the end, as its identifier proves."""
    again = report(comments={"ethics-bias": (comment,)})
    sheet = report_request(again, engine=pdf_worker.engine(), missing=found.missing, borrowed=found.borrowed)
    assert bytes(PdfReader(BytesIO(found.pdf)).trailer["/ID"][0].original_bytes) == sheet.identifier.encode()
    return sheet.html


def test_arabic_and_hebrew_come_with_the_product():
    found = printed(ARABIC, HEBREW)
    assert (found.missing, found.borrowed) == ((), ())
    assert any("IBM Plex Sans Arabic" in name for name in fonts(found.pdf))
    assert any("Assistant" in name for name in fonts(found.pdf))
    assert pdfua.validate_pdf_bytes(found.pdf, profile="ua1").failures == []


def test_their_typefaces_stay_out_of_other_reports():
    assert not any("Arabic" in name or "Assistant" in name for name in fonts(printed("Plain words.").pdf))


def test_report_in_arabic_is_accessible():
    found = printed(ARABIC, language="ar", organisation="شركة الشمال")
    assert pdfua.validate_pdf_bytes(found.pdf, profile="ua1").failures == []
    assert PdfReader(BytesIO(found.pdf)).trailer["/Root"]["/Lang"] == "ar"


def test_missing_letter_is_named_on_the_last_page_and_in_the_log(caplog):
    with caplog.at_level(logging.WARNING, logger="assessments.reports.pdf"):
        found = printed(f"a {UNKNOWN} b")
    assert found.missing == (UNKNOWN,)
    assert "U+F1234" in caplog.text
    assert "No installed font has U+F1234: an empty box" in set_again(found, f"a {UNKNOWN} b")


def test_letter_of_a_typeface_of_this_machine_is_named():
    found = printed("\u2ba0 \u2801")
    html = set_again(found, "\u2ba0 \u2801")
    assert not found.borrowed or f"this machine’s {', '.join(found.borrowed)}" in html
    assert found.borrowed or found.missing


def test_codes_are_counted_after_twelve():
    assert codes(("a", "b")) == "U+0061, U+0062"
    assert codes(tuple("abcdefghijklmno")).endswith("U+006C and 3 more")
