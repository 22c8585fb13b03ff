"""The radar in a real browser: it changes places with the server's drawing unseen, and can be read without a pointer."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments.actions import assessments
from assessments.models import Answer, Assessment, Question, Submission, User
from tests.journeys.conftest import DESK, PASSWORD, PHONE

DRAWN = "[data-chart] .drawn"
PLOTLY = re.compile(r"/plotly\.min.*js")


@pytest.fixture
def result(cast):
    """Where Alice finds the result of four people, with targets and a previous round."""
    finish(cast, cast.assessment)
    later = assessments.start(
        organisation=cast.northfield, bank_version=cast.version, name="Later", by=cast.alice, function="ceo"
    )
    Assessment.objects.filter(pk=later.pk).update(targets={"vision": {"target": 4, "reason": "The board wants it."}})
    finish(cast, later)
    return f"/assessments/{later.pk}/result/figures/"


def finish(cast, assessment):
    for number in range(4):
        user, _new = User.objects.get_or_create(email=f"p{number}@{cast.northfield.pk}.example")
        person = assessments.add_participant(assessment=assessment, user=user, function="technology", by=cast.alice)
        done = Submission.objects.create(participant=person, state="submitted", submitted_at=timezone.now())
        Answer.objects.bulk_create(
            Answer(submission=done, question=question, answered_by=user, level=1 + (number + place) % 4)
            for place, question in enumerate(Question.objects.filter(pillar__version=cast.version))
        )
    assessments.close(assessment=assessment, by=cast.alice)


@pytest.fixture
def opened(tab, cast, result):
    """The result page, opened by Alice in a browser as asked for."""

    def opened(*, prepare=None, **options):
        page = tab(**options)
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill(cast.alice.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/home/")
        if prepare:
            prepare(page)
        page.goto(result)
        return page

    return opened


def touched(page):
    """The chart of a page under a hand."""
    page.locator("[data-chart]").focus()
    return page


def box_of(page, selector):
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_drawing_changes_places_without_a_jump(opened, size):
    held = []

    def hold(page):
        page.route("**/plotly.min*.js", lambda route: held.append(route))  # noqa: PLW0108 - it may not be a built-in

    page = opened(size=size, prepare=hold)
    touched(page)
    while not held:
        page.wait_for_timeout(20)
    before = box_of(page, "[data-chart] > svg"), page.locator("#figures").bounding_box()["y"]
    texts = page.locator("[data-chart] > svg text").all_text_contents()
    held[0].continue_()
    expect(page.locator(DRAWN)).to_be_visible()
    after = box_of(page, DRAWN)
    assert after == pytest.approx(before[0], abs=1)
    assert page.locator("#figures").bounding_box()["y"] == pytest.approx(before[1], abs=1)
    drawn = page.locator(f"{DRAWN} text").all_text_contents()
    assert set(filter(None, texts)) <= set(drawn)
    spots = [layer.bounding_box() for layer in page.locator(f"{DRAWN} .main-svg").all()]
    assert all(spot["y"] == spots[0]["y"] for spot in spots)


def test_arrow_keys_read_it_pillar_by_pillar(opened):
    page = touched(opened())
    chart = page.locator("[data-chart]")
    expect(page.locator(DRAWN)).to_be_visible()
    assert "Arrow keys" in chart.get_attribute("aria-label")
    chart.focus()
    said = page.locator("[data-say]")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("Vision")
    expect(said).to_contain_text("90% interval")
    expect(said).to_contain_text("4 people")
    expect(page.locator(f"{DRAWN} .hoverlayer .hovertext")).to_contain_text("Vision")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("Culture")
    page.keyboard.press("End")
    expect(said).to_contain_text("Partnerships")
    page.keyboard.press("Escape")
    expect(said).to_be_empty()
    expect(page.locator(f"{DRAWN} .hoverlayer .hovertext")).to_have_count(0)


def test_series_are_shown_and_hidden(opened):
    page = touched(opened())
    expect(page.locator(DRAWN)).to_be_visible()
    roles = "() => document.querySelector('.drawn').data.filter(t => t.visible !== false).map(t => t.meta.role)"
    assert {"interval", "target", "previous", "current"} <= set(page.evaluate(roles))
    chooser = page.get_by_role("group", name="Show in the chart")
    expect(chooser.get_by_label("Benchmark median")).to_have_count(0)
    chooser.get_by_label("Previous round").uncheck()
    chooser.get_by_label("90% interval").uncheck()
    page.wait_for_function(f"() => !({roles})().includes('previous')")
    assert not {"previous", "interval"} & set(page.evaluate(roles))
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)
    assert not {"previous", "interval"} & set(page.evaluate(roles))
    chooser.get_by_label("Previous round").check()
    page.wait_for_function(f"() => ({roles})().includes('previous')")


def test_it_follows_theme_and_width_and_leaves_paper_to_the_server(opened):
    page = touched(opened())
    expect(page.locator(DRAWN)).to_be_visible()
    color = "() => document.querySelector('.drawn').data.find(t => t.meta.role === 'current').line.color"
    assert page.evaluate(color) == "#0D49BB"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => ({color})() === '#3FAFFC'")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.wait_for_function("() => document.querySelector('.drawn').getBoundingClientRect().width <= 358")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    page.emulate_media(media="print")
    expect(page.locator("[data-chart] > svg")).to_be_visible()
    expect(page.locator(DRAWN)).to_be_hidden()
    expect(page.locator("#profile-series")).to_be_hidden()


def test_where_the_script_fails_the_server_s_drawing_stays(opened):
    page = opened(prepare=lambda page: page.route("**/plotly.min*.js", lambda route: route.abort()))
    with page.expect_console_message(lambda message: "stays as the server drew it" in message.text):
        touched(page)
    expect(page.locator("[data-chart] > svg")).to_be_visible()
    assert page.locator(DRAWN).count() == 0
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-say]")).to_contain_text("Vision 2.5")
    hide_previous(page)


def hide_previous(page):
    page.get_by_role("group", name="Show in the chart").get_by_label("Previous round").uncheck()
    expect(page.locator("[data-chart] > svg .line-previous")).to_be_hidden()
    expect(page.locator("[data-chart] > svg .dot").first).to_be_visible()


def test_only_a_hand_on_it_loads_the_interactive_one(opened):
    asked = []
    page = opened(
        size=PHONE, has_touch=True, prepare=lambda page: page.on("request", lambda sent: asked.append(sent.url))
    )
    page.wait_for_load_state("networkidle")
    hide_previous(page)
    page.locator("#figures").scroll_into_view_if_needed()
    assert not [url for url in asked if PLOTLY.search(url)]
    page.locator("[data-chart] > svg").tap()
    expect(page.locator(DRAWN)).to_be_visible()
    assert len([url for url in asked if PLOTLY.search(url)]) == 1
    assert page.evaluate("document.querySelector('.drawn').data.find(t => t.meta.role === 'previous').visible") is False


def test_a_pointer_that_stays_loads_it(opened):
    page = opened()
    page.locator("[data-chart] > svg").hover()
    expect(page.locator(DRAWN)).to_be_visible()


def test_without_script_everything_is_there(opened, tab, cast, result):
    page = opened()
    state = page.context.storage_state()
    bare = tab(java_script_enabled=False, storage_state=state)
    bare.goto(result)
    expect(bare.locator("[data-chart] > svg")).to_be_visible()
    bare.locator("#profile .tools summary").click()
    expect(bare.locator("#profile .tools table")).to_be_visible()
    bare.locator("#explain-vision summary").click()
    expect(bare.locator("#explain-vision .arithmetic")).to_be_visible()


def test_the_rail_follows_and_an_old_fragment_leads_to_its_page(opened, result):
    page = opened()
    expect(page.locator("#figures")).to_be_visible()
    page.goto(result.removesuffix("figures/") + "#explain-vision")
    page.wait_for_url(f"**{result}#explain-vision")
    page.goto(result.removesuffix("figures/"))
    current = page.locator('.rail [aria-current="true"]')
    expect(current).to_have_text("Finding")
    page.locator("#pillars").evaluate("section => section.scrollIntoView({behavior: 'instant'})")
    expect(current).to_have_text("Pillars against target")
    page.evaluate("scrollTo({top: 1e6, behavior: 'instant'})")
    expect(current).to_have_text("How sure this is")
    expect(page.locator('.rail [aria-current="page"]')).to_have_text("Summary")


def test_one_click_makes_the_report_and_says_how_large_it_is(opened):
    page = opened()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download report").click()
    assert download.value.suggested_filename.endswith(".pdf")
    expect(page.locator("[data-report-state]")).to_have_text(re.compile(r"Report ready \(1\d pages, \d+ KB\)"))


def test_before_it_is_drawn_a_dot_says_what_it_shows_to_a_pointer_and_to_the_keyboard(opened):
    page = opened(prepare=lambda page: page.route("**/plotly.min*.js", lambda _route: None))
    tip, dots = page.get_by_role("tooltip"), page.locator("[data-chart] > svg .dot")
    dots.nth(1).hover()
    expect(tip).to_contain_text(re.compile("2.5"))
    first = tip.text_content()
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    chart = page.locator("[data-chart]")
    chart.focus()
    for _press in range(2):
        chart.press("ArrowRight")
    expect(tip).to_have_text(first)
    expect(page.locator("[data-say]")).not_to_be_empty()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_finger_on_a_name_follows_its_link(opened):
    page = opened(size=PHONE, has_touch=True)
    page.goto(page.url.removesuffix("figures/"))
    page.locator("#pillars .dots li").nth(1).get_by_role("link").tap()
    page.wait_for_url("**/result/figures/#explain-*")


def test_a_mark_says_what_it_shows_and_leads_there(opened):
    page = opened()
    page.goto(page.url.removesuffix("figures/"))
    tip = page.get_by_role("tooltip")
    row = page.locator("#pillars .dots li").nth(1)
    row.locator(".strip-box").hover()
    expect(tip).to_contain_text("target 4.0")
    tip.hover()
    page.wait_for_timeout(300)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    row.get_by_role("link").click()
    page.wait_for_url("**/result/figures/#explain-*")
    expect(page.locator("#explain-vision .arithmetic, #explain-culture .arithmetic").first).to_be_visible()
    page.goto(page.url.partition("figures/")[0] + "change/")
    link = page.locator(".slope a").first
    link.focus()
    expect(link).to_have_accessible_description(re.compile("from 2.5 to 2.5"))
    page.keyboard.press("Tab")
    below = page.locator(".slope a").nth(1)
    expect(tip).to_have_text(below.get_attribute("aria-label"))
    key = below.get_attribute("href").partition("#explain-")[2]
    assert key.capitalize() in below.get_attribute("aria-label")
