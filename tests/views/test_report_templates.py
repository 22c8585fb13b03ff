"""A consultancy's own templates: who may send one in, what is said of it, and the files that are then written on it."""

import html
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from docx import Document
from pptx import Presentation
from pptx.util import Inches

from assessments.models import AuditEvent, Consultancy, ReportTemplate
from assessments.reports import templates
from assessments.reports.files import formats
from tests.actions.test_exports import own_storage, queue, run  # noqa: F401 - fixtures
from tests.mailbox import browser_of
from tests.views.test_logos import dana, hart  # noqa: F401 - fixtures
from tests.views.test_results import finished

KINDS = {"slides": "pptx", "word": "docx"}


def own(kind):
    content = io.BytesIO()
    if kind == "word":
        file = Document()
        file.add_paragraph("Written for {{organisation}}")
    else:
        file = Presentation()
        file.slide_width = Inches(12.5)
    file.save(content)
    return content.getvalue()


def at(firm, part):
    return f"/consultancies/{firm.pk}/templates/{part}"


def send(browser, firm, kind, content=None, name="Board (2).potx"):
    file = SimpleUploadedFile(name, own(kind) if content is None else content)
    return browser.post(at(firm, f"{kind}/"), {"file": file})


def said(answer):
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_saved_shown_replaced_and_removed(kind, hart, dana):  # noqa: F811
    for name in ("Board.potx", "Board 2.potx"):
        assert send(dana, hart, kind, name=name).status_code == 302
    row = ReportTemplate.objects.get()
    assert (row.kind, row.name, row.size) == (KINDS[kind], "Board 2.potx", len(own(kind)))
    page = said(dana.get(at(hart, f"{kind}/")))
    for words in ("Board 2.potx", "What was found", "Found", "Missing: done without it"):
        assert words in page
    assert dana.post(at(hart, f"{kind}/"), {"remove": ""}).status_code == 302
    assert not ReportTemplate.objects.exists()
    assert "What was found" not in said(dana.get(at(hart, f"{kind}/")))
    verbs = AuditEvent.objects.filter(object_id=str(hart.pk)).values_list("verb", flat=True)
    assert sorted(verbs) == ["template changed", "template changed", "template removed"]


def test_samples_are_written_on_the_template(hart, dana):  # noqa: F811
    assert dana.get(at(hart, "sample.pptx")).status_code == 404
    send(dana, hart, "slides")
    send(dana, hart, "word")
    slides = Presentation(io.BytesIO(dana.get(at(hart, "sample.pptx")).content))
    assert slides.slide_width == Inches(12.5)
    word = Document(io.BytesIO(dana.get(at(hart, "sample.docx")).content))
    assert word.paragraphs[0].text == "Written for Northfield"


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("slides", b"", "empty"),
        ("slides", b"%PDF", "damaged"),
        ("slides", own("word"), "not a PowerPoint file"),
        ("word", own("slides"), "not a Word file"),
    ],
)
def test_what_is_refused_leaves_the_old_one(kind, content, reason, hart, dana):  # noqa: F811
    send(dana, hart, kind)
    answer = send(dana, hart, kind, content)
    assert answer.status_code == 400
    assert reason in said(answer)
    assert bytes(ReportTemplate.objects.get().content)[:2] == b"PK"


def test_a_file_that_passes_every_check_and_breaks_the_writer_is_refused(hart, dana, monkeypatch):  # noqa: F811
    def broken(*_):
        raise AttributeError("x")

    monkeypatch.setattr(templates, "_written", broken)
    answer = send(dana, hart, "word")
    assert "cannot be written on this template" in said(answer)
    assert not ReportTemplate.objects.exists()


def test_nobody_else_learns_that_there_is_one(hart, dana, alice, bob, charlie):  # noqa: F811
    send(dana, hart, "word")
    Consultancy.objects.create(name="Other").consultants.add(charlie)
    for user in (alice, bob, charlie):
        for part in ("slides/", "word/", "sample.pptx", "sample.docx"):
            assert browser_of(user).get(at(hart, part)).status_code == 404
        assert send(browser_of(user), hart, "word").status_code == 404
        assert browser_of(user).post(at(hart, "word/"), {"remove": ""}).status_code == 404
    assert ReportTemplate.objects.count() == 1


def test_reports_of_its_clients_are_written_on_them(hart, dana, assessment, alice):  # noqa: F811
    finished(assessment, alice)
    address = f"/assessments/{assessment.pk}/result/report"
    before = Document(io.BytesIO(browser_of(alice).get(f"{address}.docx").content)).paragraphs[0].text
    for kind in KINDS:
        send(dana, hart, kind)
    browser = browser_of(alice)
    assert before != "Written for Northfield"
    assert Document(io.BytesIO(browser.get(f"{address}.docx").content)).paragraphs[0].text == "Written for Northfield"
    assert Presentation(io.BytesIO(browser.get(f"{address}.pptx").content)).slide_width == Inches(12.5)
    narrow = Presentation(io.BytesIO(browser.get(f"{address}.pptx?slides=4:3").content))
    assert narrow.slide_width == Inches(10)


def on_templates(word, slides):
    assert Document(word).paragraphs[0].text == "Written for Northfield"
    assert Presentation(slides).slide_width == Inches(12.5)


def test_the_shell_and_exports_of_every_format_are_written_on_them(
    hart, dana, assessment, alice, tmp_path, queue, django_capture_on_commit_callbacks,  # noqa: F811
):  # fmt: skip
    finished(assessment, alice)
    for kind in KINDS:
        send(dana, hart, kind)
    for ending in KINDS.values():
        call_command("export_report", str(assessment.pk), "--output", str(tmp_path / f"shell.{ending}"))
    on_templates(tmp_path / "shell.docx", tmp_path / "shell.pptx")
    browser, types = browser_of(alice), [each.ending for each in formats()]
    with django_capture_on_commit_callbacks(execute=True):
        address = browser.post("/exports/new/", {"rounds": assessment.pk, "types": types})["Location"]
    run(queue)
    with zipfile.ZipFile(io.BytesIO(b"".join(browser.get(f"{address}reports.zip").streaming_content))) as archive:
        files = {name.rpartition(".")[2]: io.BytesIO(archive.read(name)) for name in archive.namelist()}
    assert set(files) == set(types)
    on_templates(files["docx"], files["pptx"])


def test_a_template_that_can_no_longer_be_used_gives_way_to_our_layout(hart, assessment, alice):  # noqa: F811
    finished(assessment, alice)
    ReportTemplate.objects.create(consultancy=hart, kind="docx", name="x", content=b"no", size=2)
    answer = browser_of(alice).get(f"/assessments/{assessment.pk}/result/report.docx")
    assert "Northfield" in {each.text for each in Document(io.BytesIO(answer.content)).paragraphs}
