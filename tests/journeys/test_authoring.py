"""An author writes, checks, tries and publishes a revision in a real browser; nothing may be said on its console."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from assessments.actions import banks
from assessments.models import BankVersion, Consultancy, Organisation, Question, User

from .conftest import person
from .looks import LOOKS, faults_in_the_other_looks, findings, invalid, served
from .respondent import Respondent


@pytest.fixture
def dana():
    author = person(f"dana-{uuid.uuid4().hex[:8]}@demo.example")
    User.objects.filter(pk=author.pk).update(is_staff=True, is_superuser=True)
    return author


@pytest.fixture
def draft(cast, dana):
    """The next version of a bank of this test's own; what it publishes is retired, so that other assessments never meet it."""
    first = banks.new_draft(version=cast.version, by=dana, key=f"bank-{uuid.uuid4().hex[:8]}")
    banks.publish(version=first)
    banks.retire(version=first, reason="", by=dana)
    draft = banks.new_draft(version=first, by=dana)
    yield draft
    banks.retire(version=draft, reason="", by=dana)


@pytest.fixture
def author(tab, dana, site):
    """A tab in which Dana is signed in; at the end its console must have stayed silent."""
    said = []

    def author(**options):
        page = tab(**options)
        page.on(
            "console",
            lambda line: said.append(f"{page.url}: {line.text}") if line.type in ("error", "warning") else None,
        )
        Respondent(page, site.url).sign_in(dana)
        return page

    yield author
    assert said == []


def screen(row, rest="change/"):
    return f"/admin/assessments/{row._meta.model_name}/{row.pk}/{rest}"


def question_of(draft):
    return Question.objects.filter(pillar__version=draft).order_by("pillar__order", "order").first()


def test_a_revision_from_the_first_word_to_the_seal(author, draft):
    page = author()
    page.goto(screen(draft))
    page.get_by_role("link", name="Vision", exact=True).click()
    question = question_of(draft)
    page.get_by_role("link", name=question.text).click()
    count = page.locator("[data-words-of=id_anchor_2]")
    page.locator("#id_anchor_2").fill("One two three-four")
    expect(count).to_have_text("3 words")
    page.locator("#id_anchor_2").fill("word " * 26)
    expect(count).to_have_class(re.compile("is-long"))
    page.locator("#id_anchor_2").fill("Two departments have written down what they want from AI, each for itself.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile(r"/pillar/\d+/change/#row-"))

    page.goto(screen(draft, "check/"))
    expect(page.get_by_role("heading", name="No errors: this version can be published")).to_be_visible()
    page.goto(screen(draft, "publish/"))
    expect(page.get_by_text("These changes require 2.0.0 or higher")).to_be_visible()
    page.get_by_label("Why this version").fill("Departments wanted to find themselves")
    page.get_by_label("Type the version number again").fill(f"{draft.bank.key} 2.0.0")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("is published and can no longer be changed")).to_be_visible()
    draft.refresh_from_db()
    assert (draft.state, draft.version) == ("published", "2.0.0")


def test_rows_move_by_button_and_by_drag_and_stay_moved(author, draft):
    page = author()
    page.goto(screen(draft.pillars.first()))
    rows = page.locator("[data-rows] [data-key]")
    before = [row.get_attribute("data-key") for row in rows.all()]
    rows.nth(0).get_by_role("button", name=re.compile("^Move down")).click()
    expect(rows.nth(1)).to_have_attribute("data-key", before[0])
    page.wait_for_load_state()  # with the script that makes rows of the new page move
    with page.expect_response(re.compile("/arrange/")) as sent:
        rows.nth(1).locator(".number").drag_to(rows.nth(4).locator(".number"))
    assert sent.value.status == 204
    order = [row.get_attribute("data-key") for row in rows.all()]
    page.reload()
    assert [row.get_attribute("data-key") for row in rows.all()] == order
    assert order != before


def test_rows_move_without_script(author, draft):
    page = author(java_script_enabled=False)
    page.goto(screen(draft))
    rows = page.locator(".rows [data-key]")
    page.get_by_role("button", name=re.compile("^Move down.*Vision")).click()
    expect(rows.nth(1)).to_have_attribute("data-key", "vision")
    expect(page.get_by_text("Rows can be dragged")).to_be_hidden()


def test_the_preview_is_the_real_page_in_a_frame_and_saves_nothing(author, draft):
    page = author()
    page.goto(screen(draft, "preview/"))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Vision")).to_be_visible()
    frame.locator("#vision-direction-3").check()
    frame.get_by_role("button", name="Save and continue").last.click()
    expect(frame.get_by_role("heading", name="Culture")).to_be_visible()
    page.get_by_role("link", name="Desktop, 1280").click()
    expect(page.locator("iframe.desktop")).to_be_visible()
    assert page.frames[1].evaluate("innerWidth") == 1280


def test_two_editors_are_told_of_each_other(author, draft):
    first, second = author(), author()
    address = screen(question_of(draft))
    for page in (first, second):
        page.goto(address)
    first.locator("#id_text").fill("Who would know?")
    first.get_by_role("button", name="Save", exact=True).click()
    second.locator("#id_text").fill("Who would care?")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_role("heading", name="Two of you changed this")).to_be_visible()
    expect(second.locator(".clash del")).to_contain_text("know")
    second.get_by_role("button", name="Save mine instead").click()
    expect(second).to_have_url(re.compile("/pillar/"))
    assert question_of(draft).text == "Who would care?"


def screens(draft):
    """Every kind of page in the admin."""
    version, question = "/admin/assessments/bankversion/", question_of(draft)
    published = BankVersion.objects.published().get()
    client, firm = Organisation.objects.first(), Consultancy.objects.get_or_create(name="Hart Advisory")[0]
    return [
        "/admin/", "/admin/assessments/questionbank/", screen(draft.bank), screen(draft), screen(question.pillar), screen(question),
        screen(question.pillar, "paste/"),
        *(f"{version}{draft.pk}/{name}" for name in ("check/", "publish/", "edits/", "copy/", "translations/", "preview/", "preview/result/")),
        f"{version}{published.pk}/retire/", "/admin/assessments/questionbank/import/", "/admin/assessments/user/",
        "/admin/assessments/user/?q=nobody", screen(draft.bank, "history/"), "/admin/assessments/organisation/",
        "/admin/assessments/organisation/add/", screen(client), screen(client, "history/"), "/admin/assessments/consultancy/add/",
        screen(firm), "/admin/assessments/assessment/", "/admin/assessments/auditevent/", "/admin/assessments/outgoingemail/",
        "/admin/assessments/handover/", screen(published),
    ]  # fmt: skip


@pytest.fixture
def crowd(cast):
    """So many people that the list of them has ten pages, the most whose numbers it shows all."""
    missing = range(max(451 - User.objects.count(), 0))
    User.objects.bulk_create(User(email=f"{uuid.uuid4().hex}@crowd.example", name="One of many") for _ in missing)
    yield
    User.objects.filter(email__endswith="@crowd.example").delete()


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_is_silent_fits_and_passes_axe(author, draft, look):
    page, found = author(), []
    for address in screens(draft):
        page.goto(address)
        found += [f"{address} {each}" for each in [*findings(page, *look), *invalid(served(page))]]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert found == []


@pytest.mark.long
def test_every_screen_passes_axe_in_the_other_looks(author, draft):
    page, found = author(), []
    for address in screens(draft):
        page.goto(address)
        found += [f"{address} {each}" for each in faults_in_the_other_looks(page)]
    assert found == []
