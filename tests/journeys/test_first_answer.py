"""From the landing page to a first answer, for somebody who has never been here: what there is to read and to do.

The time is a model, not a stopwatch: it counts every word above each button, every field and every click.
"""

import re

from playwright.sync_api import expect

from assessments.models import Answer, User
from tests.journeys.conftest import PASSWORD, PHONE
from tests.journeys.emails import email_to, text_of

MAX_SECONDS = 90
WORDS_A_SECOND = 4  # 240 a minute, an adult reading to understand
SECONDS_A_CLICK, SECONDS_A_FIELD, SECONDS_FOR_THE_MAIL = 1, 5, 12
CODE = re.compile(r"(?m)^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$")
NEWCOMER = "first@northfield.example"
# What stands above the first button of a page, that is what is read before going on
READ = """() => {
    const words = [], end = document.querySelector('main .button')
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
        const element = walk.currentNode.parentElement
        if (end && end.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) break
        if (element.checkVisibility() && !element.closest('option, script')) {
            words.push(...walk.currentNode.textContent.split(/\\s+/).filter(Boolean))
        }
    }
    return words.length
}"""


def test_a_first_answer_takes_little_reading_and_typing(tab, site):
    page = tab(size=PHONE)
    seconds = []
    page.goto("/")
    press(page, seconds, "link", "Start assessment")
    fill(page, seconds, {"Your name": "Fay Roth", "E-mail address": NEWCOMER, "Password": PASSWORD})
    press(page, seconds, "button", "Create account")
    expect(page).to_have_url(re.compile("/confirm-email/"))
    code = CODE.search(text_of(email_to(NEWCOMER, site.database)))[1]
    seconds.append(SECONDS_FOR_THE_MAIL)
    page.locator("main input[name=code]").fill(code)
    press(page, seconds, "button", re.compile("Confirm|Continue|Verify"))
    expect(page).to_have_url(re.compile("/assessments/start/$"))
    fill(page, seconds, {"Name of the organisation": "Firstfield"})
    page.get_by_text("Just me").click()
    page.get_by_label("Your function").select_option("ceo")
    press(page, seconds, "button", "Continue")
    seconds.append(2 * SECONDS_A_CLICK)
    question = page.locator(".question").first
    statements = [question.locator("legend").inner_text(), *question.locator("label.choice").all_inner_texts()]
    seconds.append(len(" ".join(statements).split()) / WORDS_A_SECOND)
    question.locator("label.choice").nth(2).click()
    expect(page.locator("[data-status]").filter(visible=True).first).to_have_text(re.compile("Saved"))
    assert Answer.objects.filter(submission__participant__user=User.objects.get(email=NEWCOMER)).count() == 1
    assert sum(seconds) <= MAX_SECONDS, f"seconds a step: {[round(each) for each in seconds]}"


def fill(page, seconds, fields):
    for label, value in fields.items():
        page.get_by_label(label, exact=True).first.fill(value)
        seconds.append(SECONDS_A_FIELD)


def press(page, seconds, role, name):
    """Read what stands before the button, and press it."""
    seconds.append(page.evaluate(READ) / WORDS_A_SECOND + SECONDS_A_CLICK)
    page.locator("main").get_by_role(role, name=name).first.click()
