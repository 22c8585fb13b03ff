"""How a page looks to whom, and what axe and a narrow window find wrong with it."""

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import DESK, PHONE

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": STANDARDS, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
LOOKS = [("light", PHONE), ("dark", DESK)]
OTHER_LOOKS = [("dark", PHONE), ("light", DESK)]


def findings(page, scheme, size):
    page.wait_for_load_state()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{scheme} {size[0]}: {each['id']} ({each['help']}): {node['html'][:160]}"
        for each in found
        for node in each["nodes"]
    ]


# What stands out of the window on the right, as a person would have to scroll sideways for it
SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll("*")].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => each.outerHTML.slice(0, 120)).slice(0, 5)"""


def sideways(page):
    """At 320 pixels, and with letters twice as large on a window of 640."""
    page.set_viewport_size({"width": 320, "height": 640})
    narrow = settled_sideways(page)
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return [f"320: {each}" for each in narrow] + [f"200 %: {each}" for each in settled_sideways(page)]


def settled_sideways(page):
    """After charts had the time to draw themselves anew."""
    for _look in range(30):
        if not (found := page.evaluate(SIDEWAYS)):
            break
        page.wait_for_timeout(100)
    return found


def faults(page):
    """In the two looks that differ most, and at its narrowest."""
    return [each for scheme, size in LOOKS for each in findings(page, scheme, size)] + sideways(page)


def faults_in_the_other_looks(page):
    return [each for scheme, size in OTHER_LOOKS for each in findings(page, scheme, size)]
