"""Hostile strings through every text field, looked for in every page, in the report and in the admin.

Each string carries a canary. In HTML it may stand in text and in harmless attributes; it may never have become an
element, an attribute's name, a script's or style's content, or an address.
"""

import csv
import dataclasses
import email
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from itertools import accumulate
from xml.etree import ElementTree

import openpyxl
import pypdf
import pytest
from django.test import Client

from assessments import access, emails, results
from assessments.actions import answering, assessments, banks, organisations
from assessments.formats.bank import read_bank
from assessments.formats.dump import dump_bank
from assessments.models import (
    GUEST_NAME_LIMIT,
    AgreedAnswer,
    Asking,
    Commentary,
    Consultancy,
    Delegation,
    Engagement,
    Invitation,
    Logo,
    Organisation,
    Participant,
    Pillar,
    Question,
    Reminder,
    Reopening,
    RoadmapAction,
    Snippet,
    User,
    Workshop,
)
from assessments.reports.pdf.report import render_pdf, report_html
from assessments.reports.report import report_of
from tests.branding.pictures import a_png
from tests.security.hostile import BUNDLES, CANARY, HOSTILE

HARMLESS = {"value", "title", "label", "alt", "content", "aria-label", "aria-describedby"}


class Canaries(HTMLParser):
    """Notes where the canary has become more than text."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.seen, self.inside = [], 0, []

    def handle_starttag(self, tag, attributes):
        if CANARY in tag:
            self.found.append(f"element <{tag}>")
        for name, value in attributes:
            if CANARY in name or (CANARY in (value or "") and not (name in HARMLESS or name.startswith("data-"))):
                self.found.append(f"attribute {name}={value} of <{tag}>")
        self.inside.append((tag, dict(attributes).get("type")))

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_comment(self, data):
        if CANARY in data:
            self.found.append("comment")

    def handle_data(self, data):
        self.seen += data.count(CANARY)
        tag, kind = self.inside[-1] if self.inside else ("", None)
        if CANARY in data and (tag == "style" or (tag == "script" and kind != "application/json")):
            self.found.append(f"content of <{tag}>")


def canaries(html):
    parser = Canaries()
    parser.feed(html)
    return parser


def hostile_bank(text):
    """The shipped bank, cut to three pillars of three questions, with `text` in every text field."""
    bank = read_bank("fixtures/ai-leadership.yaml")
    pillars = [
        dataclasses.replace(
            pillar,
            name=f"{text} {number}",
            short=None,  # so that charts show the name
            summary=text,
            group=text,
            questions=tuple(
                dataclasses.replace(
                    q,
                    text=f"{text} {q.key}",
                    short=None,
                    help=text,
                    error=text,
                    essential_reason=text if q.essential_at else None,
                    anchors=tuple(f"{text} {level}" for level in range(1, 6)),
                    next_steps=tuple(
                        dataclasses.replace(s, action=text, owner=text, requires=()) for s in q.next_steps
                    ),
                    allows_na=True,
                )
                for q in pillar.questions[:3]
            ),
        )
        for number, pillar in enumerate(bank.pillars[:3])
    ]
    levels = tuple(dataclasses.replace(level, name=text, summary=text) for level in bank.levels)
    return dataclasses.replace(
        bank, key="hostile", title=text, source=text, licence=text, about=text, levels=levels, pillars=tuple(pillars)
    )


TOGETHER = [pytest.param(text, id=f"bundle {number}") for number, text in enumerate(BUNDLES)]
ALONE = [pytest.param(text, id=f"text {number}", marks=pytest.mark.long) for number, text in enumerate(HOSTILE)]


@pytest.fixture(params=[*TOGETHER, *ALONE])
def text(request):
    """Several strings beside each other in every field; with `make test-long` each of them alone as well."""
    return request.param


@pytest.fixture
def stage(text, db):
    """A named assessment of a hostile organisation on a hostile bank, answered by one person with hostile comments."""
    alice = User.objects.create_user("alice@northfield.example", name=text)
    organisation = organisations.create(name=text, by=alice)
    version, _made = banks.load(bank=hostile_bank(text))
    banks.publish(version=version)
    assessment = assessments.start(
        organisation=organisation,
        bank_version=version,
        name=text[:120],
        by=alice,
        function="ceo",
        confidentiality="named",
    )
    submission = access.submission_for(alice, assessment.pk)
    for number, question in enumerate(Question.objects.filter(pillar__version=version)):
        given = answering.Given(
            choice="not_applicable" if number == 0 else "2",
            reason=text,
            comment=text,
            evidence_grade=2,
            evidence_text=text,
            evidence_link="https://example.org/" + CANARY if number else "",
        )
        answering.save_answer(submission=submission, question=question, given=given, revision=0, by=alice)
    return alice, assessment


def pages(alice, assessment):
    client = Client()
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    base = f"/assessments/{assessment.pk}/"
    pillar = results.bank_of(assessment.bank_version).pillars[0].key
    yield from (client.get(base + path) for path in ("", f"pillars/{pillar}/", "review/", "manage/"))
    yield client.get("/home/")
    client.post(base + "submit/")
    assessments.close(assessment=assessment, by=alice)
    assessments.release(assessment=assessment, by=alice)
    yield from branded(client, assessment)
    decided = _decided(assessment, alice.name)
    paths = ("", "review/", "result/", "manage/", "roadmap/", "roadmap/add/?budget=3", "roadmap/status/", decided)
    yield from (client.get(base + path) for path in paths)
    yield client.get("/home/")
    consent = f"/organisations/{assessment.organisation_id}/benchmarks/"
    client.post(consent)
    yield from (client.get(address) for address in (consent, "/benchmarks/"))
    yield from talked(client, assessment)


def branded(client, assessment):
    """The pages of a brand, a snippet, logos and a commentary in which everything is hostile."""
    text, organisation = assessment.organisation.name, assessment.organisation
    firm = Consultancy.objects.create(name=text, imprint=text, disclaimer=text)
    firm.consultants.add(User.objects.get())
    Engagement.objects.create(consultancy=firm, organisation=organisation)
    for owner in ({"consultancy": firm}, {"organisation": organisation}):
        Logo.objects.create(**owner, png=a_png(), width=240, height=80, words=text)
    key = results.bank_of(assessment.bank_version).pillars[0].key
    snippet = Snippet.objects.create(consultancy=firm, pillar="", title=text, text=text)
    words = f"{text}\n\n### {text}\n\n- **{text}**\n  1. *{text}*\n\n[{text}](javascript:{CANARY}())"
    for pillar in ("", key):
        Commentary.objects.create(assessment=assessment, pillar=pillar, text=words, checksum="old", consultancy=firm)
    base = f"/consultancies/{firm.pk}/"
    yield from (client.get(base + path) for path in ("", "logo/", "snippets/", f"snippets/{snippet.pk}/"))
    yield client.get(f"/clients/{organisation.pk}/logo/")
    base = f"/assessments/{assessment.pk}/commentary/"
    yield from (client.get(base + path) for path in ("", "whole/", f"pillars/{key}/"))
    yield client.post(base + "whole/", {"text": "", "insert": snippet.pk})
    yield client.get("/portfolio/")


def talked(client, assessment):
    """The pages of a workshop; the level is agreed on twice, so that the first reason stands on a page as well."""
    base, text = f"/assessments/{assessment.pk}/", assessment.organisation.name
    question = Question.objects.filter(pillar__version=assessment.bank_version)[1]
    client.post(base + "workshop/start")
    workshop = Workshop.objects.get(pk=assessment.pk)
    guest = Client()
    guest.post("/w/", {"code": workshop.code, "name": text[:GUEST_NAME_LIMIT].replace("\n", " ")})
    yield from (client.get(base + path) for path in ("workshop/", "workshop/screen/"))
    client.post(base + "workshop/ask", {"question": question.key, "turn": workshop.turn})
    yield from (client.get(base + path) for path in ("workshop/screen/", "workshop/vote/"))
    yield guest.get("/w/vote/")
    asking = Asking.objects.get()
    Asking.objects.filter(pk=asking.pk).update(counts=[1, 1, 1, 0, 0], dont_know=0, revealed_at=asking.asked_at)
    agreed = f"{base}workshop/answers/{question.key}/"
    for revision in (0, 1):
        sent = {"level": 2 + revision, "reason": f"{text}\n{text}", "dissent": text, "revision": revision}
        client.post(agreed, sent)
    assert len(AgreedAnswer.objects.get().earlier) == 1
    pages = ("workshop/", "workshop/screen/", "workshop/vote/", "result/")
    yield from (client.get(base + path) for path in pages)
    yield client.get(agreed)


def _decided(assessment, text):
    """The path of an action of which everything is hostile, and another waits."""
    made = [
        RoadmapAction.objects.create(assessment=assessment, title=text, owner=text, horizon="90d", due_on="2026-01-01")
        for _number in range(2)
    ]
    made[1].requires.add(made[0])
    return f"roadmap/{made[1].pk}/"


def test_pages_show_it_as_text(stage):
    shown = 0
    for response in pages(*stage):
        assert response.status_code == 200, response.request["PATH_INFO"]
        found = canaries(response.content.decode())
        links = [where for where in found.found if "https://example.org/" not in where]
        assert links == [], response.request["PATH_INFO"]
        shown += found.seen
    assert shown > 50


def test_the_report_prints_it_as_text(stage):
    alice, assessment = stage
    answering.submit(submission=access.submission_for(alice, assessment.pk), by=alice)
    question, text = Question.objects.filter(pillar__version=assessment.bank_version)[1], assessment.organisation.name
    AgreedAnswer.objects.create(
        assessment=assessment, question=question, level=3, reason=f"{text}\n{text}", dissent=text
    )
    assessments.close(assessment=assessment, by=alice)
    _decided(assessment, alice.name)
    for _page in branded(Client(), assessment):
        pass
    report = report_of(results.assessment_result(assessment, reader=alice, may_read_comments=True))
    found = canaries(report_html(report))
    assert found.found == []
    assert found.seen > 20
    pdf = pypdf.PdfReader(io.BytesIO(render_pdf(report)))
    assert not pdf.attachments
    outside = [
        note.get_object()["/A"].get("/URI")
        for page in pdf.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object() and "/URI" in note.get_object()["/A"]
    ]
    assert outside == []
    assert any(
        CANARY in text.translate({0: None, 10: None}) for text in accumulate(page.extract_text() for page in pdf.pages)
    )


@pytest.fixture
def passed_and_reopened(text, stage):
    """The assessment's letters, written from hostile names, notes and reasons: every kind, as (kind, row)."""
    alice, assessment = stage
    eve = Participant.objects.create(assessment=assessment, name=text[:150])
    invitation = Invitation.objects.create(
        assessment=assessment, participant=eve, email="eve@northfield.example", invited_by=alice
    )
    submission = access.submission_for(alice, assessment.pk)
    passed = Delegation.objects.create(
        submission=submission,
        pillar=Pillar.objects.filter(version=assessment.bank_version).first(),
        email="eve@northfield.example",
        name=text[:150],
        note=f"{text}\n{text}",
        invited_by=alice,
    )
    return [
        ("invitation", invitation),
        ("invitation_wanted", invitation),
        ("delegation", passed),
        ("delegation_wanted", passed),
        ("reminder", Reminder.objects.create(participant=submission.participant, sent_by=alice)),
        ("reopening", Reopening.objects.create(submission=submission, reason=f"{text}\n{text}", reopened_by=alice)),
    ]


def test_emails_show_it_as_text(text, passed_and_reopened, mailoutbox):
    for kind, about in passed_and_reopened:
        emails.send(kind=kind, pk=str(about.pk), base_url="http://testserver/")
        outgoing = mailoutbox[-1]
        found = canaries(outgoing.alternatives[0].content)
        assert found.found == [], kind
        assert found.seen >= 2, kind
        assert CANARY in outgoing.body
        assert "&lt;" not in outgoing.body or "&lt;" in text, "the text form shows what was typed"
        assert not {"\u202e", "\u200b", "\ufeff", "\r"} & {*outgoing.body, *outgoing.subject}
        head, _blank, _body = outgoing.message().as_bytes().partition(b"\n\n")
        sent = email.message_from_bytes(head)
        assert sorted(sent.keys()) == sorted(outgoing.message().keys())
        assert sent.get_all("To") == outgoing.to
        assert sent.get_all("Bcc") is None
    assert len(mailoutbox) == 6


def test_the_pages_of_links_show_it_as_text(passed_and_reopened, stage):
    alice, assessment = stage
    lead = Client()
    lead.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    tokens = {}
    for kind, about in passed_and_reopened:
        if kind in ("invitation", "delegation"):
            tokens[kind] = about.new_token()
            about.save()
    key = Pillar.objects.filter(version=assessment.bank_version).first().key
    base = f"/assessments/{assessment.pk}/"
    shown = [
        Client().get(f"/invitations/{tokens['invitation']}/"),
        Client().get(f"/colleagues/{tokens['delegation']}/"),
        lead.get(f"/invitations/{tokens['invitation']}/"),
        lead.get(base + "manage/"),
        lead.get(base),
        lead.get(f"{base}pillars/{key}/"),
        lead.get(f"{base}pillars/{key}/colleague/"),
        lead.get(base + "people/invite/"),
        lead.post(base + "people/invite-many/", {"people": HOSTILE[2], "preview": "1"}),
    ]
    Invitation.objects.update(expires_at="2026-01-01T00:00Z")
    shown.append(Client().get(f"/invitations/{tokens['invitation']}/"))
    for response in shown:
        found = canaries(response.content.decode())
        assert [where for where in found.found if "https://example.org/" not in where] == []
        assert found.seen, response.request["PATH_INFO"]


def test_the_admin_shows_it_as_text(stage):
    _alice, assessment = stage
    client = Client()
    client.force_login(
        User.objects.create_superuser("admin@demo.example"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    version = assessment.bank_version
    pillar = version.pillars.first()
    addresses = [
        "bankversion/",
        f"bankversion/{version.pk}/change/",
        f"pillar/{pillar.pk}/change/",
        f"question/{pillar.questions.first().pk}/change/",
        "organisation/",
        f"organisation/{Organisation.objects.get().pk}/change/",
        "assessment/",
        "user/",
        "auditevent/",
    ]
    for address in addresses:
        response = client.get(f"/admin/assessments/{address}")
        assert response.status_code == 200, address
        assert canaries(response.content.decode()).found == [], address


def test_a_bank_file_keeps_it_letter_by_letter(text):
    from assessments.formats.bank import load_bank

    bank = hostile_bank(text)
    assert load_bank(dump_bank(bank)) == bank


def test_the_check_notices_a_planted_hole():
    assert canaries(f"<p>{HOSTILE[0]}</p>").found
    assert canaries(f"<p title='{HOSTILE[3]}'>").found
    assert canaries(f"<script>{CANARY}</script>").found
    assert canaries(f"<a href='javascript:{CANARY}'>").found
    assert not canaries(f"<p title='{CANARY}'>{CANARY}</p>").found


RISKY = ("=", "+", "@", "\t", "\r")


@pytest.fixture
def released(stage):
    """The browser of whoever leads the hostile assessment, released, and where the assessment is."""
    alice, assessment = stage
    browser = Client()
    browser.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    browser.post(f"/assessments/{assessment.pk}/submit/")
    assessments.close(assessment=assessment, by=alice)
    assessments.release(assessment=assessment, by=alice)
    _decided(assessment, alice.name)
    return browser, f"/assessments/{assessment.pk}/"


def content_of(browser, address):
    """A file as it is sent, under a name that no system reads as anything but a name."""
    response = browser.get(address)
    assert response.status_code == 200, address
    assert re.fullmatch(r'attachment; filename="[a-z0-9_-]+\.[a-z]+"', response["Content-Disposition"]), address
    return response.content


def test_files_hold_it_as_text(released):
    browser, base = released
    for address in ("result/report.csv", "roadmap/roadmap.csv", "result/charts/pillars.csv"):
        table = content_of(browser, base + address).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
        assert CANARY in table and not [cell for cell in cells if cell.startswith(RISKY)], address
    assert CANARY in json.dumps(json.loads(content_of(browser, base + "result/report.json")))
    book = openpyxl.load_workbook(io.BytesIO(content_of(browser, base + "result/report.xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if CANARY in str(cell.value)]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    picture = content_of(browser, base + "result/charts/pillars.svg").decode()
    ElementTree.fromstring(picture)
    found = canaries(picture)
    assert found.seen and found.found == []


def test_a_word_document_holds_it_as_text(released):
    browser, base = released
    with zipfile.ZipFile(io.BytesIO(content_of(browser, base + "result/report.docx"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    for name, part in parts.items():
        assert not name.endswith(".rels") or CANARY not in part.decode(), name
        for element in ElementTree.fromstring(part).iter():
            assert CANARY not in element.tag and not any(CANARY in attribute for attribute in element.attrib)
            assert {key for key, value in element.attrib.items() if CANARY in value} <= {"descr", "title"}, element.tag
            assert not element.tag.endswith("}instrText") or CANARY not in (element.text or "")
    assert CANARY in parts["word/document.xml"].decode()
