"""A consultancy's brand and snippets: its own consultants change them, and the colour has to be seen."""

import html

import pytest

from assessments import access
from assessments.models import AuditEvent, Consultancy, Engagement, Snippet, User
from tests.mailbox import browser_of
from tests.views.reauthentication import confirmed


@pytest.fixture
def hart(northfield):
    firm = Consultancy.objects.create(name="Hart Advisory")
    firm.consultants.add(User.objects.create_user("dana@hart.example"))
    Engagement.objects.create(consultancy=firm, organisation=northfield)
    return firm


@pytest.fixture
def dana(hart):
    return browser_of(hart.consultants.get())


def at(firm, part=""):
    return f"/consultancies/{firm.pk}/{part}"


BRAND = {"name": "Hart & Co", "accent": "2b6cb0", "imprint": "Bath", "disclaimer": "No warranty."}


def test_a_brand_is_saved_and_said_in_the_log(hart, dana):
    assert dana.post(at(hart), BRAND).status_code == 302
    hart.refresh_from_db()
    assert (hart.name, hart.accent, hart.imprint, hart.disclaimer) == ("Hart & Co", "#2B6CB0", "Bath", "No warranty.")
    dana.post(at(hart), BRAND)
    assert AuditEvent.objects.filter(verb="brand changed", object_id=str(hart.pk)).count() == 1
    page = html.unescape(dana.get(at(hart)).content.decode())
    assert "#2B6CB0" in page
    assert "lightened" not in page


def test_a_corporate_colour_is_taken_and_lightened_by_itself_on_dark_pages(hart, dana):
    assert dana.post(at(hart), {**BRAND, "accent": "#0A6B4F"}).status_code == 302
    hart.refresh_from_db()
    assert hart.accent == "#0A6B4F"
    assert "On dark pages it is lightened to #0" in dana.get(at(hart)).content.decode()


@pytest.mark.parametrize(
    ("colour", "reason"),
    [
        (
            "#FFCC00",
            "The contrast of #FFCC00 on white is 1.5:1; text needs 4.5:1. The closest shade that works is #",
        ),
        ("navy", "Enter a colour as six digits"),
        ("url(http://x)", "Enter a colour as six digits"),
    ],
)
def test_a_colour_that_cannot_be_seen_is_refused_with_one_that_can(hart, dana, colour, reason):
    answer = dana.post(at(hart), {**BRAND, "accent": colour})
    assert answer.status_code == 400
    assert reason in html.unescape(answer.content.decode())
    hart.refresh_from_db()
    assert hart.accent == ""


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "<b>"}, {"imprint": "x" * 1001}, {"disclaimer": "y" * 1001}], ids=str
)
def test_what_does_not_fit_is_refused_with_a_sentence(hart, dana, wrong):
    answer = dana.post(at(hart), {**BRAND, **wrong})
    assert answer.status_code == 400 and b"error-summary" in answer.content
    assert Consultancy.objects.get().name == "Hart Advisory"


def test_nobody_else_may_see_or_change_it(hart, alice, bob, charlie):
    other = Consultancy.objects.create(name="Other")
    other.consultants.add(charlie)
    for user in (alice, bob, charlie):
        for part in ("", "logo/", "logo.png", "snippets/", "snippets/new/"):
            assert browser_of(user).get(at(hart, part)).status_code == 404
        assert browser_of(user).post(at(hart), BRAND).status_code == 404


def test_the_portfolio_leads_there(hart, dana, alice, assessment):
    assert f'href="{at(hart)}"' in dana.get("/portfolio/").content.decode()
    assert "Brand of" not in browser_of(alice).get("/portfolio/").content.decode()


# Snippets

SNIPPET = {"title": "Begin here", "pillar": "vision", "level": "2", "text": "Say **why**."}


def test_snippets_are_written_changed_and_removed(hart, dana):
    assert dana.post(at(hart, "snippets/new/"), SNIPPET).status_code == 302
    made = Snippet.objects.get()
    assert (made.consultancy, made.pillar, made.level, made.text) == (hart, "vision", 2, "Say **why**.")
    assert "Vision, level 2" in " ".join(dana.get(at(hart, "snippets/")).content.decode().split())
    dana.post(at(hart, f"snippets/{made.pk}/"), {**SNIPPET, "pillar": "", "level": "", "title": "Now anywhere"})
    made.refresh_from_db()
    assert (made.title, made.pillar, made.level) == ("Now anywhere", "", None)
    dana.post(at(hart, f"snippets/{made.pk}/remove"))
    assert not Snippet.objects.exists()
    verbs = AuditEvent.objects.filter(object_id=str(made.pk)).values_list("verb", flat=True)
    assert sorted(verbs) == ["snippet removed", "snippet saved", "snippet saved"]


@pytest.mark.parametrize("wrong", [{"title": ""}, {"text": ""}, {"level": "6"}, {"pillar": "astrology"}], ids=str)
def test_a_snippet_that_is_not_whole_is_refused(hart, dana, wrong):
    assert dana.post(at(hart, "snippets/new/"), {**SNIPPET, **wrong}).status_code == 400
    assert not Snippet.objects.exists()


def test_a_snippet_that_was_removed_meanwhile_stays_removed(hart, dana, monkeypatch):
    made = hart.snippets.create(**SNIPPET)
    found = access.snippet_for

    def removed_then(*where):
        snippet = found(*where)
        Snippet.objects.all().delete()
        return snippet

    monkeypatch.setattr(access, "snippet_for", removed_then)
    page = dana.post(at(hart, f"snippets/{made.pk}/"), {**SNIPPET, "text": "Say who."})
    assert page.status_code == 400 and not Snippet.objects.exists()
    assert "Someone else has removed this snippet" in page.content.decode() and b"Say who." in page.content


def test_a_snippet_about_a_pillar_of_another_bank_keeps_it(hart, dana):
    made = Snippet.objects.create(consultancy=hart, pillar="gone", title="Old", text="Old")
    dana.post(at(hart, f"snippets/{made.pk}/"), {**SNIPPET, "pillar": "gone"})
    made.refresh_from_db()
    assert (made.title, made.pillar) == ("Begin here", "gone")


def test_a_snippet_of_another_consultancy_is_not_there(hart, dana):
    other = Snippet.objects.create(consultancy=Consultancy.objects.create(name="Other"), title="x", text="x")
    assert dana.get(at(hart, f"snippets/{other.pk}/")).status_code == 404
    assert dana.post(at(hart, f"snippets/{other.pk}/remove")).status_code == 404


# Django admin


def test_an_admin_sees_the_brand_and_meets_the_same_check(hart):
    client = confirmed(User.objects.create_superuser("admin@demo.example"))
    address = f"/admin/assessments/consultancy/{hart.pk}/change/"
    page = client.get(address).content.decode()
    assert all(f'name="{field}"' in page for field in ("accent", "imprint", "disclaimer"))
    inlines = {
        f"{prefix}-{name}": 0
        for prefix in ("Consultancy_consultants", "engagements")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    refused = client.post(address, {**BRAND, **inlines, "accent": "#FFCC00"})
    assert "The closest shade that works is" in html.unescape(refused.content.decode())
    assert client.post(address, {**BRAND, **inlines}).status_code == 302
    hart.refresh_from_db()
    assert hart.accent == "#2B6CB0"
