"""What is taken, by content alone, and what is refused with a sentence: pages, archives, bombs, two types at once."""

import io

import pytest

from assessments.uploads import kinds
from assessments.uploads.kinds import UploadError, kind_of
from tests.uploads.files import EICAR, HTML, PDF, SVG, archive, bomb, odf, office, picture

TAKEN = {
    "pdf": PDF,
    "docx": office(),
    "xlsx": office("xl"),
    "pptx": office("ppt"),
    "odt": odf(),
    "ods": odf("spreadsheet"),
    "odp": odf("presentation"),
    "png": picture(),
    "jpeg": picture("JPEG"),
    "webp": picture("WEBP"),
    "txt": b"Beschluss des Vorstands, 3 < 5\n",
}
REFUSED = {
    "a page": HTML,
    "a page behind spaces": b"\n" * 500 + HTML,
    "a page of UTF-16": HTML.decode().encode("utf-16"),
    "a drawing with a script": SVG,
    "XML": b"<?xml version='1.0'?><x/>",
    "a page as PDF": b"%PDF-1.7\n" + HTML + b"\n%%EOF",
    "PDF and archive": PDF + archive(("a", b"b")),
    "PDF behind a page": HTML + PDF,
    "half a PDF": PDF[:30],
    "picture and archive": picture() + archive(("a", b"b")),
    "picture with a script": picture("JPEG", comment=b"<script>alert(1)</script>"),
    "picture with a PDF": picture("JPEG", comment=PDF),
    "archive and PDF": archive(("a", PDF), packed=0),
    "a picture cut off": picture()[:40],
    "an archive": archive(("a.txt", b"words")),
    "a bomb": bomb(),
    "macros": office("word", ("word/vbaProject.bin", b"x")),
    "document in a program": b"MZ" + b"\0" * 100 + office(),
    "a program": b"\x7fELF" + b"\0" * 100,
    "an animation": b"GIF89a" + b"\0" * 20,
    "text with NUL": b"words\0words",
    "text of no code": b"caf\xe9 \xff\xff",
    "half an archive": office()[:-30],
    "Java": b"\xca\xfe\xba\xbe" + b"\0" * 20,
}


@pytest.mark.parametrize("kind", TAKEN)
def test_the_content_decides(kind):
    assert kind_of(io.BytesIO(TAKEN[kind]), "anything.exe") == kind


def test_a_table_is_text_whose_name_says_so():
    assert kind_of(io.BytesIO(b"a,b\n1,2\n"), "Budget.CSV") == "csv"


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_gets_a_sentence(what):
    with pytest.raises(UploadError) as refused:
        kind_of(io.BytesIO(REFUSED[what]), "minutes.pdf")
    assert str(refused.value).endswith(".")


def test_parts_beyond_number_are_a_bomb(monkeypatch):
    monkeypatch.setattr(kinds, "MAX_PARTS", 1)
    with pytest.raises(UploadError, match="unpacks to more"):
        kind_of(io.BytesIO(office()), "a.docx")


def test_a_virus_in_plain_text_is_for_the_scanner():
    assert kind_of(io.BytesIO(EICAR), "a.txt") == "txt"


@pytest.mark.parametrize("kind", TAKEN)
def test_the_file_is_given_back_at_its_beginning(kind):
    file = io.BytesIO(TAKEN[kind])
    kind_of(file, "a")
    assert file.read() == TAKEN[kind]
