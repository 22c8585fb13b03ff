"""Files that wish us ill, by every way in that is not tested next to its reader: a list of people, a client as a ZIP.

Pictures: `tests/branding/test_picture.py` and `tests/views/test_logos.py`; YAML: `tests/formats/test_hostile_yaml.py`;
JSON: `tests/formats/test_answers.py` and `tests/formats/test_documents.py`.
"""

import hashlib
import io
import json
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.actions import planning
from assessments.formats.problems import ProblemsError
from assessments.handover import archive
from assessments.handover.archive import DOCUMENT, FORMAT, SEALED, SUMS, read_handover
from tests.mailbox import browser_of

EMPTY = json.dumps({"format": FORMAT}).encode()


def archive_of(contents, *, packed=zipfile.ZIP_DEFLATED):
    """An archive whose checksums hold, whatever is in it."""
    file = io.BytesIO()
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents)
    with zipfile.ZipFile(file, "w", packed) as packing:
        for name, content in (*contents, (SUMS, sums.encode())):
            packing.writestr(name, content)
    return file.getvalue()


def broken(content):
    """The same with rubbish where the first file's content is."""
    return content[:60] + b"\xff" * 20 + content[80:]


TRAPS = {
    "bomb": (archive_of([(DOCUMENT, EMPTY), ("reports/a.pdf", b"0" * 3_000)]), "too large"),
    "many files": (archive_of([(DOCUMENT, EMPTY), *((f"{n}", b"") for n in range(60))]), "too large"),
    "deep": (archive_of([(DOCUMENT, b"[" * 900 + b"]" * 900)]), "format is not"),
    "deeper": (archive_of([(DOCUMENT, b"[" * 1_900)]), DOCUMENT),
    "no words": (archive_of([(DOCUMENT, EMPTY), ("banks/a.yaml", b"\xff\xfe\xff")]), "utf-8"),
    "no words either": (archive_of([(DOCUMENT, b"\xff\xff")]), DOCUMENT),
    "a long number": (archive_of([(DOCUMENT, b"9" * 1_900)]), "format is not"),
    "broken lzma": (broken(archive_of([(DOCUMENT, EMPTY * 40)], packed=zipfile.ZIP_LZMA)), "cannot be read"),
    "broken bzip2": (broken(archive_of([(DOCUMENT, EMPTY * 40)], packed=zipfile.ZIP_BZIP2)), "cannot be read"),
    "not a number": (archive_of([(DOCUMENT, b'{"format": NaN}')]), "NaN is not a number"),
    "another file": (archive_of([("../../etc/passwd", b"x")]), "does not hold exactly"),
}


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_of_an_archive_is_a_sentence(name, monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES", 50)
    monkeypatch.setattr(archive, "MOST_IN_ONE", 2_000)
    content, said = TRAPS[name]
    with pytest.raises(ProblemsError, match=said):
        read_handover(io.BytesIO(content), name="client.zip")


@pytest.mark.parametrize(("name", "most"), [("logos/client.png", 2 * 1024 * 1024), ("translations/a.yaml", 4_000_000)])
def test_what_would_be_kept_in_memory_has_a_size_of_its_own(name, most):
    with pytest.raises(ProblemsError, match=f"{name} is too large"):
        read_handover(io.BytesIO(archive_of([(DOCUMENT, EMPTY), (name, b"0" * (most + 1))])), name="client.zip")


@pytest.mark.parametrize(("name", "most"), [(DOCUMENT, "1.0 MB"), (SEALED, "1.3 MB")])
def test_a_document_that_would_fill_the_memory_is_a_sentence(name, most, monkeypatch):
    monkeypatch.setattr(archive, "MOST_DOCUMENT", 1_000_000)
    content = archive_of([(name, b" " * 1_500_000)])
    with pytest.raises(ProblemsError, match=f"{name} has 1.5 MB, and at most {most} are read"):
        read_handover(io.BytesIO(content), name="client.zip", key="k" if name == SEALED else "")


def test_an_archive_that_lies_about_its_size_is_refused():
    honest = archive_of([(DOCUMENT, EMPTY), ("reports/a.pdf", b"0" * 5_000)])
    lying = honest.replace((5_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(ProblemsError, match=r"cannot be read|changed"):
        read_handover(io.BytesIO(lying), name="client.zip")


def workbook():
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["=1+1", "erin@northfield.example"])
    book.save(file)
    return file.getvalue()


PEOPLE = {
    "a workbook": workbook(),
    "a bomb": archive_of([("a", b"0" * 10_000_000)]),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "one endless cell": b"x" * 150_000,
    "a quote that never ends": b'"' + b"erin@northfield.example\n" * 7_000,
    "nothing but nulls": b"\0" * 10_000,
    "half of UTF-16": b"\xff\xfe\x00",
    "half a character": b"\xff\xfe\x00\xd8\x00\xd8",
    "too large": b"x" * 250_000,
    "formulas": b"email,name\n=1+1,=cmd|' /C calc'!A0\n",
    "a page": b"<script>alert(1)</script>",
}


@pytest.fixture
def people_page(northfield, alice, version):
    draft = planning.begin(organisation=northfield, bank_version=version, by=alice, name="Q1")
    return browser_of(alice), draft, f"/assessments/{draft.pk}/prepare/people/"


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_no_list_of_people_is_a_sentence(name, people_page):
    browser, draft, address = people_page
    before = draft.participants.count()
    response = browser.post(address, {"people": "", "file": SimpleUploadedFile("people.csv", PEOPLE[name])})
    assert response.status_code in (200, 422)
    assert "<script>alert" not in response.content.decode()
    assert "will be added to the list" not in response.content.decode()
    assert draft.participants.count() == before


def test_a_cell_without_end_says_so(people_page):
    browser, _draft, address = people_page
    sent = {"people": "", "file": SimpleUploadedFile("people.csv", PEOPLE["one endless cell"])}
    assert "a cell does not end" in browser.post(address, sent).content.decode()
