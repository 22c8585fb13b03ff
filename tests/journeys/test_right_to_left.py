"""A bank in Arabic on pages in English: its texts run from right to left, the pages do not, and both fit a phone."""

import pytest

from assessments import access
from assessments.actions import answering, assessments, banks
from assessments.models import BankVersion, Question
from tests.languages.arabic import arabic_bank
from tests.languages.directions import CASES, sentence

from .conftest import DESK, PHONE
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
        organisation=cast.northfield, bank_version=version, name=NAME, by=cast.alice, function="ceo", for_one=True
    )
    submission = access.submission_for(cast.alice, started.pk)
    for question in Question.objects.filter(pillar__version=version):
        given = answering.Given(choice="3")
        answering.save_answer(submission=submission, question=question, given=given, revision=0, by=cast.alice)
    if done:
        answering.submit(submission=submission, by=cast.alice)
    return f"/assessments/{started.pk}/" + ("result/" if done else "pillars/vision/")


NAME = "الجولة 4 (2026)"
# From the left: the parts of a text that an element contains, by where the first letter of each is seen
FROM_LEFT = """([selector, parts]) => {
    const inside = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT), places = []
    for (let node; (node = inside.nextNode());)
        for (const part of parts) {
            const at = node.data.indexOf(part), range = document.createRange()
            if (at < 0) continue
            range.setStart(node, at); range.setEnd(node, at + part.length)
            places.push([range.getBoundingClientRect().left, part])
        }
    return places.sort((one, other) => one[0] - other[0]).map(place => place[1])
}"""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_parts_of_a_sentence_are_seen_in_order(case, tab):
    page = tab()
    direction, text, parts = sentence(case)
    page.set_content(f'<p dir="{direction}">{text}</p>')
    assert page.evaluate(FROM_LEFT, ["p", parts]) == list(parts)


def test_texts_of_an_arabic_bank_run_from_right_to_left_on_a_phone(arabic, tab, cast, site):
    page = tab(size=PHONE)
    Respondent(page, site.url).sign_in(cast.alice)
    for address in arabic:
        page.goto(address)
        assert page.evaluate("getComputedStyle(document.querySelector('main')).direction") == "ltr"
        assert page.evaluate("getComputedStyle(document.querySelector('main bdi[lang=ar]')).direction") == "rtl"
        assert page.evaluate("document.querySelector('title').textContent.includes('<')") is False
        assert page.evaluate(PROBLEMS) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    parts = ["assessment", "2026", "4 (", "الجولة", "person"]  # the organisation may have a 4 in its name as well
    assert page.evaluate(FROM_LEFT, ["main p.small", parts]) == parts
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(arabic[0])
    choice = page.locator(".choice").first
    radio, words = choice.locator("input").bounding_box(), choice.locator(".what").bounding_box()
    assert radio["x"] > words["x"] + words["width"] - 1
    assert words["width"] > 200, "the answers stand below the question, not beside it"
