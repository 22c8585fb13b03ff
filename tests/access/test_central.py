"""Central questions: who is asked them, what becomes of their answers, and who objects and decides."""

import json
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from assessments import results
from assessments.actions import assessments, banks, invitations, unit_people, units
from assessments.actions.invitations import Invitee
from assessments.formats.bank import read_bank
from assessments.formats.unit_results import load_unit_results
from assessments.models import Answer, Participant, Question, Submission, UnitFigures, UnitLead, UnitObjection, User
from tests.actions.test_units import grow
from tests.conftest import submission_of
from tests.mailbox import BASE
from tests.markup import flat

pytestmark = pytest.mark.django_db
CENTRAL = ("vision-funding", "vision-visible")
LINK = re.compile(r"https?://\S+/invitations/\S+")
GROUP = ["North", "North > Sales", "North > Ops", "South"]


def bank_with(keys=CENTRAL):
    bank = read_bank("fixtures/demo/small.yaml")
    pillars = [
        replace(p, questions=tuple(replace(q, central=q.key in keys) for q in p.questions)) for p in bank.pillars
    ]
    return replace(bank, pillars=tuple(pillars))


def asked_with(bank, northfield, alice):
    version, _made = banks.load(bank=bank)
    banks.publish(version=version)
    made = assessments.start(organisation=northfield, bank_version=version, name="Group", by=alice)
    unit_people.choose(assessment=made, kind="unit", roots=(), by=alice)
    made.refresh_from_db()
    return made


@pytest.fixture
def tree(northfield, alice):
    return grow(northfield, alice, GROUP)


@pytest.fixture
def asked(northfield, alice, tree):
    return asked_with(bank_with(), northfield, alice)


def answering(assessment, unit, levels, only=None):
    """People who give the same level to whatever they are asked, or to the questions of `only` alone."""
    for n, level in enumerate(levels):
        user = User.objects.create_user(f"{unit.pk if unit else 'whole'}-{n}@northfield.example")
        person = Participant.objects.create(assessment=assessment, user=user, unit=unit)
        done = Submission.objects.create(participant=person, state="submitted", submitted_at=assessment.opened_at)
        keys = results.bank_asked(assessment, person).questions
        rows = Question.objects.filter(pillar__version=assessment.bank_version, key__in=keys)
        Answer.objects.bulk_create(
            Answer(submission=done, question=row, level=level) for row in rows if only is None or row.key in only
        )


def figures(assessment):
    lines = load_unit_results(UnitFigures.objects.get(result__assessment=assessment).figures).units
    return {line.name: line for line in lines}


def questions_of(assessment):
    """The questions of the frozen result of the whole."""
    pillars = json.loads(assessment.results.get().result)["pillars"]
    return [question for pillar in pillars for question in pillar["questions"]]


def text_of(response):
    return flat(response.content.decode())


def test_only_people_without_a_unit_are_asked_them(client, asked, tree, bob, charlie):
    local = Participant.objects.create(assessment=asked, user=bob, unit=tree["South"])
    whole = Participant.objects.create(assessment=asked, user=charlie)
    for person, sees in ((local, False), (whole, True)):
        client.force_login(person.user)
        submission_of(asked, person.user)
        page = text_of(client.get(reverse("pillar", args=[asked.pk, "vision"])))
        assert [f'id="{key}"' in page for key in CENTRAL] == [sees, sees]
        assert 'id="vision-direction"' in page
        saved = client.put(
            reverse("answer", args=[asked.pk, CENTRAL[0]]),
            '{"value": "3", "revision": 0}',
            content_type="application/json",
        )
        assert (saved.status_code == 404) != sees
        everything = len(asked.bank_version.pillars.get().questions.all())
        assert f"of {everything if sees else everything - 2} " in text_of(
            client.get(reverse("overview", args=[asked.pk]))
        )
    assert not Answer.objects.filter(submission__participant=local).exists()


def test_everyone_is_told_the_number_of_their_own_questions(client, asked, tree, alice, bob, emails):
    Submission.objects.create(participant=Participant.objects.create(assessment=asked, user=bob, unit=tree["South"]))
    assert "In progress (0 of 5 answered)" in read(client, alice, asked, "manage")
    people = [Invitee("local@x.example", "Lo", "legal", tree["South"].pk), Invitee("whole@x.example", "Wo", "legal")]
    invitations.invite(assessment=asked, invitees=people, by=alice, base_url=BASE)
    for email, number in zip(emails, (5, 7), strict=True):
        assert f"{number} questions" in " ".join(email.body.split())
        page = client.get(urlsplit(LINK.search(email.body)[0]).path)
        assert page.context["questions"] == number


def test_without_units_everybody_is_asked_everything(asked, tree, bob, alice):
    person = Participant.objects.create(assessment=asked, user=bob, unit=tree["South"])
    unit_people.choose(assessment=asked, kind="", roots=(), by=alice)
    person.refresh_from_db()
    assert set(CENTRAL) <= set(results.bank_asked(person.assessment, person).questions)


def test_units_are_scored_on_the_other_questions_and_the_whole_on_all(asked, tree, alice):
    answering(asked, tree["North > Sales"], [3] * 6)
    answering(asked, tree["South"], [2] * 5)
    answering(asked, None, [5] * 5)
    assessments.close(assessment=asked, by=alice)
    found = figures(asked)
    assert (found["Sales"].index, found["South"].index) == (3.0, 2.0)
    assert set(found["Sales"].pillars[0].means).isdisjoint(CENTRAL)
    whole = {q["key"]: (q["mean"], q["n"]) for q in questions_of(asked)}
    assert whole[CENTRAL[0]] == (5.0, 5)
    assert whole["vision-direction"][1] == 16


@pytest.mark.parametrize("only", [None, CENTRAL])
@pytest.mark.parametrize("people", [1, 4])
def test_fewer_than_five_for_the_whole_hide_the_pillar_in_all_units(asked, tree, alice, people, only):
    """Otherwise the score of the whole, less what its units show, would be what these few people answered."""
    answering(asked, tree["North > Sales"], [3] * 6)
    answering(asked, tree["South"], [2] * 5)
    answering(asked, None, [5] * people, only=only)
    assessments.close(assessment=asked, by=alice)
    assert {line.index for line in figures(asked).values()} == {None}


def test_nobody_for_the_whole_hides_nothing(asked, tree, alice):
    answering(asked, tree["North > Sales"], [3] * 6)
    answering(asked, tree["South"], [2] * 5)
    assessments.close(assessment=asked, by=alice)
    assert figures(asked)["Sales"].index == 3.0


def test_who_gets_a_unit_later_takes_no_central_answers_along(asked, tree, alice):
    answering(asked, None, [5] * 6)
    answering(asked, tree["North > Sales"], [3] * 5)
    everybody = asked.participants.filter(unit=None).exclude(submission=None)
    unit_people.place(
        assessment=asked, places=dict.fromkeys(everybody.values_list("pk", flat=True), tree["South"].pk), by=alice
    )
    assessments.close(assessment=asked, by=alice)
    whole = {q["key"]: q["n"] for q in questions_of(asked)}
    assert (whole[CENTRAL[0]], whole["vision-direction"]) == (0, 11)
    assert figures(asked)["South"].index == 5.0


def test_a_bank_that_is_all_central_asks_everybody_everything(northfield, alice, tree):
    bank = read_bank("fixtures/demo/small.yaml")
    every = asked_with(bank_with(tuple(bank.questions)), northfield, alice)
    answering(every, tree["South"], [2] * 5)
    assessments.close(assessment=every, by=alice)
    assert figures(every)["South"].index == 2.0


# Objections


@pytest.fixture
def led(asked, tree, bob):
    """Bob leads North."""
    UnitLead.objects.create(unit=tree["North"], user=bob)
    return asked


def post(client, user, assessment, unit, key=CENTRAL[0], reason="We have a budget of our own."):
    client.force_login(user)
    values = {"question": key, "unit": str(unit.pk), "reason": reason, "object": "1"}
    return client.post(reverse("central_questions", args=[assessment.pk]), values)


def read(client, user, assessment, name="central_questions"):
    client.force_login(user)
    return text_of(client.get(reverse(name, args=[assessment.pk])))


def test_an_objection_is_shown_and_counts_once_it_is_accepted(client, led, tree, alice, bob):
    post(client, bob, led, tree["North"])
    assert "Central questions: 1 objection to decide" in read(client, alice, led, "manage")
    said = read(client, alice, led)
    assert 'North</b><span class="muted">Not decided yet' in said
    assert "We have a budget of our own." in said
    assert "answer holds for 4 of 4 units" in said
    decide = reverse("decide_objection", args=[led.pk, UnitObjection.objects.get().pk])
    client.force_login(bob)
    assert client.post(decide, {"accept": "1"}).status_code == 404
    client.force_login(alice)
    page = client.get(reverse("central_questions", args=[led.pk])).content.decode()
    assert "csrfmiddlewaretoken" in page.split(f'action="{decide}"')[1].split("</form>")[0]
    client.post(decide, {"accept": "1"})
    assert "answer holds for 1 of 4 units" in read(client, alice, led)
    assert "to decide" not in read(client, alice, led, "manage")
    post(client, bob, led, tree["North"], reason="Changed afterwards")
    assert "Changed afterwards" not in read(client, alice, led)
    client.force_login(alice)
    client.post(decide, {"accept": "0"})
    assert "answer holds for 4 of 4 units" in read(client, bob, led)


def test_all_objected(client, led, tree, alice):
    for unit in tree.values():
        post(client, alice, led, unit)
    client.force_login(alice)
    for objection in UnitObjection.objects.all():
        client.post(reverse("decide_objection", args=[led.pk, objection.pk]), {"accept": "1"})
    assert "answer holds for 0 of 4 units" in read(client, alice, led)


def test_unit_leads_object_for_their_part_and_see_no_others(client, led, tree, alice, bob, charlie, lakeside):
    post(client, alice, led, tree["South"], reason="South is another country.")
    answering(led, None, [5] * 5)
    said = read(client, bob, led)
    assert "another country" not in said
    assert "Asked once, of the people" in said, "no count of others while they answer"
    refused = post(client, bob, led, tree["South"])
    assert "unit" in refused.context["form"].errors
    assert UnitObjection.objects.count() == 1
    member = User.objects.create_user("member@northfield.example")
    Participant.objects.create(assessment=led, user=member, unit=tree["North > Sales"])
    for user in (member, charlie):
        client.force_login(user)
        assert client.get(reverse("central_questions", args=[led.pk])).status_code == 404
        assert post(client, user, led, tree["North"]).status_code == 404


def test_the_result_shows_objections_of_the_units_that_a_reader_sees(client, led, tree, alice, bob):
    answering(led, tree["North > Sales"], [3] * 6)
    answering(led, tree["South"], [2] * 5)
    answering(led, None, [5] * 5)
    post(client, bob, led, tree["North > Sales"])
    post(client, alice, led, tree["South"], reason="South is another country.")
    assessments.close(assessment=led, by=alice)
    assert "another country" in read(client, alice, led, "units_result")
    client.force_login(bob)
    assert client.get(reverse("central_questions", args=[led.pk])).status_code == 404, "not before the release"
    assessments.release(assessment=led, by=alice)
    said = read(client, bob, led, "units_result")
    assert "Asked once, of 5 people who answer for the whole organisation" in said
    assert "We have a budget of our own." in said
    assert "another country" not in said
    assert read(client, bob, led)


def test_results_whose_units_have_ids_of_another_form_are_shown(client, led, tree, alice, bob):
    """As a handover can bring them."""
    answering(led, tree["North > Sales"], [3] * 6)
    assessments.close(assessment=led, by=alice)
    assessments.release(assessment=led, by=alice)
    row = UnitFigures.objects.get()
    row.figures, row.checksum = row.figures.replace(str(tree["North > Sales"].pk), "sales"), "of another form"
    row.save()
    assert "Sales" in read(client, bob, led, "units_result")


def test_nothing_is_said_of_central_questions_where_there_are_none(client, assessment, alice, bob, tree):
    unit_people.choose(assessment=assessment, kind="unit", roots=(), by=alice)
    units.set_leads(unit=tree["North"], users=[bob], by=alice)
    for user, name in ((alice, "manage"), (alice, "assessment_units"), (bob, "unit_part")):
        assert "entral" not in read(client, user, assessment, name)
    client.force_login(alice)
    assert client.get(reverse("central_questions", args=[assessment.pk])).status_code == 404
