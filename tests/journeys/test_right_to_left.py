"""A bank in Arabic: the page of questions and the result run from right to left, and fit a phone."""

import pytest

from assessments import access
from assessments.actions import answering, assessments, banks
from assessments.models import BankVersion, Question
from tests.languages.arabic import arabic_bank

from .conftest import PHONE
from .respondent import Respondent
from .test_longer_words import PROBLEMS


@pytest.fixture
def arabic(cast):
    """The addresses of an assessment of Alice's own on the Arabic bank: still open, and one with its result."""
    version, _new = banks.load(bank=arabic_bank())
    banks.publish(version=version)
    found = [begun(cast, version, done) for done in (False, True)]
    BankVersion.objects.filter(pk=version.pk).update(state="retired")  # the other journeys know of one bank
    return found


def begun(cast, version, done):
    started = assessments.start(
        organisation=cast.northfield, bank_version=version, name=f"R{done}", by=cast.alice, function="ceo", for_one=True
    )
    submission = access.submission_for(cast.alice, started.pk)
    for question in Question.objects.filter(pillar__version=version):
        given = answering.Given(choice="3")
        answering.save_answer(submission=submission, question=question, given=given, revision=0, by=cast.alice)
    if done:
        answering.submit(submission=submission, by=cast.alice)
    return f"/assessments/{started.pk}/" + ("result/" if done else "pillars/vision/")


def test_arabic_bank_runs_from_right_to_left_on_a_phone(arabic, tab, cast, site):
    page = tab(size=PHONE)
    Respondent(page, site.url).sign_in(cast.alice)
    for address in arabic:
        page.goto(address)
        assert page.evaluate("getComputedStyle(document.querySelector('main')).direction") == "rtl"
        assert page.evaluate(PROBLEMS) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(arabic[0])
    choice = page.locator(".choice").first
    radio, words = choice.locator("input").bounding_box(), choice.locator(".what").bounding_box()
    assert radio["x"] > words["x"] + words["width"] - 1
    assert words["width"] > 200, "the answers stand below the question, not beside it"
