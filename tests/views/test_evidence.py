"""Files behind answers as people meet them: who can open one, what a download is, and what a bad upload says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.actions import assessments, delegation, evidence, evidence_register
from assessments.models import (
    AuditEvent,
    Citation,
    Consultancy,
    Delegation,
    Engagement,
    Evidence,
    Membership,
    Question,
    Submission,
    User,
)
from tests.actions.test_evidence import files, question, stored, submission, upload
from tests.mailbox import BASE, browser_of
from tests.uploads.clamd import scanner
from tests.uploads.files import EICAR, HTML, PDF

__all__ = ["question", "stored", "submission"]

JSON = {"HTTP_ACCEPT": "application/json"}


def address(submission, question, pk=None):
    return reverse("answer_evidence", args=[pk or submission.participant.assessment_id, question.key])


def send(browser, address, content=PDF, name="minutes.pdf", **fields):
    return browser.post(address, {"file": SimpleUploadedFile(name, content), **fields})


@pytest.fixture
def own(submission, question, bob):
    return evidence.add(upload=upload(PDF + b"canary"), submission=submission, question=question, by=bob)


def get(user, row):
    return browser_of(user).get(reverse("evidence_file", args=[row.pk]))


def test_a_file_is_uploaded_listed_and_downloaded(submission, question, bob):
    browser = browser_of(bob)
    assert send(browser, address(submission, question), title="Minutes of May", as_of="2026-05-04").status_code == 302
    page = browser.get(address(submission, question)).content.decode()
    assert "Minutes of May" in page and "as of 4 May 2026" in page
    row = Evidence.objects.get()
    response = browser.get(reverse("evidence_file", args=[row.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="minutes.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


def test_the_pillar_page_lists_it_and_the_script_gets_the_list(submission, question, bob):
    browser = browser_of(bob)
    reply = browser.post(address(submission, question), {"file": SimpleUploadedFile("a<b>.pdf", PDF)}, **JSON)
    assert reply.status_code == 200 and "a b .pdf" not in reply.json()["html"] and "<b>" not in reply.json()["html"]
    pillar = browser.get(reverse("pillar", args=[submission.participant.assessment_id, "vision"])).content.decode()
    row = Evidence.objects.get()
    assert reverse("evidence_file", args=[row.pk]) in pillar
    edit = f'href="../../questions/{question.key}/evidence/?edit={row.pk}"'
    assert edit in pillar and edit in reply.json()["html"]
    assert pillar.count('data-evidence="../../questions/') == 7


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (HTML, "minutes.pdf", "This type of file is not accepted"),
        (b"", "minutes.pdf", "The file is empty"),
        (PDF, "", "Choose a file"),
        (PDF + b" " * 2_000_000, "minutes.pdf", "The file is larger than 1 MB"),
    ],
)
def test_a_refused_file_says_why_and_leaves_nothing(submission, question, bob, settings, stored, content, name, says):
    settings.EVIDENCE_MB = 1
    browser = browser_of(bob)
    sent = {"file": SimpleUploadedFile(name, content)} if name else {}
    page = browser.post(address(submission, question), sent)
    assert page.status_code == 400 and says in page.content.decode()
    reply = browser.post(
        address(submission, question), {"file": SimpleUploadedFile(name, content)} if name else {}, **JSON
    )
    assert reply.status_code == 400 and says in reply.json()["error"]
    assert files(stored) == [] and not Evidence.objects.exists()


def test_two_gigabytes_are_refused_by_their_length_before_anything_is_read(submission, question, bob):
    browser = browser_of(bob)
    body = b"--x"
    response = browser.generic(
        "POST",
        address(submission, question),
        body,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(2 * 10**9),
    )
    assert response.status_code == 413


def test_a_connection_that_breaks_leaves_nothing(submission, question, bob, stored):
    half = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + PDF[:30]
    response = browser_of(bob).generic(
        "POST", address(submission, question), half, content_type="multipart/form-data; boundary=x"
    )
    assert response.status_code == 400
    assert files(stored) == [] and not Evidence.objects.exists()


def test_a_virus_is_refused_and_a_waiting_file_is_not_served(submission, question, bob, settings, stored):
    browser = browser_of(bob)
    with scanner() as clamd:
        settings.CLAMD_URL = clamd.url
        assert "found a virus" in send(browser, address(submission, question), EICAR, "a.txt").content.decode()
    assert not Evidence.objects.exists()
    settings.CLAMD_URL = "unix:///nowhere"
    assert send(browser, address(submission, question)).status_code == 302
    assert "It waits for the virus scanner" in browser.get(address(submission, question)).content.decode()
    assert browser.get(reverse("evidence_file", args=[Evidence.objects.get().pk])).status_code == 404


def test_a_file_is_withdrawn_and_cited_again(submission, question, bob, northfield, alice):
    browser = browser_of(bob)
    row = evidence_register.add(upload=upload(), organisation=northfield, by=alice)
    assert "Minutes" in browser.get(address(submission, question)).content.decode()
    browser.post(address(submission, question), {"cite": row.pk})
    assert row.citations.count() == 1
    browser.post(address(submission, question), {"withdraw": row.pk})
    assert row.citations.count() == 0 and Evidence.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("sent", ["nothing", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_piece_is_not_cited(submission, question, bob, sent):
    assert browser_of(bob).post(address(submission, question), {"cite": sent}).status_code == 404


def test_a_locked_answer_takes_no_file(submission, question, bob, stored):
    Submission.objects.filter(pk=submission.pk).update(state="submitted", submitted_at="2026-01-01T00:00Z")
    page = send(browser_of(bob), address(submission, question))
    assert page.status_code == 400 and "These answers are locked" in page.content.decode()
    assert files(stored) == []


@pytest.fixture
def cast(northfield, version, submission, alice, bob, charlie):
    """Everybody who could ask for a file, by their part."""

    def person(name):
        return User.objects.create_user(f"{name}@x.example", name=name)

    people = {"lead": alice, "owner": bob, "outsider": charlie}
    people |= {name: person(name) for name in ("participant", "member", "consultant", "delegate", "former", "staff")}
    User.objects.filter(email="staff@x.example").update(is_staff=True, is_superuser=True)
    assessments.add_participant(
        assessment=submission.participant.assessment, user=people["participant"], function="legal", by=alice
    )
    Membership.objects.create(organisation=northfield, user=people["member"], role="member")
    hart = Consultancy.objects.create(name="Hart")
    hart.consultants.add(people["consultant"])
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    for name in ("former", "delegate"):
        delegation.delegate(
            submission=submission,
            pillar=version.pillars.get(key="vision"),
            email=people[name].email,
            name=name,
            note="",
            by=bob,
            base_url=BASE,
        )
        Delegation.objects.filter(email=people[name].email).update(
            user=people[name], used_at="2026-01-01T00:00Z", revoked_at="2026-01-02T00:00Z" if name == "former" else None
        )
    return people


def who_opens(row, cast):
    opened = {
        name
        for name, user in cast.items()
        if (found := get(user, row)).status_code == 200 and b"".join(found.streaming_content)
    }
    assert Client().get(reverse("evidence_file", args=[row.pk])).status_code == 302
    return opened


def test_a_file_of_a_confidential_answer_opens_for_its_respondent_and_their_colleague_alone(own, cast):
    assert who_opens(own, cast) == {"owner", "delegate"}


def test_an_offered_file_opens_for_nobody_else_until_it_is_in_the_register(own, cast):
    Evidence.objects.update(is_offered=True)
    assert who_opens(own, cast) == {"owner", "delegate"}
    Evidence.objects.update(in_register=True)
    assert who_opens(own, cast) == {"owner", "delegate", "lead", "consultant", "participant"}


def test_a_file_of_a_named_assessment_is_not_for_other_participants(own, cast):
    Evidence.objects.update(in_register=True)
    assert who_opens(own, cast) == {"owner", "delegate", "lead", "consultant"}


def test_a_file_of_the_organisation_opens_for_whoever_can_cite_it(northfield, alice, cast):
    row = evidence_register.add(upload=upload(), organisation=northfield, by=alice)
    assert who_opens(row, cast) == {"lead", "consultant", "participant", "owner"}


def test_a_file_of_a_deleted_organisation_opens_for_nobody(own, cast, northfield):
    type(northfield).objects.filter(pk=northfield.pk).update(deleted_at="2026-01-01T00:00Z")
    assert who_opens(own, cast) == set()


def test_others_download_it_under_its_title_and_that_is_noted(own, alice):
    Evidence.objects.update(in_register=True, title="Board paper", name="bob smith.pdf")
    assert 'filename="Board paper.pdf"' in get(alice, own)["Content-Disposition"]
    assert AuditEvent.objects.filter(verb="taken away as pdf", object_id=str(own.pk)).count() == 1


def test_one_s_own_answers_are_noted_nowhere(own, bob):
    get(bob, own)
    assert not AuditEvent.objects.filter(object_type="evidence").exists()


def test_a_file_that_cannot_be_read_says_so(own, bob, stored):
    files(stored)[0].unlink()
    browser = browser_of(bob)
    page = browser.get(reverse("evidence_file", args=[own.pk]), follow=True)
    assert "cannot be read at the moment" in page.content.decode()


def test_last_time_s_files_are_asked_about(own, submission, question, northfield, version, alice, bob):
    assessment = assessments.start(organisation=northfield, bank_version=version, name="Q2", by=alice)
    part = assessments.add_participant(assessment=assessment, user=bob, function="ceo", by=alice)
    later = Submission.objects.create(participant=part)
    browser = browser_of(bob)
    assert "Is it still true?" in browser.get(address(later, question)).content.decode()
    browser.post(address(later, question), {"cite": own.pk})
    assert own.citations.count() == 2
    assert "Is it still true?" not in browser.get(address(later, question)).content.decode()


def test_the_copy_of_a_person_has_their_files(own, bob, settings):
    import io
    import zipfile

    from assessments.privacy import copy_files

    target = io.BytesIO()
    copy_files.write_copy(bob, target)
    with zipfile.ZipFile(target) as archive:
        assert archive.read(f"files/{own.pk}-minutes.pdf") == PDF + b"canary"
        assert str(own.pk) in archive.read("my-data.json").decode()
        assert own.file not in archive.read("my-data.json").decode()


def test_twenty_files_on_a_pillar_page_cost_no_query_more_than_one(
    submission, version, bob, own, django_assert_max_num_queries
):
    Evidence.objects.bulk_create(
        Evidence(organisation=own.organisation, title=f"File {n}", name="x.pdf", kind="pdf", size=1, file=f"a/{n}")
        for n in range(19)
    )
    questions = list(Question.objects.filter(pillar__version=version, pillar__key="vision"))
    Citation.objects.bulk_create(
        Citation(evidence=row, submission=submission, question=questions[number % 7])
        for number, row in enumerate(Evidence.objects.exclude(pk=own.pk))
    )
    browser, pillar = browser_of(bob), reverse("pillar", args=[submission.participant.assessment_id, "vision"])
    browser.get(pillar)
    with django_assert_max_num_queries(10):
        page = browser.get(pillar).content.decode()
    assert page.count('/file" dir=') == 20


def edit(browser, submission, question, row, **fields):
    sent = {"edit": row.pk, "title": "Minutes", **fields}
    return browser.post(address(submission, question), sent)


def test_dates_and_the_offer_come_with_an_upload_by_script(submission, question, bob):
    sent = {"file": SimpleUploadedFile("a.pdf", PDF), "as_of": "2026-05-04", "valid_until": "", "is_offered": "on"}
    reply = browser_of(bob).post(address(submission, question), sent, **JSON)
    row = Evidence.objects.get()
    assert "as of 4 May 2026" in reply.json()["html"] and row.is_offered and row.valid_until is None
    pillar = browser_of(bob).get(reverse("pillar", args=[submission.participant.assessment_id, "vision"]))
    assert 'data-field="is_offered"' in pillar.content.decode()


def test_its_owner_edits_a_file_while_the_answer_is_open(own, submission, question, bob):
    browser = browser_of(bob)
    assert f"?edit={own.pk}" in browser.get(address(submission, question)).content.decode()
    assert "Minutes" in browser.get(address(submission, question), {"edit": own.pk}).content.decode()
    dates = {"as_of": "2026-05-04", "valid_until": "2026-05-01"}
    assert edit(browser, submission, question, own, **dates).status_code == 400
    dates["valid_until"] = "2027-05-01"
    assert edit(browser, submission, question, own, title="Board", is_offered="on", **dates).status_code == 302
    own.refresh_from_db()
    assert (own.title, str(own.as_of), str(own.valid_until), own.is_offered) == (
        "Board", "2026-05-04", "2027-05-01", True,
    )  # fmt: skip


@pytest.mark.parametrize("how", ["submitted", "in the register", "of somebody else", "counts elsewhere"])
def test_a_file_is_not_edited(how, own, submission, question, northfield, version, bob, alice):
    if how == "submitted":
        Submission.objects.update(state="submitted", submitted_at="2026-01-01T00:00Z")
    elif how == "in the register":
        Evidence.objects.update(in_register=True)
    elif how == "of somebody else":
        Evidence.objects.update(owner=alice)
    else:
        other = assessments.start(organisation=northfield, bank_version=version, name="Q2", by=alice)
        part = assessments.add_participant(assessment=other, user=bob, function="ceo", by=alice)
        theirs = Submission.objects.create(participant=part, state="submitted", submitted_at="2026-01-01T00:00Z")
        Citation.objects.create(evidence=own, submission=theirs, question=question)
    browser = browser_of(bob)
    assert f"?edit={own.pk}" not in browser.get(address(submission, question)).content.decode()
    assert edit(browser, submission, question, own, title="Other").status_code == 404
    led = browser.get(address(submission, question), {"edit": own.pk}, follow=True)
    assert (led.status_code, "it is locked here" in led.content.decode()) == (
        (404, False) if how == "of somebody else" else (200, True)
    )
    assert Evidence.objects.get().title == "Minutes"


def test_the_review_lists_the_files_of_each_answer(own, submission, bob):
    page = browser_of(bob).get(reverse("review", args=[submission.participant.assessment_id])).content.decode()
    assert page.count(reverse("evidence_file", args=[own.pk])) == 0  # nothing of this pillar is answered
    Submission.objects.update(state="submitted", submitted_at="2026-01-01T00:00Z")
    page = browser_of(bob).get(reverse("review", args=[submission.participant.assessment_id])).content.decode()
    assert page.count(reverse("evidence_file", args=[own.pk])) == 1


def test_dates_stay_in_the_form_of_a_german_reader(own, submission, question, bob):
    Evidence.objects.update(as_of="2026-05-04")
    page = browser_of(bob).get(address(submission, question), {"edit": own.pk}, headers={"Accept-Language": "de"})
    assert page["Content-Language"] == "de"
    assert 'value="2026-05-04"' in page.content.decode()
