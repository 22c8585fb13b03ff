"""People, organisations, assessments and the audit log in the admin: much at once, and never an answer."""

import csv
import io

import pytest

from assessments import audit
from assessments.actions import banks
from assessments.models import (
    Answer,
    Assessment,
    AuditEvent,
    Consultancy,
    Engagement,
    Membership,
    Organisation,
    Question,
    Unit,
    UnitLead,
    User,
)
from tests.mailbox import browser_of

from .conftest import change, form_of

LISTS = (
    "user",
    "organisation",
    "consultancy",
    "assessment",
    "unit",
    "outgoingemail",
    "auditevent",
    "questionbank",
    "bankversion",
)
ROUNDS = "/admin/assessments/assessment/"
LOG = "/admin/assessments/auditevent/"


@pytest.fixture
def crowd(version, dana):
    """What a list would stumble over if it asked for each row."""
    people = User.objects.bulk_create(User(email=f"p{n}@many.example") for n in range(300))
    clients = Organisation.objects.bulk_create(Organisation(name=f"Client {n}") for n in range(300))
    Membership.objects.bulk_create(
        Membership(organisation=o, user=u, role="lead") for o, u in zip(clients, people, strict=True)
    )
    Assessment.objects.bulk_create(Assessment(organisation=o, bank_version=version, name="Q1") for o in clients)
    tops = Unit.objects.bulk_create(Unit(organisation=o, name="Europe") for o in clients)
    Unit.objects.bulk_create(Unit(organisation=top.organisation, parent=top, name="Sales") for top in tops)
    for organisation in clients:
        audit.record(by=dana, verb="opened", what=organisation)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_at_three_hundred_rows_as_at_none(
    workshop, version, name, request, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as few:
        workshop.get(f"/admin/assessments/{name}/")
    request.getfixturevalue("crowd")
    with django_assert_max_num_queries(len(few) + 2):  # a total is included, and a range of dates found
        assert workshop.get(f"/admin/assessments/{name}/").status_code == 200


def test_no_screen_of_the_admin_shows_an_answer(workshop, submission):
    question = Question.objects.filter(pillar__version=submission.participant.assessment.bank_version).first()
    Answer.objects.create(
        submission=submission, question=question, level=4, comment="Between us: no.", evidence_text="A secret"
    )
    assessment = submission.participant.assessment
    pages = [
        change(assessment),
        change(assessment.organisation),
        ROUNDS,
        LOG,
        change(User.objects.get(email__startswith="bob")),
    ]
    for address in pages:
        html = workshop.get(address).content.decode()
        assert "Between us" not in html and "A secret" not in html, address
    for name in ("answer", "submission", "participant", "result", "keptanswers"):
        assert workshop.get(f"/admin/assessments/{name}/").status_code == 404


@pytest.mark.parametrize("verb", ["delete", "change"])
def test_an_assessment_is_looked_at_and_never_written(workshop, assessment, verb):
    assert workshop.post(f"{ROUNDS}{assessment.pk}/{verb}/", {"post": "yes", "name": "x"}).status_code == 403
    assert workshop.get(change(assessment)).status_code == 200


def test_units_are_looked_at_and_never_written(workshop, northfield, alice, bob):
    top = Unit.objects.create(organisation=northfield, name="Europe")
    unit = Unit.objects.create(organisation=northfield, parent=top, name="Sales", headcount=12)
    UnitLead.objects.bulk_create(UnitLead(unit=unit, user=user) for user in (alice, bob))
    page = workshop.get(change(unit)).content.decode()
    assert "Europe" in page and str(alice) in page and str(bob) in page
    assert "Sales" in workshop.get("/admin/assessments/unit/", {"q": "northfield"}).content.decode()
    for verb in ("delete", "change"):
        assert workshop.post(f"/admin/assessments/unit/{unit.pk}/{verb}/", {"post": "yes"}).status_code == 403
    assert workshop.get("/admin/assessments/unit/add/").status_code == 403


def test_nobody_and_no_organisation_is_deleted_here(workshop, alice, northfield):
    for row in (alice, northfield):
        assert workshop.post(change(row).replace("change", "delete"), {"post": "yes"}).status_code == 403


def test_staff_verify_an_organisation(workshop, northfield):
    page = workshop.get(change(northfield))
    assert "Only verified organisations count in benchmarks" in page.content.decode()
    workshop.post(change(northfield), {**form_of(page), "is_verified": "on"})
    northfield.refresh_from_db()
    assert northfield.is_verified
    event = AuditEvent.objects.get(verb="changed", object_type="organisation", object_id=str(northfield.pk))
    assert event.actor is not None


def test_rights_change_only_where_somebody_says_so(workshop, alice):
    data = form_of_person(workshop, alice)
    refused = workshop.post(change(alice), {**data, "is_staff": "on"})
    assert "sure" in refused.context["adminform"].form.errors
    alice.refresh_from_db()
    assert not alice.is_staff
    assert workshop.post(change(alice), {**data, "is_staff": "on", "sure": "on"}).status_code == 302
    alice.refresh_from_db()
    assert alice.is_staff
    assert AuditEvent.objects.filter(verb="changed", object_type="user", object_id=str(alice.pk)).count() == 1


def form_of_person(workshop, person):
    data = form_of(workshop.get(change(person)))
    return {"email": data["email"], "name": data["name"], "is_active": "on"}


def test_a_name_changes_without_a_tick(workshop, alice):
    workshop.post(change(alice), {**form_of_person(workshop, alice), "name": "Alice Ash"})
    alice.refresh_from_db()
    assert alice.name == "Alice Ash"


def test_an_engagement_is_written_and_told_in_the_log(workshop, northfield, alice, charlie):
    firm = Consultancy.objects.create(name="Hart")
    firm.consultants.add(charlie)
    data = {
        "name": "Hart", "Consultancy_consultants-TOTAL_FORMS": "0", "Consultancy_consultants-INITIAL_FORMS": "0",
        "engagements-TOTAL_FORMS": "1", "engagements-INITIAL_FORMS": "0",
        "engagements-0-organisation": str(northfield.pk), "engagements-0-since": "2026-01-01",
    }  # fmt: skip
    assert workshop.post(change(firm), data).status_code == 302
    assert Engagement.objects.get().organisation == northfield
    assert AuditEvent.objects.filter(verb="changed", object_type="consultancy").exists()


# An assessment that nobody has begun


@pytest.fixture
def newer(version, dana):
    draft = banks.new_draft(version=version, by=dana)
    banks.publish(version=draft)
    return draft


def test_an_untouched_assessment_moves_after_a_tick(workshop, assessment, newer):
    assert "Move to another version" in workshop.get(change(assessment)).content.decode()
    address = f"{ROUNDS}{assessment.pk}/move/"
    assert workshop.post(address, {"version": newer.pk}).status_code == 200
    assert workshop.post(address, {"version": newer.pk, "sure": "on"}).status_code == 302
    assessment.refresh_from_db()
    assert assessment.bank_version == newer


def test_an_assessment_with_an_answer_offers_no_move(workshop, submission, newer, version):
    question = Question.objects.filter(pillar__version=version).first()
    Answer.objects.create(submission=submission, question=question, level=3)
    assessment = submission.participant.assessment
    assert "Move to another version" not in workshop.get(change(assessment)).content.decode()
    workshop.post(f"{ROUNDS}{assessment.pk}/move/", {"version": newer.pk, "sure": "on"})
    assessment.refresh_from_db()
    assert assessment.bank_version == version


# The audit log


def lines(response):
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_the_log_is_taken_away_as_it_is_filtered(workshop, dana, northfield):
    audit.record(by=dana, verb="opened", what=northfield)
    audit.record(by=None, verb="closed", what=northfield)
    every = lines(workshop.get(f"{LOG}export.csv"))
    assert len(every) == AuditEvent.objects.count()
    opened = lines(workshop.get(f"{LOG}export.csv?verb=opened"))
    assert [(line["verb"], line["actor_email"]) for line in opened] == [("opened", "dana@demo.example")]


@pytest.mark.parametrize("verb", ["=HYPERLINK(1)", "＝1+1", " =1"])
def test_no_cell_of_the_log_is_a_formula(workshop, northfield, verb):
    AuditEvent.objects.create(verb=verb, object_type="x", object_id="1")
    assert lines(workshop.get(f"{LOG}export.csv?object_type=x"))[0]["verb"] == f"'{verb}"


def test_the_log_names_who_is_still_known(workshop, dana, northfield):
    audit.record(by=dana, verb="opened", what=northfield)
    assert "dana@demo.example" in workshop.get(f"{LOG}?verb=opened").content.decode()
    dana.actor.delete()
    assert 'class="field-who">dana@demo.example' not in workshop.get(f"{LOG}?verb=opened").content.decode()


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_the_log_is_not_written(workshop, northfield, verb):
    event = AuditEvent.objects.first()
    assert workshop.post(f"{LOG}{event.pk}/{verb}/", {"post": "yes"}).status_code == 403
    assert workshop.get(f"{LOG}add/").status_code == 403


def test_staff_end_somebodys_sessions_and_nothing_else(workshop, alice):
    browser = browser_of(alice)
    assert browser.get("/home/").status_code == 200
    workshop.post(change(alice), {**form_of_person(workshop, alice), "end_sessions": "on"})
    assert browser.get("/home/").status_code == 302
    assert AuditEvent.objects.filter(verb="signed out everywhere", object_id=str(alice.pk)).count() == 1
    alice.refresh_from_db()
    assert browser_of(alice).get("/home/").status_code == 200
