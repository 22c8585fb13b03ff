"""Every component at once, as different people see it: narrow, large, mirrored, in their own colours, still, printed."""

import io

import pytest
from PIL import Image

from .conftest import PHONE
from .looks import violations
from .respondent import Respondent

OVERFLOW = """() => [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect()
    return (box.right > innerWidth + 1 || box.left < -1) && !element.closest('.scroll, .hidden, .skip, #js-plotly-tester')
}).map(element => element.outerHTML.slice(0, 80))"""


@pytest.fixture
def guide(tab, cast, site):
    """Opens the page as staff; the keyword arguments are those of a browser context."""
    cast.alice.is_staff = True
    cast.alice.save()

    def guide(**options):
        page = tab(**options)
        Respondent(page, site.url).sign_in(cast.alice)
        page.goto("/styleguide/")
        return page

    return guide


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(("width", "text"), [(320, 100), (390, 200), (1280, 200)])
def test_nothing_overflows(guide, direction, width, text):
    page = guide(size=(width, 900))
    page.evaluate(
        "([dir, text]) => Object.assign(document.documentElement, {dir}).style.fontSize = text", [direction, f"{text}%"]
    )
    assert page.evaluate(OVERFLOW) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(guide, scheme):
    found = violations(guide(size=PHONE, color_scheme=scheme))
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_own_colours_keep_the_primary_button_and_the_chosen_card_apart(guide, scheme):
    """What is painted counts: the computed style still tells the colours that the browser has put aside."""
    page = guide(forced_colors="active", color_scheme=scheme)
    buttons, cards = page.locator("#actions .button"), page.locator("#questions .choice")
    assert painted(buttons.nth(0), 8, 8) != painted(buttons.nth(1), 8, 8)
    chosen = cards.filter(has=page.locator(":checked")).first
    assert painted(chosen, 30, 0) != painted(cards.first, 30, 0)


def painted(part, x, y):
    with Image.open(io.BytesIO(part.screenshot())) as picture:
        return picture.convert("RGB").getpixel((x, y))


def test_nothing_moves_for_whoever_asks_for_stillness(guide):
    moving = """() => [document.documentElement, ...document.querySelectorAll('*')].filter(element => {
        const style = getComputedStyle(element)
        return parseFloat(style.transitionDuration) || style.animationName !== 'none' || style.scrollBehavior !== 'auto'
    }).length"""
    assert guide().evaluate(moving) == 0


def test_print_leaves_controls_out(guide):
    page = guide()
    page.emulate_media(media="print")
    for control in (".bar", ".rail", ".masthead nav", ".actions", ".change", ".pages"):
        assert page.locator(control).first.is_hidden(), control
    assert page.locator("h1").is_visible()
