"""Units six deep with German names, on a phone: nothing stands out of the window, and axe finds nothing."""

import pytest
from playwright.sync_api import expect

from assessments.actions import assessments, unit_people
from assessments.models import Answer, Participant, Question, Submission, UnitLead, User
from tests.actions.test_units import grow
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.looks import findings, invalid, served, settled_sideways
from tests.journeys.respondent import Respondent

NAMES = (
    "Geschäftsbereich Energieversorgungsinfrastruktur",
    "Landesniederlassung Mecklenburg-Vorpommern",
    "Hauptabteilung Instandhaltungsmanagement",
    "Abteilung Genehmigungsverfahrensbeschleunigung",
    "Sachgebiet Grundstücksverkehrsangelegenheiten",
    "Arbeitsgruppe Donaudampfschifffahrtsgesellschaftsrecht",
)
PATHS = [" > ".join(NAMES[:depth]) for depth in range(1, 7)]
BESIDE = "Vertrieb"


@pytest.fixture
def group(cast):
    """An assessment that asks six units, one below the other, in the lowest of which five people have answered, and one
    beside them with as many."""
    tree = grow(cast.northfield, cast.alice, [*PATHS, BESIDE])
    unit_people.choose(assessment=cast.assessment, kind="unit", roots=(), by=cast.alice)
    UnitLead.objects.create(unit=tree[PATHS[0]], user=cast.bob)
    questions = list(Question.objects.filter(pillar__version=cast.version))
    for n in range(10):
        unit = tree[BESIDE if n % 2 else PATHS[5]]
        user = User.objects.create_user(f"u{n}-{cast.alice.pk}@northfield.example", name="Annegret Müller-Lüdenscheidt")
        person = Participant.objects.create(assessment=cast.assessment, user=user, unit=unit, name=user.name)
        done = Submission.objects.create(participant=person, state="submitted", submitted_at=cast.assessment.opened_at)
        Answer.objects.bulk_create(Answer(submission=done, question=each, level=1 + n % 3) for each in questions)
    cast.assessment.participants.filter(user=cast.bob).update(unit=tree[PATHS[3]])
    return tree


def test_names_of_six_levels_fit_a_phone(tab, site, cast, group):
    User.objects.update(language="de")
    bob, alice = (Respondent(tab(size=PHONE, locale="de"), site.url, cast.assessment) for _user in range(2))
    bob.sign_in(cast.bob)
    alice.sign_in(cast.alice)
    organisation = f"/organisations/{cast.northfield.pk}/units/"
    bob.page.goto("/home/")
    bob.page.get_by_role("link", name=cast.northfield.name).last.click()
    looked_at(bob.page, "Ihre Einheiten")
    for address in (organisation, f"{organisation}{group[PATHS[5]].pk}/", alice.address("units/")):
        alice.page.goto(address)
        looked_at(alice.page, NAMES[5])
    assessments.close(assessment=cast.assessment, by=cast.alice)

    alice.page.goto(alice.address("result/units/"))
    expect(alice.page.locator(".unit-shares").first).to_be_visible()
    expect(alice.page.locator(".small-radar")).to_have_count(2)
    looked_at(alice.page, NAMES[5])
    assert findings(alice.page, "dark", DESK) == []


def looked_at(page, words):
    expect(page.get_by_text(words).first).to_be_attached()
    assert invalid(served(page)) == []
    assert findings(page, "light", PHONE) == []
    assert settled_sideways(page) == [], page.url
