"""After an error the focus is on the summary, whatever the address holds: a fragment, a skip link, *Change* from the
review. With and without JavaScript, for every form that can fail."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from assessments.actions import answering, assessments, planning
from assessments.models import Answer, Consultancy, Engagement, Question
from tests.conftest import submission_of
from tests.journeys.conftest import DESK


def of_assessment(name, **more):
    return lambda cast: reverse(name, kwargs={"pk": cast.assessment.pk, **more})


def draft(step):
    def address(cast):
        drafted = planning.begin(organisation=cast.northfield, bank_version=cast.version, name="Draft", by=cast.alice)
        return reverse("plan", args=[drafted.pk, step])

    return address


def submitted(cast):
    submission = submission_of(cast.assessment, cast.bob)
    answering.submit(submission=submission, by=cast.bob)
    return reverse("reopen", args=[cast.assessment.pk, submission.participant_id])


def listed(cast):
    return reverse("correct_person", args=[cast.assessment.pk, cast.assessment.participants.get(user=cast.bob).pk])


def closed(name, **more):
    def address(cast):
        questions = Question.objects.filter(pillar__version=cast.version)
        for user in (cast.alice, cast.bob):
            submission = submission_of(cast.assessment, user)
            Answer.objects.bulk_create(Answer(submission=submission, question=each, level=2) for each in questions)
            answering.submit(submission=submission, by=user)
        assessments.close(assessment=cast.assessment, by=cast.alice)
        return of_assessment(name, **more)(cast)

    return address


def of_consultancy(name):
    def address(cast):
        firm = Consultancy.objects.create(name=f"Hart {cast.alice.pk}")
        firm.consultants.add(cast.alice)
        Engagement.objects.create(consultancy=firm, organisation=cast.northfield)
        return reverse(name, args=[firm.pk])

    return address


def fixed(name, *args):
    return lambda cast: reverse(name, args=args)


PAST = str(timezone.localdate() - datetime.timedelta(days=9))
# The address of a form, and what is typed; everything else in it is emptied
FORMS = {
    "pillar": (of_assessment("pillar", key="vision"), {}),
    "start": (fixed("start"), {}),
    "invite": (of_assessment("invite"), {}),
    "invite several": (of_assessment("invite_many"), {"people": "nobody"}),
    "due date": (of_assessment("due"), {"due_on": PAST}),
    "reopen": (submitted, {}),
    "person on the list": (listed, {}),
    "delegate": (of_assessment("pass_on", key="vision"), {}),
    "draft, basics": (draft("basics"), {}),
    "draft, people": (draft("people"), {"people": "nobody"}),
    "draft, dates": (draft("dates"), {"due_on": PAST}),
    "action": (closed("roadmap_new"), {}),
    "moves": (closed("roadmap_add"), {}),
    "client's logo": (lambda cast: reverse("client_logo", args=[cast.northfield.pk]), {}),
    "snippet": (of_consultancy("new_snippet"), {}),
    "join a workshop": (fixed("join_workshop"), {"code": "nothing"}),
}
VISITORS = {"sign in": fixed("account_login"), "sign up": fixed("account_signup")}


def send(page, address, typed):
    """Open the form beside a fragment, empty it, type, and press its button."""
    page.goto(f"{address}?review#main")
    form = page.locator("main form:has(button:visible, input[type=submit]:visible)").last
    for field in form.locator("input, textarea").filter(visible=True).all():
        if field.get_attribute("type") in (None, "text", "email", "date", "password"):
            field.fill(typed.get(field.get_attribute("name"), ""))
    form.locator("button.button, input[type=submit]").filter(visible=True).first.click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_visible()
    expect(summary).to_be_focused()
    expect(page).not_to_have_url(f"{address}?review#main")


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("name", FORMS)
def test_the_summary_has_the_focus(name, java_script_enabled, respondent, cast):
    address, typed = FORMS[name]
    alice = respondent(cast.alice, size=DESK, java_script_enabled=java_script_enabled)
    send(alice.page, alice.url + address(cast), typed)


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("name", VISITORS)
def test_the_summary_has_the_focus_of_a_visitor(name, java_script_enabled, tab, cast, site):
    send(tab(java_script_enabled=java_script_enabled), site.url + VISITORS[name](cast), {})
