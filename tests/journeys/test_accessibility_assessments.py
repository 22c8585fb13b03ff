"""What a lead sees of an assessment with everybody in it, and what is made of its result: no finding of axe."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from assessments.actions import assessments, invitations, planning
from assessments.actions.invitations import Invitee
from assessments.models import Answer, Assessment, Invitation, Question, Submission, User
from tests.journeys.looks import faults, faults_in_the_other_looks
from tests.journeys.respondent import Respondent


@pytest.fixture
def alice(tab, site, cast):
    alice = Respondent(tab(), site.url, cast.assessment)
    alice.user, alice.cast = cast.alice, cast
    alice.sign_in(cast.alice)
    return alice


def finish(assessment, number):
    """Somebody who has submitted everything."""
    user, _new = User.objects.get_or_create(email=f"p{number}@{assessment.organisation_id}.example")
    person = assessments.add_participant(assessment=assessment, user=user, function="technology", by=user)
    done = Submission.objects.create(participant=person, state="submitted", submitted_at=timezone.now())
    Answer.objects.bulk_create(
        Answer(
            submission=done,
            question=question,
            answered_by=user,
            level=1 + (number + place) % 5,
            comment="Plainly said.",
        )
        for place, question in enumerate(Question.objects.filter(pillar__version=assessment.bank_version))
    )


def somebody_in_every_state(alice):
    """Not begun, begun, submitted, invited, asking for a new link, reminded, gone."""
    assessment, cast = alice.assessment, alice.cast
    for number in range(2):
        finish(assessment, number)
    assessments.add_participant(assessment=assessment, user=cast.charlie, function="people", by=cast.alice)
    Submission.objects.create(participant=assessment.participants.get(user=cast.charlie))
    names = [f"{name}-{cast.alice.pk}@northfield.example" for name in ("dora", "erik", "finn", "gone")]
    asked = [Invitee(name, name.split("-")[0].title(), "operations") for name in names]
    invitations.invite(assessment=assessment, invitees=asked, by=cast.alice, base_url=f"{alice.url}/")
    long_ago = timezone.now() - datetime.timedelta(days=9)
    Invitation.objects.filter(email=names[2]).update(requested_at=timezone.now())
    Invitation.objects.filter(email=names[3]).update(used_at=long_ago)
    invitations.remind(
        participant=assessment.participants.get(user=cast.charlie), by=cast.alice, base_url=f"{alice.url}/"
    )


def manage(alice):
    somebody_in_every_state(alice)
    alice.page.goto(alice.address("manage/"))
    for state in ("Has deleted their account", "Requests a new invitation", "Invited", "Reminded today"):
        expect(alice.page.get_by_text(state).first).to_be_visible()


def close(alice):
    somebody_in_every_state(alice)
    alice.page.goto(alice.address("close/"))
    expect(alice.page.get_by_text("In progress, left out")).to_be_visible()


def two_results(alice):
    """The result of six people, with targets and a previous round."""
    for number in range(6):
        finish(alice.assessment, number)
    assessments.close(assessment=alice.assessment, by=alice.user)
    cast = alice.cast
    alice.assessment = assessments.start(
        organisation=cast.northfield, bank_version=cast.version, name="Later", by=cast.alice, function="ceo"
    )
    targets = {"vision": {"target": 4, "reason": "The board wants it."}}
    Assessment.objects.filter(pk=alice.assessment.pk).update(targets=targets)
    for number in range(1, 7):
        finish(alice.assessment, number)
    assessments.close(assessment=alice.assessment, by=alice.user)


def result(alice):
    two_results(alice)
    alice.page.goto(alice.address("result/"))
    expect(alice.page.locator("#pillars")).to_be_visible()


def result_opened(alice):
    result(alice)
    opened(alice)


def opened(alice):
    alice.page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")


def figures_opened(alice):
    two_results(alice)
    alice.page.goto(alice.address("result/figures/"))
    alice.page.locator("[data-chart]").focus()
    expect(alice.page.locator("#profile .js-plotly-plot .polar")).to_be_visible()
    opened(alice)


def agreement_opened(alice):
    two_results(alice)
    alice.page.goto(alice.address("result/agreement/"))
    opened(alice)


def change_opened(alice):
    two_results(alice)
    alice.page.goto(alice.address("result/change/"))
    opened(alice)


def managed_after(alice):
    result(alice)
    alice.page.goto(alice.address("manage/"))


def what_if(alice):
    result(alice)
    alice.page.goto(alice.address("what-if/"))


def what_if_tried(alice):
    what_if(alice)
    alice.page.goto(alice.address("what-if/?vision-direction=5&vision-value=5"))
    expect(alice.page.get_by_role("heading", name="Keep it")).to_be_visible()


def scenario(alice):
    from assessments.actions import scenarios

    result(alice)
    checksum = Assessment.objects.get(pk=alice.assessment.pk).results.latest("pk").checksum
    kept = scenarios.save(
        assessment=alice.assessment, name="By spring", levels={"vision-direction": 5}, checksum=checksum, by=alice.user
    )
    alice.page.goto(alice.address(f"what-if/{kept.pk}/"))


def compare(alice):
    result(alice)
    first, second = Assessment.objects.filter(organisation=alice.cast.northfield).order_by("created_at")[:2]
    alice.page.goto(f"/compare/?rounds={first.pk}&rounds={second.pk}")
    expect(alice.page.get_by_role("heading", level=1)).to_contain_text("between Q4 and Later")


def compare_nothing(alice):
    alice.page.goto("/compare/")


def passed_on(alice):
    alice.page.goto(alice.address("pillars/vision/colleague/"))
    alice.page.get_by_label("Your colleague’s e-mail address").fill(f"gina-{alice.user.pk}@northfield.example")
    alice.page.get_by_label("Your colleague’s name").fill("Gina Moreau")
    alice.page.get_by_label("Note").fill("The first two, please.")
    alice.page.get_by_role("button", name="Send link").click()
    expect(alice.page.get_by_role("link", name=re.compile("Delegated to Gina"))).to_be_visible()


def pass_on_again(alice):
    passed_on(alice)
    alice.page.goto(alice.address("pillars/vision/colleague/"))
    expect(alice.page.get_by_role("button", name="Send a new link")).to_be_visible()


def pass_on_wrong(alice):
    alice.page.goto(alice.address("pillars/vision/colleague/"))
    alice.page.get_by_role("button", name="Send link").click()
    expect(alice.page.locator(".error-summary")).to_be_visible()


def reopen_wrong(alice):
    finish(alice.assessment, 0)
    person = alice.assessment.participants.get(submission__state="submitted")
    alice.page.goto(alice.address(f"people/{person.pk}/reopen/"))
    alice.page.locator("main form .button").first.click()
    expect(alice.page.locator(".error-summary")).to_be_visible()


def invite_many_previewed(alice):
    alice.page.goto(alice.address("people/invite-many/"))
    alice.page.locator("main textarea").fill("dora@northfield.example, Dora Reed, people\nnobody at all")
    alice.page.locator("main form .button").first.click()


def somebody_else(alice):
    """Bob's page is sent while Alice is signed in at the same browser."""
    alice.sign_in(alice.cast.bob)
    alice.open()
    page = alice.page
    page.evaluate("document.querySelectorAll('script').forEach(script => script.remove())")
    alice.sign_in(alice.user)
    page.evaluate("document.querySelector('form[data-answers]').submit()")
    expect(page.get_by_role("heading", name="Someone else is signed in here")).to_be_visible()


def guide(alice):
    User.objects.filter(pk=alice.user.pk).update(is_staff=True)
    alice.page.goto("/styleguide/")


def heat_map(alice):
    result(alice)
    alice.page.goto("/portfolio/pillars/")


def portfolio(alice):
    result(alice)
    alice.page.goto("/portfolio/")


def roadmap(alice):
    """Two actions, the second late and waiting for the first."""
    two_results(alice)
    alice.page.goto(alice.address("roadmap/add/?budget=4"))
    alice.page.get_by_role("button", name="Add selected moves").click()
    first, second = alice.assessment.roadmap.in_order()[:2]
    second.requires.add(first)
    type(second).objects.filter(pk=second.pk).update(due_on="2026-01-01", status="started")
    alice.page.goto(alice.address("roadmap/"))
    expect(alice.page.get_by_text("Started, late")).to_be_visible()


def roadmap_budget(alice):
    two_results(alice)
    alice.page.goto(alice.address("roadmap/add/?budget=4"))
    expect(alice.page.get_by_role("heading", name="Chosen")).to_be_visible()


def roadmap_action(alice):
    roadmap(alice)
    alice.page.get_by_role("link", name=re.compile("^Edit")).first.click()
    expect(alice.page.get_by_role("button", name="Save action")).to_be_visible()


def roadmap_status(alice):
    roadmap(alice)
    alice.page.goto(alice.address("roadmap/status/"))
    expect(alice.page.get_by_role("heading", name="Next dates")).to_be_visible()


def peer_consent(alice):
    alice.page.goto(f"/organisations/{alice.assessment.organisation_id}/benchmarks/")
    alice.page.get_by_role("button", name="Agree").click()
    expect(alice.page.get_by_role("button", name="Withdraw")).to_be_visible()


def discard(alice):
    cast = alice.cast
    draft = planning.begin(organisation=cast.northfield, bank_version=cast.version, by=cast.alice, name="Never mind")
    alice.page.goto(f"/assessments/{draft.pk}/prepare/people/")
    alice.page.get_by_role("link", name="Discard draft").click()
    expect(alice.page.get_by_role("heading", name="Discard this draft?")).to_be_visible()


def asked_first(name):
    """What a button of the list asks before it acts."""

    def go(alice):
        person = alice.assessment.participants.get(user=alice.cast.bob)
        alice.page.goto(reverse(name, args=[alice.assessment.pk, *([] if name == "remind_all" else [person.pk])]))
        expect(alice.page.locator("main button, main input[type=submit]").first).to_be_visible()

    return go


def result_awaited(alice):
    alice.page.goto(alice.address("result/"))
    expect(alice.page.get_by_role("heading", name="Who has answered")).to_be_visible()


def alone(alice):
    """An assessment of hers alone that is submitted without an answer, after being asked."""
    cast = alice.cast
    started = assessments.start(
        organisation=cast.northfield, bank_version=cast.version, name="Me", by=cast.alice, function="ceo", for_one=True
    )
    alice.assessment = started
    alice.page.goto(alice.address("review/"))
    alice.page.get_by_role("button", name="Submit assessment").click()
    expect(alice.page.get_by_role("heading", name="Submit without an answer?")).to_be_visible()


def reopen_alone(alice):
    alone(alice)
    alice.page.get_by_role("button", name="Submit anyway").click()
    alice.page.goto(alice.address())
    alice.page.get_by_role("link", name="Reopen assessment").click()
    expect(alice.page.get_by_role("button", name="Reopen assessment")).to_be_visible()


PAGES = {
    "person, correct": asked_first("correct_person"),
    "person, withdraw": asked_first("revoke"),
    "remind all": asked_first("remind_all"),
    "result, awaited": result_awaited,
    "alone, gaps": alone,
    "alone, reopen": reopen_alone,
    "discard a draft": discard,
    "manage, everybody": manage,
    "close": close,
    "manage, afterwards": managed_after,
    "result of many": result_opened,
    "figures of many": figures_opened,
    "agreement of many": agreement_opened,
    "change of many": change_opened,
    "what if": what_if,
    "what if, tried": what_if_tried,
    "scenario": scenario,
    "compare": compare,
    "compare, nothing chosen": compare_nothing,
    "portfolio": portfolio,
    "heat map": heat_map,
    "passed on": passed_on,
    "pass on again": pass_on_again,
    "pass on, wrong": pass_on_wrong,
    "reopen, wrong": reopen_wrong,
    "invite many, previewed": invite_many_previewed,
    "somebody else": somebody_else,
    "style guide": guide,
    "roadmap": roadmap,
    "roadmap, budget": roadmap_budget,
    "roadmap, an action": roadmap_action,
    "roadmap, status": roadmap_status,
    "benchmarks, agreed": peer_consent,
}


LONG = {
    "figures of many",
    "agreement of many",
    "change of many",
    "what if",
    "manage, afterwards",
    "style guide",
    "roadmap, budget",
    "roadmap, an action",
}  # seconds each, and much the same elsewhere


def marked(name):
    return pytest.param(name, marks=pytest.mark.long) if name in LONG else name


@pytest.mark.parametrize("name", [marked(name) for name in PAGES])
def test_everybody_can_use(name, alice):
    PAGES[name](alice)
    assert faults(alice.page) == []


@pytest.mark.long
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_in_the_other_looks(name, alice):
    PAGES[name](alice)
    assert faults_in_the_other_looks(alice.page) == []
