"""A board member without an account reads a released result by a link and a code; everyone else learns nothing."""

import datetime
import json
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from assessments import audit
from assessments.actions import assessments, shared_results
from assessments.models import (
    AgreedAnswer,
    Answer,
    Assessment,
    AuditEvent,
    Membership,
    Question,
    RoadmapAction,
    SharedResult,
    Submission,
    User,
)
from assessments.privacy import copy, erasing, retention
from tests.conftest import person
from tests.mailbox import BASE, browser_of, token_in
from tests.views.result_pages import every_page

RUTH = "ruth@board.example"
SECRET = "zebracomment"


@pytest.fixture
def released(assessment, alice, version):
    """Six people answered, five of them on their own; each with a comment, one in an interview by the lead."""
    cache.clear()
    questions = list(Question.objects.filter(pillar__version=version))
    people = [person(f"p{number}@northfield.example") for number in range(6)]
    for number, user in enumerate(people):
        participant = assessments.add_participant(assessment=assessment, user=user, function="other", by=alice)
        by_lead = {"mode": Submission.Mode.INTERVIEW, "recorded_by": alice, "confirmed_at": timezone.now()}
        submission = Submission.objects.create(
            participant=participant,
            state=Submission.State.SUBMITTED,
            submitted_at=timezone.now(),
            **(by_lead if number == 5 else {}),
        )
        Answer.objects.bulk_create(
            Answer(submission=submission, question=question, level=1 + (number + place) % 5, comment=SECRET)
            for place, question in enumerate(questions)
        )
    assessments.close(assessment=assessment, by=alice)
    assessments.release(assessment=assessment, by=alice)
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def shared(released, alice, emails):
    """The address of the link's page."""
    released.organisation.time_zone = "Asia/Tokyo"
    released.organisation.save()
    shared_results.share(
        assessment=released,
        email=RUTH,
        name="Ruth Aalto",
        note="For Monday.",
        expires_on=released.organisation.today + datetime.timedelta(days=30),
        by=alice,
        base_url=BASE,
    )
    return f"/shared-results/{token_in(emails[-1])}/"


def code_in(email):
    return re.search(r"(?m)^([A-Z]{4}-[A-Z]{4})$", email.body)[1]


@pytest.fixture
def ruth(shared, mailoutbox):
    """Her browser, once she has entered the code."""
    browser = browser_of()
    browser.post(shared)
    assert browser.post(shared, {"code": code_in(mailoutbox[-1]).lower()}).status_code == 302
    return browser


def test_whoever_shared_a_result_can_resend_its_link_and_the_old_one_ends(
    released, shared, alice, bob, mailoutbox, django_capture_on_commit_callbacks
):
    lead, link = browser_of(alice), SharedResult.objects.get()
    page = f"/assessments/{released.pk}/share/"
    address = f"{page}{link.pk}/resend"
    assert "moment ago" in lead.post(address, follow=True).content.decode()
    SharedResult.objects.update(sent_at=timezone.now() - datetime.timedelta(minutes=2))
    Membership.objects.create(organisation=released.organisation, user=bob, role=Membership.Role.LEAD)
    assert browser_of(bob).post(address).status_code == 404
    assert address in lead.get(page).content.decode() and address not in browser_of(bob).get(page).content.decode()
    until = link.expires_at
    with django_capture_on_commit_callbacks(execute=True):
        assert "on its way to Ruth Aalto" in lead.post(address, follow=True).content.decode()
    new = f"/shared-results/{token_in(mailoutbox[-1])}/"
    assert [browser_of().get(each).status_code for each in (shared, new)] == [404, 200]
    assert SharedResult.objects.get().expires_at == until
    SharedResult.objects.update(sent_at=timezone.now() - datetime.timedelta(minutes=2), revoked_at=timezone.now())
    assert "no longer works" in lead.post(address, follow=True).content.decode()


def result_of(assessment):
    return f"/assessments/{assessment.pk}/result/"


# Sharing


def test_a_lead_shares_a_result(released, alice, emails, mailoutbox):
    browser = browser_of(alice)
    page = f"/assessments/{released.pk}/share/"
    assert "Links to this result" not in browser.get(page).content.decode()
    day = released.organisation.today + datetime.timedelta(days=7)
    given = {"name": "Ruth Aalto", "email": RUTH, "expires_on": day, "note": "For Monday."}
    answer = browser.post(page, given, follow=True).content.decode()
    assert "on its way to ruth@board.example" in answer and "Not opened yet" in answer
    email = emails[-1]
    assert (email.to, email.reply_to) == ([RUTH], [alice.email])
    assert "Dear Ruth Aalto," in email.body and "> For Monday." in email.body and "Northfield" in email.from_email
    assert SharedResult.objects.get().last_day == day
    assert AuditEvent.objects.filter(verb=audit.Verb.RESULT_SHARED).count() == 1


@pytest.mark.parametrize("days", [-1, 366])
def test_a_link_lasts_a_year_at_most(released, alice, days, mailoutbox):
    day = released.organisation.today + datetime.timedelta(days=days)
    given = {"name": "Ruth", "email": RUTH, "expires_on": day}
    page = browser_of(alice).post(f"/assessments/{released.pk}/share/", given)
    assert "error-summary" in page.content.decode() and not SharedResult.objects.exists()


def test_what_is_not_released_is_not_shared(assessment, alice):
    page = f"/assessments/{assessment.pk}/share/"
    assert "once it is released" in browser_of(alice).get(page).content.decode()
    browser_of(alice).post(page, {"name": "Ruth", "email": RUTH, "expires_on": assessment.organisation.today})
    assert not SharedResult.objects.exists()


def test_only_those_who_manage_it_share_and_withdraw(released, shared, alice):
    link = SharedResult.objects.get()
    taking_part = User.objects.get(email="p0@northfield.example")
    for user in (taking_part, person("mallory@lakeside.example")):
        browser = browser_of(user)
        assert browser.get(f"/assessments/{released.pk}/share/").status_code == 404
        assert browser.post(f"/assessments/{released.pk}/share/{link.pk}/withdraw").status_code == 404
    assert SharedResult.objects.active().count() == 1


# Following the link


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_sends_and_shows_nothing(shared, released, mailoutbox, method):
    before, browser = len(mailoutbox), browser_of()
    for _scanner in range(3):
        assert getattr(browser, method)(shared).status_code == 200
    assert len(mailoutbox) == before
    assert browser.get(result_of(released)).status_code == 302


def test_the_code_opens_the_result_in_this_browser_only(ruth, released, shared):
    page = ruth.get(result_of(released))
    html = page.content.decode()
    assert page.status_code == 200 and "Shared with Ruth Aalto" in html
    assert ruth.get(shared)["Location"] == result_of(released)
    other = browser_of()
    assert other.get(result_of(released))["Location"].startswith("/accounts/login/")
    assert "E-mail me a code" in other.get(shared).content.decode()
    link = SharedResult.objects.get()
    assert link.opened_at is not None and link.code_hash == ""
    assert AuditEvent.objects.filter(verb=audit.Verb.SHARED_RESULT_OPENED, object_id=str(link.pk)).count() == 1


def test_a_wrong_code_opens_nothing_and_the_fifth_ends_it(shared, released, mailoutbox):
    browser = browser_of()
    browser.post(shared)
    right = code_in(mailoutbox[-1])
    for _attempt in range(5):
        assert "Check the code" in browser.post(shared, {"code": "BBBB-BBBB"}).content.decode()
    browser.post(shared, {"code": right})
    assert browser.get(result_of(released)).status_code == 302
    SharedResult.objects.update(code_sent_at=timezone.now() - datetime.timedelta(seconds=61))
    browser.post(shared)
    browser.post(shared, {"code": code_in(mailoutbox[-1])})
    assert browser.get(result_of(released)).status_code == 200


def test_codes_wait_for_a_minute_and_end_after_ten(shared, mailoutbox, released):
    browser = browser_of()
    browser.post(shared)
    sent = len(mailoutbox)
    assert "Please wait" in browser.post(shared).content.decode() and len(mailoutbox) == sent
    SharedResult.objects.update(code_sent_at=timezone.now() - datetime.timedelta(minutes=11))
    browser.post(shared, {"code": code_in(mailoutbox[-1])})
    assert browser.get(result_of(released)).status_code == 302


def test_a_withdrawn_link_ends_wherever_it_is_open(ruth, released, shared, alice):
    link = SharedResult.objects.get()
    page = browser_of(alice).post(f"/assessments/{released.pk}/share/{link.pk}/withdraw", follow=True)
    assert "Withdrawn on" in page.content.decode()
    for address in (shared, result_of(released), f"/assessments/{released.pk}/report.pdf"):
        assert ruth.get(address).status_code == 404
    assert browser_of().get(shared).status_code == browser_of().get("/shared-results/wrong/").status_code == 404
    assert shared_results.withdraw(link=link, by=alice) is False


def test_an_expired_link_says_only_that(ruth, shared, released):
    SharedResult.objects.update(expires_at=timezone.now())
    page = browser_of().get(shared)
    assert page.status_code == 410 and "Northfield" not in page.content.decode()
    assert ruth.get(result_of(released)).status_code == 404


def test_what_is_open_again_is_not_shown(ruth, shared, released):
    Assessment.objects.update(state=Assessment.State.CLOSED)
    page = ruth.get(shared)
    assert page.status_code == 410 and "Northfield" not in page.content.decode()
    assert ruth.get(result_of(released)).status_code == 404


def test_an_account_with_access_reads_as_itself(released, alice, shared, mailoutbox):
    browser = browser_of(alice)
    browser.post(shared)
    browser.post(shared, {"code": code_in(mailoutbox[-1])})
    assert "Run a workshop" in browser.get(result_of(released)).content.decode()
    SharedResult.objects.update(revoked_at=timezone.now())
    assert browser.get(result_of(released)).status_code == 200


# What is shown


def pages_of(browser, assessment):
    html = browser.get(result_of(assessment)).content.decode()
    base = f"/assessments/{assessment.pk}/"
    parts = {address for address in re.findall(r'href="([^"#?]+)', html) if address.startswith(f"{base}result/")}
    texts = [browser.get(address) for address in sorted(parts) if "report." not in address]
    texts += [browser.get(f"{base}result/report.{form}") for form in ("json", "csv")]
    assert {text.status_code for text in texts} == {200}
    return [text.content.decode(errors="replace") for text in texts]


@pytest.mark.parametrize("confidentiality", ["confidential", "named"])
def test_no_comment_and_no_name_is_shown(ruth, released, confidentiality):
    Assessment.objects.update(confidentiality=confidentiality)
    for text in pages_of(ruth, released):
        assert SECRET not in text and "p0@northfield" not in text


def test_every_link_on_the_page_opens(ruth, released):
    """Except for those into the product, such as signing in."""
    html = ruth.get(result_of(released)).content.decode()
    links = {link for link in re.findall(r'(?:href|src)="(/assessments/[^"#]+)', html) if ".pdf" not in link}
    assert links and {link: ruth.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_nothing_else_of_the_assessment_opens(ruth, released):
    for page in ("", "review/", "manage/", "what-if/", "roadmap/", "roadmap/status/", "commentary/", "share/"):
        assert ruth.get(f"/assessments/{released.pk}/{page}").status_code in (302, 404), page
    for method in ("post", "put", "delete"):
        assert getattr(ruth, method)(result_of(released)).status_code in (302, 405)


def tables_of(browser, assessment):
    return json.loads(browser.get(f"/assessments/{assessment.pk}/result/report.json").content)["tables"]


def test_she_sees_no_figure_that_the_lead_does_not(ruth, released, alice):
    """An interview by the lead does not count, so a link to oneself shows nothing new, in a named assessment neither."""

    def figures(browser):
        tables = tables_of(browser, released)
        return {
            (name, row.get("key"), column): str(value)
            for name, rows in tables.items()
            for row in rows
            if "key" in row
            for column, value in row.items()
            if value is not None
        }

    for confidentiality in ("confidential", "named"):
        Assessment.objects.update(confidentiality=confidentiality)
        hers, leads = figures(ruth), figures(browser_of(alice))
        print(
            confidentiality,
            len(hers),
            len(leads),
            [k for k in hers if leads.get(k) != hers[k]][:10],
            sorted({k[0] for k in leads}),
        )
        assert {figure: leads.get(figure) for figure in hers} == hers


def test_a_download_is_noted_without_a_person(ruth, released):
    tables_of(ruth, released)
    event = AuditEvent.objects.filter(verb__startswith="taken away as json").get()
    assert (event.actor, event.object_type) == (None, "sharedresult")


# Privacy


def test_her_data_is_copied_and_erased_with_her_account(shared):
    user = person(RUTH)
    assert "Ruth Aalto" in json.dumps(copy.copy_of(user)) and "token_hash" not in json.dumps(copy.copy_of(user))
    erasing.erase(user=user)
    assert not SharedResult.objects.exists()


def test_the_note_goes_with_whoever_wrote_it(shared, alice, released):
    other = person("other.lead@northfield.example")
    Membership.objects.create(organisation=released.organisation, user=other, role="lead")
    erasing.erase(user=alice)
    assert SharedResult.objects.get().note == ""


def test_ended_links_are_deleted(shared, settings):
    retention.run_due()
    assert SharedResult.objects.exists()
    SharedResult.objects.update(expires_at=timezone.now() - datetime.timedelta(days=91))
    cache.delete("retention")
    retention.run_due()
    assert not SharedResult.objects.exists()


def test_the_pages_of_a_result_lead_to_the_page_of_each_question_for_who_can_open_it(released, ruth, alice):
    """A lead and a participant can; a board member who reads it by a link cannot."""
    question = Question.objects.get(pillar__version=released.bank_version, key="vision-direction")
    AgreedAnswer.objects.create(assessment=released, question=question, level=3, reason="The plan")
    RoadmapAction.objects.create(
        assessment=released, question=question.key, title="Write it", horizon="90d", due_on="2030-01-01"
    )
    pages = {"result/": 5, "result/agreement/": 2, "result/figures/": 49, "roadmap/status/": 1}
    base = f"/assessments/{released.pk}/"
    for reader in (alice, User.objects.get(email="p1@northfield.example")):
        browser = browser_of(reader)
        for page, at_least in pages.items():
            ways = set(re.findall(rf'href="({base}questions/[^"]+)"', browser.get(base + page).content.decode()))
            assert len(ways) >= at_least, page
            assert browser.get(sorted(ways)[0]).status_code == 200
    assert f"{base}questions/" not in every_page(ruth, f"{base}result/")
