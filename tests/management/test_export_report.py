from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from docx import Document
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader

from assessments.actions import answering, assessments
from assessments.management.commands import export_report
from assessments.reports.pdf.render import RenderedPdf
from assessments.reports.pdf.worker import PdfUnavailableError


@pytest.fixture
def closed(assessment, submission, bob, alice, version):
    question = version.pillars.first().questions.first()
    given = answering.Given(choice="3", comment="Said in confidence.")
    answering.save_answer(submission=submission, question=question, given=given, revision=0, by=bob)
    answering.submit(submission=submission, by=bob)
    assessments.close(assessment=assessment, by=alice)
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def plain(monkeypatch):
    """The command without the typesetting: what it does with files does not depend on it."""
    monkeypatch.setattr(
        export_report, "render", lambda shown, paper, **_: RenderedPdf(f"%PDF {shown.assessment.pk}".encode(), 1)
    )


def refused(capsys, assessment, output, *options):
    with pytest.raises(SystemExit) as ended:
        call_command("export_report", str(assessment), "--output", str(output), *options)
    assert ended.value.code == 1
    return capsys.readouterr().err


def test_the_report_is_written_as_a_pdf(closed, tmp_path, capsys):
    path = tmp_path / "report.pdf"
    call_command("export_report", str(closed.pk), "--output", str(path))
    assert path.read_bytes().startswith(b"%PDF-")
    assert f"{path}: " in capsys.readouterr().out


@pytest.mark.parametrize(("ending", "part"), [("docx", "word/document.xml"), ("pptx", "ppt/presentation.xml")])
def test_the_ending_says_what_is_written(closed, tmp_path, ending, part):
    path = tmp_path / f"report.{ending.upper()}"
    call_command("export_report", str(closed.pk), "--output", str(path))
    with ZipFile(path) as parts:
        assert part in parts.namelist()


def test_slides_have_the_shape_that_was_asked_for(closed, tmp_path):
    path = tmp_path / "report.pptx"
    for shape, width in (("16:9", 960), ("4:3", 720)):
        call_command("export_report", str(closed.pk), "--output", str(path), "--slides", shape)
        assert Presentation(path).slide_width == Pt(width)


def test_another_ending_is_a_sentence(closed, capsys, tmp_path):
    assert refused(capsys, closed.pk, tmp_path / "report.odp") == "report.odp must end in .pdf, .docx or .pptx.\n"
    assert not list(tmp_path.iterdir())


def test_an_older_file_is_replaced_and_nothing_is_left_beside_it(closed, plain, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"older")
    call_command("export_report", str(closed.pk), "--output", str(path))
    assert path.read_bytes() == f"%PDF {closed.pk}".encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("unknown", [uuid4(), "Q4 2026", ""])
def test_an_unknown_assessment_is_a_sentence(db, capsys, tmp_path, unknown):
    assert "There is no assessment with the id" in refused(capsys, unknown, tmp_path / "report.pdf")
    assert not list(tmp_path.iterdir())


def test_an_open_assessment_has_no_report(assessment, capsys, tmp_path):
    assert refused(capsys, assessment.pk, tmp_path / "report.pdf") == (
        "Northfield, Q4 is not closed, so it has no report yet.\n"
    )


def test_a_path_that_cannot_be_written_is_a_sentence(closed, plain, capsys, tmp_path):
    assert "cannot be written: No such file or directory." in refused(capsys, closed.pk, tmp_path / "no" / "report.pdf")
    assert "cannot be written" in refused(capsys, closed.pk, tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_older_file_stands_when_writing_fails(closed, plain, capsys, tmp_path, monkeypatch):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"older")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assessments.management.writing.os.fsync", full)
    assert "No space left on device" in refused(capsys, closed.pk, path)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_a_machine_without_pango_is_told_what_to_install(closed, capsys, tmp_path, monkeypatch):
    def unavailable(report):
        raise PdfUnavailableError("PDF reports need pango.")

    monkeypatch.setattr(export_report, "rendered_report", unavailable)
    assert refused(capsys, closed.pk, tmp_path / "report.pdf") == "PDF reports need pango.\n"
    assert not list(tmp_path.iterdir())


def test_letters_that_no_typeface_draws_are_named(closed, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(
        export_report, "render", lambda shown, paper, **_: RenderedPdf(b"%PDF", 1, missing=("\U000f1234",))
    )
    call_command("export_report", str(closed.pk), "--output", str(tmp_path / "report.pdf"))
    assert "No installed font has U+F1234." in capsys.readouterr().err


def test_paper_is_passed_on(closed, tmp_path, monkeypatch):
    asked = []

    def render(shown, paper, *, brief):
        asked.append((paper, brief))
        return RenderedPdf(b"%PDF", 1)

    monkeypatch.setattr(export_report, "render", render)
    for more in ((), ("--paper", "Letter"), ("--brief",)):
        call_command("export_report", str(closed.pk), "--output", str(tmp_path / "report.pdf"), *more)
    assert asked == [("A4", False), ("Letter", False), ("A4", True)]


def test_the_brief_has_two_pages_at_most(closed, tmp_path):
    path = tmp_path / "brief.pdf"
    call_command("export_report", str(closed.pk), "--output", str(path), "--brief")
    assert len(PdfReader(path).pages) <= 2


@pytest.mark.parametrize(
    ("ending", "options", "sentence"),
    [
        ("docx", ["--brief"], "The executive brief is a PDF: choose a file that ends in .pdf.\n"),
        ("pdf", ["--template", "own.docx"], "A PDF takes no template: choose a file that ends in .docx or .pptx.\n"),
    ],
)
def test_options_that_do_not_go_together_are_a_sentence(closed, capsys, tmp_path, ending, options, sentence):
    assert refused(capsys, closed.pk, tmp_path / f"report.{ending}", *options) == sentence
    assert not list(tmp_path.iterdir())


def test_word_takes_a_template_or_says_what_is_wrong_with_it(closed, capsys, tmp_path):
    given, path = tmp_path / "own.docx", tmp_path / "report.docx"
    file = Document()
    file.add_paragraph("Written for {{organisation}}")
    file.save(given)
    call_command("export_report", str(closed.pk), "--output", str(path), "--template", str(given))
    assert Document(path).paragraphs[0].text == "Written for Northfield"
    Presentation().save(given)
    assert "not a Word file" in refused(capsys, closed.pk, path, "--template", str(given))


def test_slides_take_a_template_or_say_what_is_wrong_with_it(closed, capsys, tmp_path):
    given, path = tmp_path / "own.pptx", tmp_path / "report.pptx"
    Presentation().save(given)
    call_command("export_report", str(closed.pk), "--output", str(path), "--template", str(given))
    assert Presentation(path).slide_width == Presentation(given).slide_width
    capsys.readouterr()
    given.write_bytes(b"no")
    assert "damaged" in own(capsys, closed, path, given)
    assert "cannot be read: No such file" in own(capsys, closed, path, tmp_path / "none.pptx")


def own(capsys, assessment, output, template):
    with pytest.raises(SystemExit):
        call_command("export_report", str(assessment.pk), "--output", str(output), "--template", str(template))
    return capsys.readouterr().err
