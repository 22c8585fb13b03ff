"""The whole journey of an executive: from the invitation in the mailbox to the released result."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.actions import answering
from assessments.models import Answer, Invitation, Question, Submission, User
from tests.journeys.conftest import DESK, PHONE, TABLET
from tests.journeys.emails import email_to, link_in, text_of
from tests.journeys.respondent import Respondent, stored
from tests.journeys.site import Site

HASHED = re.compile(r"/static/.*\.[0-9a-f]{12}\.\w+$")


@pytest.fixture(scope="module")
def served(site, tmp_path_factory):
    """The same database behind a second server, with collected and hashed static files as `make demo` serves them."""
    folder = tmp_path_factory.mktemp("collected")
    server = Site(site.database, settings="tests.journeys.collected", COLLECTED=str(folder))
    server.run("collectstatic", "--no-input", "-v", "0")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def address(cast):
    return f"dora-{cast.alice.pk}@northfield.example"


@pytest.fixture
def lead(tab, cast, served):
    """Alice at her desk; she and Bob have answered already."""
    for user in (cast.alice, cast.bob):
        has_answered(cast.assessment, user)
    alice = Respondent(tab(base_url=served.url), served.url, cast.assessment)
    alice.sign_in(cast.alice)
    return alice


def has_answered(assessment, user):
    submission, _new = Submission.objects.get_or_create(participant=assessment.participants.get(user=user))
    questions = Question.objects.filter(pillar__version=assessment.bank_version)
    Answer.objects.bulk_create(
        Answer(submission=submission, question=question, answered_by=user, level=1 + place % 4)
        for place, question in enumerate(questions)
    )
    answering.submit(submission=submission, by=user)


@pytest.mark.parametrize(
    "size", [PHONE, pytest.param(TABLET, marks=pytest.mark.long), pytest.param(DESK, marks=pytest.mark.long)]
)
def test_from_the_invitation_to_the_result(size, lead, tab, cast, served, address):
    invite(lead, address)
    email = email_to(address, served.database)
    mobile = {"has_touch": True, "is_mobile": True} if size == PHONE else {}
    page = tab(base_url=served.url, size=size, **mobile)
    files = []
    page.on("request", lambda request: files.append(request.url) if "/static/" in request.url else None)
    follow(page, email)
    dora = Respondent(page, served.url, cast.assessment)
    user = User.objects.get(email=address)
    answer_everything(dora, user)
    submit(dora)
    close_and_release(lead)
    read_the_result(dora)
    assert len(stored(cast.assessment, user)) == 56
    assert files
    assert [file for file in files if not HASHED.search(file)] == []


def invite(lead, address):
    page = lead.page
    page.goto(lead.address("manage/"))
    page.get_by_role("link", name="Invite a person").click()
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Name", exact=True).fill("Dora Reed")
    page.get_by_label("Function").select_option("technology")
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text(f"An invitation is on its way to {address}.")).to_be_visible()
    expect(page.get_by_role("heading", name="2 of 3 have submitted")).to_be_visible()


def follow(page, email):
    """Open the link, signed out, as a scanner did before; the button takes part, and the link is used up."""
    link = link_in(email)
    assert f'href="{link}"' in text_of(email, "html")
    assert page.request.get(link).ok
    page.set_content(text_of(email, "html"))
    page.get_by_role("link", name="Take part").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alice invites you to take part")
    assert Invitation.objects.get(email=email["to"]).used_at is None
    page.get_by_role("button", name="Take part").click()
    expect(page.get_by_role("heading", name="Your assessment")).to_be_visible()
    assert Invitation.objects.get(email=email["to"]).used_at <= timezone.now()


def answer_everything(dora, user):
    """Eight sections of seven questions; each is saved before *Save and continue* is pressed."""
    page = dora.page
    page.get_by_role("link", name=re.compile("^Start: ")).click()
    for section in range(1, 9):
        expect(page.get_by_text(f"Section {section} of 8")).to_be_visible()
        for number, key in enumerate(dora.keys):
            dora.choose(key, "dont_know" if number == 6 else (section + number) % 5 + 1)
        dora.is_saved(user)
        dora.go_on()


def submit(dora):
    page = dora.page
    expect(page.get_by_text("56 of 56 questions answered. 8 of them with “I don’t know”.")).to_be_visible()
    page.get_by_role("button", name="Submit assessment").click()
    expect(page.get_by_role("heading", name="Your answers are submitted")).to_be_visible()
    receipt = page.locator(".receipt")
    expect(receipt).to_contain_text("56 of 56 questions")
    expect(page.get_by_text("3 of 3 have answered.")).to_be_visible()
    expect(page.get_by_role("link", name="See the result")).to_have_count(0)


def close_and_release(lead):
    page = lead.page
    page.reload()
    expect(page.get_by_role("heading", name="3 of 3 have submitted")).to_be_visible()
    page.get_by_role("link", name="Close assessment").click()
    page.get_by_role("button", name="Close assessment").click()
    expect(page.locator("#pillars")).to_be_visible()
    page.goto(lead.address("manage/"))
    page.get_by_role("button", name="Release result").click()
    expect(page.get_by_role("heading", name="Release the result?")).to_be_visible()
    page.get_by_role("button", name="Release result").click()
    expect(page.get_by_text("The result is released. Those who see it are told by e-mail.")).to_be_visible()


def read_the_result(dora):
    page = dora.page
    page.reload()
    page.get_by_role("link", name="See the result").click()
    expect(page).to_have_url(re.compile("/result/$"))
    page.get_by_role("link", name="Figures", exact=True).click()
    page.locator("[data-chart][tabindex]").focus()  # once the script is there
    expect(page.locator("#profile .js-plotly-plot .polar")).to_be_visible()
    expect(page.locator("#figures table")).to_be_visible()
