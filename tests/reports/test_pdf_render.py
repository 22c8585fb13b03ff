"""The only place that draws: what it fetches, what it embeds, and what it says it could not do."""

import json
import socket
import threading
from io import BytesIO

import pytest
from pypdf import PdfReader

from assessments.reports import weasyprint_patches
from assessments.reports.pdf import render as pdf_render
from assessments.reports.pdf.render import RenderRequest

PLAIN = "<!DOCTYPE html><html lang='en'><head><title>x</title></head><body><h1>x</h1>{}</body></html>"
FAMILY = (
    "@font-face { font-family: 'Source Sans 3'; src: url('appfont:source-sans-3/400') }"
    "html { font-family: 'Source Sans 3' }"
)


def sheet(body, *styles):
    return RenderRequest(html=PLAIN.format(body), styles=(FAMILY, *styles), identifier="ab" * 16)


def test_typefaces_are_served_at_one_weight():
    data = pdf_render.typeface("appfont:source-sans-3/600")
    assert data[:4] == b"\x00\x01\x00\x00"
    assert b"fvar" not in data[:500]


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example/x",
        "file:///etc/passwd",
        "data:text/css,x",
        "appfont:other/400",
        "appfont:source-sans-3",
        "appfont:source-sans-3/400?",
        "appfont:../../etc/passwd",
    ],
)
def test_every_other_address_is_refused(address):
    with pytest.raises(ValueError, match="fetches nothing"):
        pdf_render.own_files_only().fetch(address)


def test_only_the_pictures_of_the_sheet_are_served():
    fetcher = pdf_render.own_files_only({"applogo:client": "AAEC"})
    assert fetcher.fetch("applogo:client").read() == b"\x00\x01\x02"
    for address in ("applogo:consultancy", "data:image/png;base64,AAEC", "file:///etc/passwd"):
        with pytest.raises(ValueError, match="fetches nothing"):
            fetcher.fetch(address)


def test_markup_that_is_not_xml_is_set_all_the_same():
    assert "one" in PdfReader(BytesIO(pdf_render.render(sheet("<p>one<br>two")).pdf)).pages[0].extract_text()


def test_default_style_lacks_what_would_give_every_element_six_styles_more():
    from weasyprint.html import UA

    kept = weasyprint_patches.without_notes(UA)
    assert len([line for line in UA.splitlines() if line.startswith("::")]) == 6
    assert [line for line in kept.splitlines() if line.startswith("::")] == []
    assert sorted(set(UA.splitlines()) - set(kept.splitlines())) == [
        line for line in sorted(UA.splitlines()) if line.startswith("::")
    ]


def test_drawing_keeps_its_alternative_text():
    data = pdf_render.render(sheet('<svg width="9" height="9"><title>A dot</title><circle r="4"/></svg>')).pdf
    assert b"A dot" in b"".join(
        str(item.get_object()).encode()
        for item in (PdfReader(BytesIO(data)).get_object(n) for n in range(1, 40))
        if item is not None
    )


def test_missing_characters_are_named():
    assert pdf_render.render(sheet("<p>a\U0010f123b\U000f1234</p>")).missing == ("\U000f1234", "\U0010f123")


def test_typeface_of_the_system_is_named():
    assert pdf_render.render(sheet("<p>plain</p>")).borrowed == ()
    assert pdf_render.render(sheet("<p>\u2ba0\u2801</p>")).borrowed != ()


def test_server_answers_sheets_until_the_wire_closes(monkeypatch):
    monkeypatch.setattr(pdf_render.os, "nice", lambda step: 0)
    ours, theirs = socket.socketpair()
    serving = threading.Thread(target=pdf_render.serve, args=[theirs])
    serving.start()
    stream = ours.makefile("rwb")
    assert "WeasyPrint" in json.loads(stream.readline())["engine"]
    for _ in range(2):
        stream.write(json.dumps({"html": PLAIN.format("<p>x</p>"), "styles": [], "identifier": "x"}).encode() + b"\n")
        stream.flush()
        facts = json.loads(stream.readline())
        assert stream.read(facts["size"]).startswith(b"%PDF")
    stream.close()
    ours.close()
    serving.join(10)
    assert not serving.is_alive()
