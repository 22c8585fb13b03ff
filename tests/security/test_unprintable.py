"""Characters that nobody sees: none is stored from a form, and what is stored already breaks no file."""

import dataclasses
import io
import xml.etree.ElementTree as ET
import zipfile

from assessments.charts.radar import radar_svg
from assessments.reports.files import result_csv, result_json
from assessments.reports.pdf.report import report_html
from assessments.reports.word import report_docx
from assessments.reports.workbook import workbook
from tests.charts import northfield
from tests.reports.examples import report, shown

ODD = "\x00\x07\x0b\x0c\x1b\x1f\ud83d\ufffe\uffff"


def test_what_is_plain_is_left_as_it_is(client, alice):
    client.force_login(alice)
    sent = {"text": ["a\r\nb", "\u2028", "\x00", "x\x07"]}
    request = client.post("/language", {"language": "en", "next": "/", **sent}).wsgi_request
    assert request.POST.getlist("text") == ["a\r\nb", "\u2028", "\x00", "x"]


def poisoned(value):
    """The same with an unseen character in each text that people write, not in keys."""
    if isinstance(value, str):
        return f"{value} {ODD}"
    if dataclasses.is_dataclass(value):
        names = {field.name for field in dataclasses.fields(value)} & {
            *("title", "about", "source", "name", "short", "group", "summary", "text", "help", "error", "action"),
            *("owner", "levels", "pillars", "questions", "anchors", "next_steps", "essential_reason"),
        }
        return dataclasses.replace(value, **{name: poisoned(getattr(value, name)) for name in names})
    if isinstance(value, tuple):
        return tuple(map(poisoned, value))
    if isinstance(value, dict):
        return {key: poisoned(each) for key, each in value.items()}
    return value


def test_every_file_of_a_bank_with_unseen_characters_is_whole():
    bank = poisoned(northfield.bank())
    said = {"ethics-bias": (f"A comment {ODD}",)}
    docx = report_docx(report(bank=bank, organisation=f"North{ODD}", assessment_name=f"Q4{ODD}", comments=said))
    for content in (docx, workbook(shown(bank=bank))):
        archive = zipfile.ZipFile(io.BytesIO(content))
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".svg")):
                ET.fromstring(archive.read(name))
    for content in (result_csv(shown(bank=bank)), result_json(shown(bank=bank))):
        assert content.decode()
    html = report_html(report(bank=bank, comments=said))
    assert "<svg" in html


def test_a_drawing_of_such_a_bank_is_well_formed():
    drawn = radar_svg(northfield.view(of=poisoned(northfield.bank())))
    ET.fromstring(str(drawn))
    assert not set(ODD) & set(str(drawn))
