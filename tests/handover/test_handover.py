"""A client leaves one installation and arrives in another: whole, without people, and over nothing."""

import io
import json
import zipfile

import pypdf
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from assessments import results
from assessments.actions import assessments, banks
from assessments.formats.bank import load_bank
from assessments.formats.dump import dump_bank
from assessments.models import Answer, Assessment, AuditEvent, BankVersion, Organisation, Result, Submission
from tests.conftest import without_triggers
from tests.results.test_changes import played
from tests.security.tenants import tenant

FILE = "northfield.zip"


@pytest.fixture
def two(northfield, version, alice):
    return [played(northfield, version, alice, name, [level]) for name, level in (("Q1", 2), ("Q2", 3))]


@pytest.fixture
def file(two, northfield, tmp_path):
    call_command("export_client", str(northfield.pk), output=str(tmp_path / FILE), without_reports=True)
    return tmp_path / FILE


def counted():
    return {model.__name__: model.objects.count() for model in apps.get_app_config("assessments").get_models()}


def facts(assessments):
    """All that a reader would see of these assessments, and what they are compared with."""
    for assessment in assessments:
        row = Assessment.objects.get(pk=assessment.pk)
        shown = results.assessment_result(row, reader=None, may_read_comments=True)
        before = results.previous_round(row)
        yield shown.result, shown.answers, shown.means, shown.counts, shown.frozen.checksum, row.closed_at
        yield before and before.checksum, shown.frozen.change, shown.frozen.change_is_real, row.participants.count()
        yield shown.frozen.compared_with and shown.frozen.compared_with.checksum, shown.frozen.pillars.count()
        yield sorted(Answer.objects.filter(submission__participant__assessment=row).values_list("question", "level"))


def refused(capsys, file, *options):
    with pytest.raises(SystemExit):
        call_command("import_client", str(file), *options)
    return capsys.readouterr().err


def test_everything_arrives(two, file, northfield, alice):
    before = list(facts(two))
    northfield.delete()
    call_command("import_client", str(file), apply=True, lead=alice.email)
    assert list(facts(two)) == before
    arrived = Organisation.objects.managed_by(alice).get()
    assert (str(arrived.pk), arrived.name) == (file_client(file)["id"], "Northfield")
    assert BankVersion.objects.count() == 1


def file_client(file):
    return json.loads(zipfile.ZipFile(file).read("handover.json"))["client"]


def test_a_dry_run_says_what_would_be_and_changes_nothing(two, file, northfield, capsys):
    northfield.delete()
    before = counted()
    call_command("import_client", str(file))
    said = capsys.readouterr().out
    assert "Assessment: Q2, 1 result" in said
    assert "Nothing was changed." in said
    assert counted() == before


def test_what_is_here_is_not_overwritten(two, file, capsys):
    before = counted()
    assert "Northfield already exists here" in refused(capsys, file, "--apply")
    assert counted() == before


def test_an_assessment_that_is_here_keeps_everything_out(two, file, northfield, lakeside, capsys):
    Assessment.objects.filter(pk=two[1].pk).update(organisation=lakeside)
    northfield.delete()
    before = counted()
    assert "Q2 already exists here" in refused(capsys, file, "--apply")
    assert counted() == before


def test_a_bank_that_is_missing_comes_along_and_is_not_the_newest(northfield, version, alice, tmp_path):
    bank = load_bank(dump_bank(results.bank_of(version)).replace(f"version: {version.version}", "version: 0.9.0", 1))
    old, _made = banks.load(bank=bank)
    banks.publish(version=old, at=version.published_at.replace(year=2020))
    only = played(northfield, old, alice, "Q1", [2])
    before = next(iter(facts([only])))
    call_command("export_client", "Northfield", output=str(tmp_path / FILE), without_reports=True)
    northfield.delete()
    with without_triggers(), transaction.atomic():
        old.pillars.all().delete()
        old.levels.all().delete()
        old.edits.all().delete()
        BankVersion.objects.filter(pk=old.pk).delete()
    call_command("import_client", str(tmp_path / FILE), apply=True)
    assert next(iter(facts([only]))) == before
    assert BankVersion.objects.published().newest_first().first() == version


def test_an_open_assessment_stays_behind(two, northfield, version, alice, tmp_path, capsys):
    assessments.start(organisation=northfield, bank_version=version, name="Q3", by=alice)
    call_command("export_client", "Northfield", output=str(tmp_path / FILE), without_reports=True)
    assert "Q3 is not closed" in capsys.readouterr().err
    assert b"Q3" not in zipfile.ZipFile(tmp_path / FILE).read("handover.json")


def changed(file, name, old, new, *, sums=False):
    """The archive with one text replaced; with `sums`, by somebody who mends the checksums of the files too."""
    import hashlib

    source = zipfile.ZipFile(file)
    contents = {entry: source.read(entry) for entry in source.namelist()}
    assert old in contents[name]
    contents[name] = contents[name].replace(old, new, 1)
    if sums:
        rows = [
            f"{hashlib.sha256(text).hexdigest()}  {entry}\n"
            for entry, text in contents.items()
            if entry != "SHA256SUMS"
        ]
        contents["SHA256SUMS"] = "".join(rows).encode()
    made = file.with_name("changed.zip")
    with zipfile.ZipFile(made, "w") as archive:
        for entry, text in contents.items():
            archive.writestr(entry, text)
    return made


def test_a_changed_file_is_refused(two, file, northfield, capsys):
    northfield.delete()
    before = counted()
    assert "was changed after it was written" in refused(
        capsys, changed(file, "handover.json", b"Q2", b"Q9"), "--apply"
    )
    frozen = changed(file, "handover.json", rb"\"index\":", rb"\"index\": ", sums=True)
    assert "was changed after it was frozen" in refused(capsys, frozen, "--apply")
    unknown = changed(file, "handover.json", b"maturity-handover/3", b"maturity-handover/4", sums=True)
    assert "the format is not maturity-handover/3" in refused(capsys, unknown, "--apply")
    odd = changed(file, "handover.json", b'"time_zone": "', b'"time_zone": "Mars/', sums=True)
    assert "not valid" in refused(capsys, odd, "--apply")
    assert counted() == before


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all"])
def test_what_is_no_archive_is_a_sentence(content, tmp_path, capsys):
    (tmp_path / FILE).write_bytes(content)
    assert "cannot be read" in refused(capsys, tmp_path / FILE)
    assert "cannot be read" in refused(capsys, tmp_path / "absent.zip")


def test_no_person_and_no_address_travels(version, emails, tmp_path):
    made = tenant("canary", version)
    call_command("export_client", made.organisation.name, output=str(tmp_path / FILE))
    archive = zipfile.ZipFile(tmp_path / FILE)
    names = archive.namelist()
    assert (len(names), len(set(names))) == (
        8,
        8,
    )  # the document, a bank, two reports, two logos, the register, checksums
    words = archive.read("handover.json").decode()
    assert "@" not in words
    for text in ("canary lead", "canary consultant", "canary ellen", "canary 0", "canary comment", "canary evidence"):
        assert text not in words
    for name in names:
        if name.endswith(".pdf"):
            pages = pypdf.PdfReader(io.BytesIO(archive.read(name))).pages
            text = "".join(page.extract_text() for page in pages)
            assert "canary.example" not in text.replace("://\n", "://").replace("https://canary.example/evidence", "")
            assert "canary lead" not in text


def test_the_log_says_that_a_client_arrived(two, file, northfield):
    northfield.delete()
    call_command("import_client", str(file), apply=True)
    assert AuditEvent.objects.filter(verb="taken in").count() == 1
    assert Result.objects.count() == 2


def test_an_interview_arrives_as_one(two, northfield, tmp_path):
    asked = list(Submission.objects.filter(participant__assessment=two[0]))
    Submission.objects.filter(pk__in=[row.pk for row in asked[:2]]).update(mode="interview")
    Submission.objects.filter(pk=asked[0].pk).update(confirmed_at="2026-01-01T00:00Z")
    call_command("export_client", "Northfield", output=str(tmp_path / FILE), without_reports=True)
    northfield.delete()
    call_command("import_client", str(tmp_path / FILE), apply=True)
    assert results.interviews_of(Assessment.objects.get(pk=two[0].pk)) == (2, 1, ())
