"""An assessment by unit from choosing units to the page of results: who sees what, what is hidden, and what it costs."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import assessments, unit_people, units
from assessments.models import (
    Answer,
    Assessment,
    Participant,
    Question,
    Submission,
    UnitFigures,
    User,
)
from tests.actions.test_units import grow
from tests.api.test_doors import program
from tests.markup import flat

pytestmark = pytest.mark.django_db
GROUP = ["North", "North > Sales", "North > Ops", "South"]


def answered(assessment, unit, levels, *, counts=True):
    """People of a unit who gave the same level everywhere."""
    questions = list(Question.objects.filter(pillar__version=assessment.bank_version))
    people = []
    for n, level in enumerate(levels):
        user = User.objects.create_user(f"{unit.pk if unit else 'none'}-{n}@northfield.example", name=f"Person {n}")
        person = Participant.objects.create(assessment=assessment, user=user, unit=unit)
        mode = "self" if counts else "interview"
        made = Submission.objects.create(
            participant=person, state="submitted", submitted_at=assessment.opened_at, mode=mode
        )
        Answer.objects.bulk_create(Answer(submission=made, question=question, level=level) for question in questions)
        people.append(user)
    return people


@pytest.fixture
def tree(northfield, alice):
    return grow(northfield, alice, GROUP)


@pytest.fixture
def asked(northfield, alice, version, tree):
    """An open assessment that asks all units."""
    made = assessments.start(organisation=northfield, bank_version=version, name="Group", by=alice)
    unit_people.choose(assessment=made, kind="unit", roots=(), by=alice)
    made.refresh_from_db()
    return made


@pytest.fixture
def closed(asked, alice, tree):
    people = {
        "sales": answered(asked, tree["North > Sales"], [3] * 6),
        "ops": answered(asked, tree["North > Ops"], [2] * 5),
        "south": answered(asked, tree["South"], [3] * 7),
    }
    assessments.close(assessment=asked, by=alice)
    asked.refresh_from_db()
    asked.people = people
    return asked


def page(client, user, assessment, **query):
    client.force_login(user)
    return client.get(reverse("units_result", args=[assessment.pk]), query)


def text_of(response):
    return flat(response.content.decode())


def names(response):
    found = response.context["page"]
    return [] if found is None else [row.name for row in found.rows]


def test_the_lead_sees_all_units_and_the_three_ways(client, alice, closed):
    response = page(client, alice, closed)
    said = text_of(response).replace("\u00a0", " ")
    assert "Level 3 in 2 of 3 units; Ops holds the group at level 2" in said
    assert "level 2: 33%, level 3: 67%" in said
    assert names(response) == ["North", "Sales", "Ops", "South"]
    assert names(page(client, alice, closed, sort="total"))[-1] == "Ops"
    assert names(page(client, alice, closed, sort="name"))[0] == "North"


def test_a_small_unit_takes_its_smallest_neighbour_along(client, alice, asked, tree):
    answered(asked, tree["North > Sales"], [3] * 6)
    answered(asked, tree["North > Ops"], [5, 1])
    answered(asked, tree["South"], [4] * 7)
    assessments.close(assessment=asked, by=alice)
    response = page(client, alice, asked)
    shown = {row.name: row.total.score for row in response.context["page"].rows}
    assert shown == {"North": "3.0", "Sales": None, "Ops": None, "South": "4.0"}
    assert "2 units are not shown in full" in text_of(response)
    figures = json.loads(UnitFigures.objects.get().figures)
    hidden = [unit for unit in figures["units"] if unit["name"] in ("Sales", "Ops")]
    assert all(unit["index"] is None and unit["level"] is None and not unit["pillars"] for unit in hidden)
    assert figures["rollups"]["overall"]["weakest"] not in {unit["id"] for unit in hidden}


def test_members_see_their_unit_and_unit_leads_their_part(client, alice, bob, closed, tree, northfield):
    sales, ops = closed.people["sales"][0], closed.people["ops"][0]
    assert page(client, sales, closed).status_code == 404
    units.set_leads(unit=tree["North"], users=[bob], by=alice)
    assert page(client, bob, closed).status_code == 404
    assessments.release(assessment=closed, by=alice)
    own = page(client, sales, closed)
    assert names(own) == ["Sales"]
    assert not own.context["page"].rollups
    assert "Ops" not in text_of(own)
    assert names(page(client, ops, closed)) == ["Ops"]
    assert names(page(client, bob, closed)) == ["North", "Sales", "Ops"]
    units.show_all(organisation=northfield, shows=True, by=alice)
    assert names(page(client, sales, closed)) == ["North", "Sales", "Ops", "South"]
    assert names(page(client, bob, closed)) == ["North", "Sales", "Ops"]


def test_nobody_else_sees_them(client, charlie, closed, alice):
    assessments.release(assessment=closed, by=alice)
    assert page(client, charlie, closed).status_code == 404
    assert client.get(reverse("assessment_units", args=[closed.pk])).status_code == 404


def test_a_result_keeps_the_tree_of_its_time(client, alice, closed, tree):
    before = page(client, alice, closed).content
    units.change(unit=tree["South"], name="Far South", parent=tree["North"], details={}, by=alice)
    units.merge(unit=tree["North > Ops"], into=tree["North > Sales"], by=alice)
    assert names(page(client, alice, closed)) == ["North", "Sales", "Ops", "South"]
    assert before
    assert '"name":"South"' in closed.results.get().answers.replace(" ", "")


def asked_again(alice, closed, people, level=None):
    """The same people of an assessment answer another one, at `level` or as before."""
    organisation, version = closed.organisation, closed.bank_version
    again = assessments.start(organisation=organisation, bank_version=version, name="Again", by=alice)
    unit_people.choose(assessment=again, kind="unit", roots=(), by=alice)
    for person in people:
        now = Participant.objects.create(
            assessment=again, user=person.user, unit=person.unit, pseudonym=person.pseudonym
        )
        made = Submission.objects.create(participant=now, state="submitted", submitted_at=again.opened_at)
        Answer.objects.bulk_create(
            Answer(submission=made, question_id=row.question_id, level=level or row.level)
            for row in Answer.objects.filter(submission__participant=person)
        )
    again.refresh_from_db()
    assessments.close(assessment=again, by=alice)
    return again


def test_the_next_assessment_within_two_weeks_shows_no_units(client, alice, closed):
    again = asked_again(alice, closed, closed.participants.all())
    assert UnitFigures.objects.count() == 1
    assert "within two weeks" in text_of(page(client, alice, again))


def long_ago(assessment):
    then = assessment.opened_at - timedelta(days=90)
    Assessment.objects.filter(pk=assessment.pk).update(opened_at=then, closed_at=then)


def test_the_change_of_a_unit_since_the_last_assessment(client, alice, bob, closed, tree, northfield):
    long_ago(closed)
    again = asked_again(alice, closed, closed.participants.all(), level=4)
    response = page(client, alice, again)
    assert {row.name: row.change for row in response.context["page"].rows} == {
        "North": "+1.5", "Sales": "+1.0", "Ops": "+2.0", "South": "+1.0"
    }  # fmt: skip
    assert "Index since Group" in text_of(response)
    assessments.release(assessment=again, by=alice)
    units.show_all(organisation=northfield, shows=True, by=alice)
    member = page(client, closed.people["sales"][0], again)
    assert names(member) == ["North", "Sales", "Ops", "South"]
    assert "Index since" not in text_of(member)  # the last one is not released


def test_no_change_of_units_is_shown_if_one_person_left(client, alice, closed):
    long_ago(closed)
    again = asked_again(alice, closed, list(closed.participants.order_by("unit__name"))[1:], level=4)
    response = page(client, alice, again)
    assert {row.change for row in response.context["page"].rows} == {""}
    assert "Index since" not in text_of(response)


def test_units_are_chosen_and_people_placed_on_one_page(client, alice, bob, assessment, tree, northfield):
    client.force_login(alice)
    address = reverse("assessment_units", args=[assessment.pk])
    client.post(address, {"kind": "unit", "roots": [str(tree["North"].pk)], "choose": "1"})
    lines = "E-mail, Unit\nbob@northfield.example\tNorth > Ops"
    client.post(address, {"people": lines, "place": "1"})
    assert assessment.participants.get(user=bob).unit == tree["North > Ops"]
    wrong = client.post(address, {"people": "bob@northfield.example, South\neve@x.example, Sales\nbob", "place": "1"})
    said = text_of(wrong)
    assert "Row 1: This assessment has no unit called “South”." in said
    assert "Row 2: eve@x.example is not on the list of this assessment." in said
    assert "Row 3: Write an e-mail address, a comma and a unit." in said
    assert assessment.participants.get(user=bob).unit == tree["North > Ops"]


def test_people_are_invited_with_their_unit(client, alice, asked, tree, emails):
    client.force_login(alice)
    people = "Dana Lee <dana@example.org>, legal, Sales\nSam <sam@example.org>, operations"
    client.post(reverse("invite_many", args=[asked.pk]), {"people": people, "send": "1"})
    people = "e-mail;name;unit\nkim@example.org;Kim;North > Ops"
    client.post(reverse("invite_many", args=[asked.pk]), {"people": people, "send": "1"})
    units = {person.name: person.unit for person in asked.participants.all()}
    assert units == {"Dana Lee": tree["North > Sales"], "Sam": None, "Kim": tree["North > Ops"]}


def test_without_units_nothing_is_said_of_them(client, alice, assessment, submission):
    client.force_login(alice)
    for name in ("manage", "invite_many"):
        assert "unit" not in text_of(client.get(reverse(name, args=[assessment.pk]))).lower().replace("opportunit", "")
    Submission.objects.filter(pk=submission.pk).update(state="submitted", submitted_at=assessment.opened_at)
    assessments.close(assessment=assessment, by=alice)
    assert "Results by unit" not in text_of(client.get(reverse("result", args=[assessment.pk])))
    assert client.get(reverse("units_result", args=[assessment.pk])).status_code == 404
    assert not UnitFigures.objects.exists()
    assert "units" not in json.loads(assessment.results.get().answers)


def test_one_unit_and_a_unit_without_answers(client, alice, asked, tree):
    answered(asked, tree["South"], [3] * 6)
    assessments.close(assessment=asked, by=alice)
    response = page(client, alice, asked)
    shown = {row.name: (row.total.score, row.total.why) for row in response.context["page"].rows}
    assert shown["South"] == ("3.0", "")
    assert shown["North"] == (None, "no score")


def costs(client, alice, assessment):
    """The queries of closing it, and of its page."""
    with CaptureQueriesContext(connection) as closing:
        assessments.close(assessment=assessment, by=alice)
    closed = len(closing)
    page(client, alice, assessment)
    with CaptureQueriesContext(connection) as seen:
        assert len(names(page(client, alice, assessment))) == assessment.organisation.units.count()
    return closed, len(seen)


def test_closing_and_the_page_ask_the_same_for_few_and_for_many_units(client, alice, asked, tree, northfield, version):
    answered(asked, tree["South"], [3] * 5)
    few = costs(client, alice, asked)
    many = grow(northfield, alice, [f"Site {n}" for n in range(40)])
    again = assessments.start(organisation=northfield, bank_version=version, name="Again", by=alice)
    unit_people.choose(assessment=again, kind="unit", roots=(), by=alice)
    for unit in [*many.values()][:12]:
        answered(again, unit, [3] * 5)
    again.refresh_from_db()
    closing, seen = costs(client, alice, again)
    assert closing < few[0] + 10  # it reads the previous round as well; forty more units ask nothing more
    assert seen == few[1] <= 12


def test_a_name_that_several_units_have_is_said_with_the_unit_above(client, alice, asked, northfield, tree):
    more = grow(northfield, alice, ["East", "East > Sales"])
    answered(asked, tree["North > Sales"], [2] * 5)
    answered(asked, more["East > Sales"], [3] * 5)
    assessments.close(assessment=asked, by=alice)
    said = text_of(page(client, alice, asked)).replace("\u00a0", " ")
    assert "Level 3 in 1 of 2 units; North › Sales holds the group at level 2" in said
    assert "East › Sales" in names(page(client, alice, asked, sort="total"))


def test_programs_read_the_same_figures(asked, alice, bob, tree):
    answered(asked, tree["South"], [3] * 6)
    assessments.close(assessment=asked, by=alice)
    address = f"/api/v1/rounds/{asked.pk}/units"
    figures = json.loads(program(alice).get(address).content)
    assert figures == json.loads(UnitFigures.objects.get().figures)
    assert program(bob).get(address).status_code == 404


def test_files_of_a_result_have_the_units_for_those_who_see_them_all(client, alice, bob, closed, tree, northfield):
    def has_units(user):
        client.force_login(user)
        content = client.get(reverse("report_file", args=[closed.pk, "json"])).content
        return "units" in json.loads(content)["tables"]

    member = closed.people["sales"][0]
    assert has_units(alice)
    assessments.release(assessment=closed, by=alice)
    assert not has_units(member)
    units.set_leads(unit=tree["North"], users=[member], by=alice)
    assert not has_units(member)
    units.show_all(organisation=northfield, shows=True, by=alice)
    assert has_units(member)
    assert "units" in json.loads(program(alice).get(f"/api/v1/rounds/{closed.pk}/result").content)["tables"]
