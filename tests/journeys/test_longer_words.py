"""Every word of the interface 40 % longer: nothing is clipped, and no page scrolls sideways."""

import pytest

from assessments.actions import assessments
from assessments.models import Answer, Question, Submission, User
from tests.languages.pseudo import CODE, longer, write_catalogue

from .conftest import DESK, PHONE, cast_of
from .respondent import Respondent
from .site import Site

# What sticks out, and what is cut off where the page hides what does not fit
PROBLEMS = """() => [...document.querySelectorAll('body *')].filter(element => {
    if (element.closest('.scroll, .hidden, .visually-hidden, .skip, #js-plotly-tester, svg') || !element.getClientRects().length) return false
    const box = element.getBoundingClientRect()
    if (box.width <= 1) return false
    const cut = getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1
    return box.right > innerWidth + 1 || box.left < -1 || (cut && !['TEXTAREA', 'INPUT', 'SELECT'].includes(element.tagName))
}).map(element => element.outerHTML.slice(0, 120))"""

OUT = ("/", "/method/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/")
IN = (
    *("/home/", "/portfolio/", "/exports/", "/account/tokens/", "/accounts/2fa/", "/accounts/email/"),
    "/assessments/start/",
    *("{open}", "{open}pillars/vision/", "{open}review/", "{open}manage/", "{open}people/invite/", "{open}close/"),
    *(
        "{closed}result/",
        "{closed}result/figures/",
        "{closed}result/agreement/",
        "{closed}what-if/",
        "{closed}roadmap/",
    ),
)


@pytest.fixture(scope="module")
def longer_site(site, tmp_path_factory):
    """The product in that language, on the database of the other journeys."""
    folder = tmp_path_factory.mktemp("locale")
    write_catalogue(folder)
    site = Site(site.database, settings="tests.journeys.pseudo_settings", PSEUDO_LOCALE=str(folder))
    site.start()
    yield site
    site.kill()


@pytest.fixture
def page_of(chromium, longer_site):
    contexts = []

    def page_of(size):
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, base_url=longer_site.url, reduced_motion="reduce"
        )
        contexts.append(context)
        return context.new_page()

    yield page_of
    for context in contexts:
        context.close()


def in_longer_words(page, site):
    page.context.add_cookies([{"name": "django_language", "value": CODE, "url": site.url}])


def problems_on(page, address):
    answer = page.goto(address)
    found = page.evaluate(PROBLEMS)
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*([f"status {answer.status}"] if answer.status != 200 else []), *(["scrolls"] if sideways else []), *found]


@pytest.mark.parametrize("size", [PHONE, pytest.param(DESK, marks=pytest.mark.long)], ids=["phone", "desk"])
def test_nothing_is_clipped_and_nothing_scrolls_sideways(size, page_of, longer_site):
    cast = cast_of(900 + size[0])
    closed = closed_assessment(cast)
    page = page_of(size)
    in_longer_words(page, longer_site)
    found = {address: problems_on(page, address) for address in OUT}
    assert longer("Skip to content") in page.content()
    page.context.clear_cookies()
    Respondent(page, longer_site.url).sign_in(cast.alice)
    in_longer_words(page, longer_site)
    places = {"open": f"/assessments/{cast.assessment.pk}/", "closed": f"/assessments/{closed.pk}/"}
    found |= {address: problems_on(page, address.format(**places)) for address in IN}
    assert {address: problems for address, problems in found.items() if problems} == {}


def closed_assessment(cast):
    assessment = assessments.start(
        organisation=cast.northfield, bank_version=cast.version, name="Closed", by=cast.alice, function="ceo"
    )
    for number in range(3):
        user = User.objects.create_user(f"longer-{number}-{assessment.pk}@northfield.example")
        person = assessments.add_participant(assessment=assessment, user=user, function="technology", by=cast.alice)
        done = Submission.objects.create(participant=person, state="submitted", submitted_at=assessment.opened_at)
        Answer.objects.bulk_create(
            Answer(submission=done, question=question, answered_by=user, level=1 + (number + place) % 4)
            for place, question in enumerate(Question.objects.filter(pillar__version=cast.version))
        )
    assessments.close(assessment=assessment, by=cast.alice)
    return assessment
