"""Files behind answers: stored whole or not at all, scanned, encrypted, cited, and gone when they are deleted."""

import datetime
import errno
import io
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assessments.actions import answering, assessments, evidence, evidence_files, evidence_register
from assessments.actions.evidence_files import InfectedError, QuotaError, Upload
from assessments.actions.storage import StorageUnavailableError
from assessments.encryption import UnreadableError
from assessments.models import AuditEvent, Citation, Evidence, Participant, Question, Submission
from assessments.privacy import erasing, leaving, retention
from assessments.uploads.storage import FolderStorage
from tests.conftest import person
from tests.uploads.clamd import scanner
from tests.uploads.files import EICAR, PDF

AWAY = "unix:///nowhere/clamd.ctl"


@pytest.fixture(autouse=True)
def stored(settings, tmp_path):
    """The folder of evidence."""
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()
    return tmp_path / "evidence"


def files(stored):
    return sorted(each for each in stored.rglob("*") if each.is_file()) if stored.exists() else []


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def submission(northfield, version, alice, bob):
    assessment = assessments.start(organisation=northfield, bank_version=version, name="Q1", by=alice)
    part = assessments.add_participant(assessment=assessment, user=bob, function="ceo", by=alice)
    return Submission.objects.create(participant=part)


@pytest.fixture
def question(version):
    return Question.objects.get(pillar__version=version, key="vision-direction")


def upload(content=PDF, **columns):
    said = {"kind": "pdf", "name": "minutes.pdf", "title": "Minutes", **columns}
    return Upload(file=SimpleUploadedFile("x", content), **said)


def add(submission, question, **columns):
    return evidence.add(upload=upload(**columns), submission=submission, question=question, by=_bob(submission))


def _bob(submission):
    return submission.participant.user


def test_a_file_is_stored_and_read_back(submission, question, stored):
    row = add(submission, question)
    (file,) = files(stored)
    assert file.read_bytes() == b"".join(evidence_files.content_of(row)) == PDF
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "minutes" not in str(file) and str(row.pk) not in str(file)
    assert row.citations.get().question == question


def test_it_is_encrypted_where_a_key_is_set(submission, question, stored, settings):
    settings.EVIDENCE_KEY = "first"
    row = add(submission, question, content=PDF * 2000)
    assert PDF[:20] not in files(stored)[0].read_bytes()
    settings.EVIDENCE_KEY, settings.EVIDENCE_KEY_FALLBACKS = "second", ["first"]
    assert b"".join(evidence_files.content_of(row)) == PDF * 2000
    settings.EVIDENCE_KEY_FALLBACKS = []
    with pytest.raises(UnreadableError):
        list(evidence_files.content_of(row))


def test_two_files_of_one_name_are_two(submission, question, stored):
    one, two = add(submission, question), add(submission, question, content=PDF + b"\n")
    assert one.file != two.file
    assert len(files(stored)) == 2


def nothing_is_left(stored):
    return not Evidence.objects.exists() and not Citation.objects.exists() and files(stored) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_storage_that_fails_half_way_leaves_nothing(submission, question, stored, monkeypatch, code):
    def save_half(self, name, content, **options):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(20))
        raise OSError(code, "no")

    monkeypatch.setattr(FolderStorage, "save", save_half)
    with pytest.raises(StorageUnavailableError):
        add(submission, question)
    assert nothing_is_left(stored)


def test_a_submission_that_is_locked_meanwhile_leaves_nothing(submission, question, stored):
    Submission.objects.filter(pk=submission.pk).update(state="submitted", submitted_at=timezone.now())
    with pytest.raises(answering.AnsweringClosedError):
        add(submission, question)
    assert nothing_is_left(stored)


def test_a_person_has_room_for_so_much(submission, question, stored, settings):
    settings.EVIDENCE_PERSON_MB, settings.EVIDENCE_TOTAL_MB = 1, 0
    add(submission, question, content=PDF + b" " * 600_000)
    with pytest.raises(QuotaError):
        add(submission, question, content=PDF + b" " * 400_000)
    assert len(files(stored)) == Evidence.objects.count() == 1


def test_the_room_of_a_register_says_nothing_of_what_people_upload(submission, question, stored, settings, alice):
    settings.EVIDENCE_TOTAL_MB = 1
    add(submission, question, content=PDF + b" " * 600_000)
    organisation = submission.participant.assessment.organisation
    big = upload(PDF + b" " * 600_000)
    evidence_register.add(upload=big, organisation=organisation, by=alice)
    with pytest.raises(QuotaError):
        evidence_register.add(upload=big, organisation=organisation, by=alice)


def test_what_has_a_virus_is_refused_and_not_kept(submission, question, stored, settings):
    with scanner() as clamd:
        settings.CLAMD_URL = clamd.url
        with pytest.raises(InfectedError):
            add(submission, question, content=EICAR)
        assert nothing_is_left(stored)
        assert add(submission, question).is_ready


@pytest.mark.parametrize(("content", "becomes"), [(PDF, "ready"), (EICAR, None)])
def test_a_file_waits_for_a_scanner_that_is_away(submission, question, stored, settings, commits, content, becomes):
    settings.CLAMD_URL, settings.EVIDENCE_KEY = AWAY, "encrypted meanwhile"
    row = add(submission, question, content=content)
    assert not row.is_ready
    evidence_files.run_due()
    assert Evidence.objects.get().state == "waiting"
    with scanner() as clamd, commits():
        settings.CLAMD_URL = clamd.url
        evidence_files.run_due()
    assert clamd.seen == [content]
    assert [each.state for each in Evidence.objects.all()] == ([becomes] if becomes else [])
    assert len(files(stored)) == (1 if becomes else 0)
    assert AuditEvent.objects.filter(verb="evidence refused").exists() is (becomes is None)


def test_withdrawing_the_last_citation_deletes_the_file(submission, question, version, stored, commits):
    row = add(submission, question)
    other = Question.objects.get(pillar__version=version, key="vision-funding")
    for _twice in range(2):
        evidence.cite(evidence=row, submission=submission, question=other)
    assert row.citations.count() == 2
    with commits():
        evidence.withdraw(evidence=row, submission=submission, question=question)
    assert len(files(stored)) == 1
    with commits():
        evidence.withdraw(evidence=row, submission=submission, question=other)
    assert nothing_is_left(stored)


def test_a_piece_of_the_register_stays_without_citations_until_it_is_removed(
    northfield, alice, submission, question, stored, commits
):
    row = evidence_register.add(upload=upload(), organisation=northfield, by=alice)
    evidence.cite(evidence=row, submission=submission, question=question)
    with commits():
        evidence.withdraw(evidence=row, submission=submission, question=question)
        evidence_files.run_due()
    assert len(files(stored)) == 1
    with commits():
        evidence_register.remove(evidence=row, by=alice)
    assert nothing_is_left(stored)
    assert [event.verb for event in AuditEvent.objects.filter(object_type="evidence").order_by("pk")] == [
        "evidence added",
        "evidence removed",
    ]


@pytest.mark.parametrize("how", ["person", "organisation", "participant", "retention"])
def test_a_deleted_file_is_gone_from_storage(how, submission, question, northfield, bob, stored, commits):
    add(submission, question)
    with commits():
        if how == "person":
            erasing.erase(user=bob)
        elif how == "organisation":
            leaving.purge(organisation=northfield)
        elif how == "retention":  # the draft of a closed assessment
            type(northfield.assessments.get()).objects.update(closed_at=timezone.now() - datetime.timedelta(days=91))
            retention.run_due()
            evidence_files.run_due()
        else:
            Participant.objects.get(user=bob).delete()
            evidence_files.run_due()
    assert nothing_is_left(stored)


def test_files_without_a_row_are_swept_but_not_while_they_are_on_their_way(submission, question, stored, monkeypatch):
    kept = add(submission, question)
    for name in ("a/old", "b/new"):
        evidence_files.folder().save(name, io.BytesIO(b"x"))
    past = timezone.now() - datetime.timedelta(hours=2)
    monkeypatch.setattr(
        FolderStorage, "get_modified_time", lambda self, name: timezone.now() if name == "b/new" else past
    )
    evidence_files.sweep()
    assert [str(file.relative_to(stored)) for file in files(stored)] == sorted(["b/new", kept.file])


def test_a_storage_that_cannot_delete_is_asked_again(submission, question, stored, monkeypatch, commits):
    row = add(submission, question)
    with monkeypatch.context() as patch, commits():
        patch.setattr(FolderStorage, "delete", lambda self, name: (_ for _ in ()).throw(OSError("away")))
        evidence.withdraw(evidence=row, submission=submission, question=question)
    assert not Evidence.objects.exists() and len(files(stored)) == 1
    monkeypatch.setattr(evidence_files, "ON_ITS_WAY", datetime.timedelta(0))
    evidence_files.run_due()
    assert files(stored) == []


@pytest.fixture
def people(submission, question, alice, version):
    """Three people with a file each; one of them is offered for the register."""

    def answered(number, theirs):
        add(theirs, question, title=f"File {number}", is_offered=number == 0)
        answering.save_answer(
            submission=theirs, question=question, given=answering.Given(choice="3"), revision=0, by=_bob(theirs)
        )
        answering.submit(submission=theirs, by=_bob(theirs))

    assessment = submission.participant.assessment
    others = [person(f"other{n}@northfield.example") for n in range(2)]
    parts = [assessments.add_participant(assessment=assessment, user=user, function="ceo", by=alice) for user in others]
    for number, each in enumerate([submission, *(Submission.objects.create(participant=part) for part in parts)]):
        answered(number, each)
    return assessment


def registered():
    return sorted(Evidence.objects.registered().values_list("title", flat=True))


def test_nothing_enters_the_register_while_people_answer(people):
    assert registered() == []


def test_a_confidential_assessment_gives_the_register_what_is_offered(people, alice):
    assessments.close(assessment=people, by=alice)
    assert registered() == ["File 0"]


def test_a_named_one_gives_everything(people, alice):
    type(people).objects.filter(pk=people.pk).update(confidentiality="named")
    assessments.close(assessment=people, by=alice)
    assert registered() == ["File 0", "File 1", "File 2"]


def test_of_two_people_nothing_is_given(people, alice):
    Submission.objects.last().delete()
    people.participants.filter(submission=None).delete()
    assessments.close(assessment=people, by=alice)
    assert registered() == []


def test_a_later_result_gives_nothing_because_it_would_name_who_was_asked_again(people, alice, bob):
    assessments.close(assessment=people, by=alice)
    again = Submission.objects.exclude(participant__user=bob).first()
    type(people).objects.filter(pk=people.pk).update(state="open")  # as after an erased result
    assessments.reopen(submission=again, reason="one more question", by=alice, base_url="https://x.example/")
    Evidence.objects.filter(owner=again.participant.user).update(is_offered=True)
    answering.submit(submission=Submission.objects.get(pk=again.pk), by=again.participant.user)
    people.refresh_from_db()
    assessments.close(assessment=people, by=alice)
    assert registered() == ["File 0"]
