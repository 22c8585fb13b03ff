"""Who runs which part of an assessment: permissions by depth of the tree, for organisation and unit leads, members,
neighbours and outsiders."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import access
from assessments.actions import assessments, unit_people, units
from assessments.models import AuditEvent, Invitation, Participant, Reminder, Submission, UnitLead, User
from tests.actions.test_units import grow
from tests.markup import flat

pytestmark = pytest.mark.django_db
DEPTHS = range(1, 7)
CHAIN = [" > ".join("ABCDEF"[:depth]) for depth in DEPTHS]  # A, A > B, ..., six deep
BESIDE = [" > ".join([*"ABCDEF"[: depth - 1], f"Beside {depth}"]) for depth in DEPTHS]  # a neighbour of each of them
MANAGED_ONLY = (
    "manage", "close", "release", "assessment_units", "rename", "due", "workshop", "pillar_reviews", "commentary",
    "result", "units_result", "share", "plan",
)  # fmt: skip
ON_A_PERSON = ("correct_person", "invite_again", "revoke", "interview", "interview_ask", "reopen")


def account(name):
    return User.objects.create_user(f"{name.lower().replace(' ', '-')}@northfield.example", name=name)


@pytest.fixture
def tree(northfield, alice):
    return grow(northfield, alice, [path for pair in zip(CHAIN, BESIDE, strict=True) for path in pair])


@pytest.fixture
def asked(northfield, alice, version, tree):
    """An open assessment with one person in each unit, called like it, and one in none."""
    made = assessments.start(organisation=northfield, bank_version=version, name="Group", by=alice)
    unit_people.choose(assessment=made, kind="unit", roots=(), by=alice)
    for unit in tree.values():
        user = account(f"Person {unit.name}")
        Participant.objects.create(assessment=made, user=user, unit=unit, name=user.name)
    other = account("Person of none")
    Participant.objects.create(assessment=made, user=other, name=other.name)
    made.refresh_from_db()
    return made


@pytest.fixture
def led(tree):
    """A lead of the unit at each depth, and one of its neighbour."""
    found = {}
    for depth in DEPTHS:
        for name, paths in (("chain", CHAIN), ("beside", BESIDE)):
            user = account(f"Lead {name} {depth}")
            UnitLead.objects.create(unit=tree[paths[depth - 1]], user=user)
            found[name, depth] = user
    return found


def under(depth):
    """The people of the unit in the chain at this depth and of those below it."""
    return {f"Person {'ABCDEF'[n - 1]}" for n in DEPTHS if n >= depth} | {
        f"Person Beside {n}" for n in DEPTHS if n > depth
    }


def open_as(client, user, name, *args, data=None):
    client.force_login(user)
    address = reverse(name, args=args)
    return client.get(address) if data is None else client.post(address, data)


def of(assessment, name):
    return assessment.participants.get(name=name)


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_unit_lead_sees_and_reminds_exactly_the_people_under_their_unit(client, asked, led, depth, emails):
    lead, allowed = led["chain", depth], under(depth)
    page = open_as(client, lead, "unit_part", asked.pk)
    assert {person.name for person in page.context["page"].people} == allowed
    said = flat(page.content.decode())
    assert all((f"{name}<" in said) == (name in allowed) for name in asked.participants.values_list("name", flat=True))
    for person in asked.participants.all():
        status = open_as(client, lead, "remind", asked.pk, person.pk, data={}).status_code
        assert status == (302 if person.name in allowed else 404), person.name
    assert set(Reminder.objects.values_list("participant__name", flat=True)) == allowed
    assert {email.to[0] for email in emails} == {of(asked, name).user.email for name in allowed}


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_unit_lead_invites_into_their_part_alone(client, asked, tree, led, depth, emails):
    lead, own, outside = led["chain", depth], tree[CHAIN[-1]], tree[BESIDE[depth - 1]]
    values = {"email": "new@example.org", "name": "New", "function": "legal"}
    for unit in ("", str(outside.pk)):
        refused = open_as(client, lead, "invite", asked.pk, data={**values, "unit": unit})
        assert refused.status_code == 200
        assert "unit" in refused.context["form"].errors
    assert not Invitation.objects.exists()
    seen = open_as(client, lead, "invite_many", asked.pk, data={"people": "lee@example.org, legal, F", "preview": "1"})
    assert "F</bdi>" in seen.content.decode()
    open_as(client, lead, "invite", asked.pk, data={**values, "unit": str(own.pk)})
    people = f"Lee <lee@example.org>, legal, F\nKim <kim@example.org>, legal, {outside.name}"
    sent = open_as(client, lead, "invite_many", asked.pk, data={"people": people, "send": "1"})
    if depth < 6:
        assert "Line 2: Write the unit at the end of the line." in flat(sent.content.decode())
        open_as(client, lead, "invite_many", asked.pk, data={"people": people.splitlines()[0], "send": "1"})
    assert {person.unit for person in asked.participants.filter(user=None)} == {own}
    assert {each.invited_by for each in Invitation.objects.all()} == {lead}
    assert AuditEvent.objects.filter(verb="invited", actor=lead.actor.pk).count() == Invitation.objects.count() > 1


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_unit_lead_does_nothing_else(client, asked, led, depth):
    lead, person = led["chain", depth], of(asked, "Person F")
    for name in MANAGED_ONLY:
        args = (asked.pk, "people") if name == "plan" else (asked.pk,)
        assert open_as(client, lead, name, *args).status_code in (404, 405), name
        assert open_as(client, lead, name, *args, data={}).status_code in (404, 405), name
    for name in ON_A_PERSON:
        assert open_as(client, lead, name, asked.pk, person.pk, data={}).status_code == 404, name
    asked.refresh_from_db()
    assert asked.is_open


@pytest.mark.parametrize("depth", DEPTHS)
def test_members_neighbours_and_outsiders_run_nothing(client, asked, led, charlie, lakeside, depth):
    member = of(asked, f"Person {'ABCDEF'[depth - 1]}")
    for user in (member.user, charlie, led["beside", depth]):
        assert open_as(client, user, "remind", asked.pk, member.pk, data={}).status_code == 404
    for user in (member.user, charlie):
        for name in ("unit_part", "invite", "invite_many", "remind_all"):
            assert open_as(client, user, name, asked.pk).status_code == 404
            assert open_as(client, user, name, asked.pk, data={}).status_code in (404, 405)
    assert "Your units" not in flat(open_as(client, member.user, "home").content.decode())
    assert not Reminder.objects.exists()


def test_the_organisations_lead_runs_everything(client, asked, alice, led, emails):
    for person in asked.participants.all():
        assert open_as(client, alice, "remind", asked.pk, person.pk, data={}).status_code == 302
    assert Reminder.objects.count() == asked.participants.count()
    values = {"email": "new@example.org", "name": "New", "function": "legal", "unit": ""}
    assert open_as(client, alice, "invite", asked.pk, data=values)["Location"] == reverse("manage", args=[asked.pk])
    assert of(asked, "New").unit is None
    assert open_as(client, alice, "unit_part", asked.pk).status_code == 404


def test_reminding_all_reaches_only_who_is_missing_in_the_part(client, asked, led, tree, emails):
    lead = led["chain", 5]
    Submission.objects.create(participant=of(asked, "Person F"), state="submitted", submitted_at=timezone.now())
    page = flat(open_as(client, lead, "unit_part", asked.pk).content.decode())
    assert "1 of 3 has submitted" in page
    assert "Remind 2 people?" in flat(open_as(client, lead, "remind_all", asked.pk).content.decode())
    answer = open_as(client, lead, "remind_all", asked.pk, data={})
    assert answer["Location"] == reverse("unit_part", args=[asked.pk])
    assert set(Reminder.objects.values_list("participant__name", flat=True)) == {"Person E", "Person Beside 6"}


def test_the_part_follows_the_tree_and_ends_with_the_assessment(client, asked, alice, led, tree):
    lead = led["chain", 6]
    unit_people.choose(assessment=asked, kind="unit", roots=[tree[BESIDE[1]].pk], by=alice)
    assert open_as(client, lead, "unit_part", asked.pk).status_code == 404
    unit_people.choose(assessment=asked, kind="unit", roots=[tree[CHAIN[4]].pk], by=alice)
    above = open_as(client, led["chain", 1], "unit_part", asked.pk)
    assert {person.name for person in above.context["page"].people} == {"Person E", "Person F", "Person Beside 6"}
    assert "Your units" in flat(open_as(client, lead, "home").content.decode())
    units.change(unit=tree[BESIDE[5]], name="Below", parent=tree[CHAIN[4]], details={}, by=alice)
    units.merge(unit=tree[BESIDE[5]], into=tree[CHAIN[5]], by=alice)
    page = open_as(client, lead, "unit_part", asked.pk)
    assert {person.name for person in page.context["page"].people} == {"Person F", "Person Beside 6"}
    units.set_leads(unit=tree[CHAIN[5]], users=[], by=alice)
    assert open_as(client, lead, "unit_part", asked.pk).status_code == 404
    assert open_as(client, led["chain", 5], "unit_part", asked.pk).status_code == 200
    Submission.objects.create(participant=of(asked, "Person E"), state="submitted", submitted_at=timezone.now())
    assessments.close(assessment=asked, by=alice)
    for name in ("unit_part", "invite", "remind_all"):
        assert open_as(client, led["chain", 5], name, asked.pk).status_code == 404


def test_a_drafts_people_are_nobody_elses(client, asked, led, version, northfield, alice):
    type(asked).objects.filter(pk=asked.pk).update(state="draft")
    assert open_as(client, led["chain", 1], "unit_part", asked.pk).status_code == 404


def test_a_part_costs_the_same_for_many_people(client, asked, led, tree, django_assert_max_num_queries):
    lead = led["chain", 1]
    Participant.objects.bulk_create(
        Participant(assessment=asked, unit=tree[CHAIN[1]], name=f"P {n:03}") for n in range(120)
    )
    open_as(client, lead, "unit_part", asked.pk)
    with django_assert_max_num_queries(16):
        page = client.get(reverse("unit_part", args=[asked.pk]), {"unit": str(tree[CHAIN[1]].pk), "page": "3"})
    assert [person.name for person in page.context["page"].people][-1] == "Person B"
    assert len(page.context["page"].people) == 21
    assert access.parts_led_by(lead)[0].part
