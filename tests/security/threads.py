"""A confidential assessment with a thread, and a night that passes."""

import datetime

from django.db.models import F

from assessments.actions import threads
from assessments.models import Assessment, Question, Thread, ThreadEntry, ThreadNotice, User, Voice
from tests.mailbox import browser_of
from tests.views.test_results import answered, finished

KEY, LEVEL = "vision-direction", 4
CANARY = "Zanzibar question"
A_DAY = datetime.timedelta(days=1)


def night():
    """Midnight passes: everything was a day earlier."""
    Thread.objects.update(asked_on=F("asked_on") - A_DAY, opens_on=F("opens_on") - A_DAY)
    Thread.objects.exclude(closed_on=None).update(closed_on=F("closed_on") - A_DAY)
    Thread.objects.exclude(told_on=None).update(told_on=F("told_on") - A_DAY)
    ThreadEntry.objects.update(day=F("day") - A_DAY)
    ThreadNotice.objects.update(day=F("day") - A_DAY)


class Stage:
    """Persons 0, 1 and 2 of six answered 4, the others 2; the lead took no part."""

    def __init__(self, assessment, lead, people=6, *, release=True):
        asked = {f"vision-{name}" for name in ("direction", "value", "problems", "unity", "funding")}
        answered(assessment, people, every=asked, level=lambda person, _place: LEVEL if person < 3 else 2)
        finished(assessment, lead, release=release)
        self.assessment = Assessment.objects.get(pk=assessment.pk)
        self.base = f"/assessments/{assessment.pk}/"
        self.user, self.lead = lead, browser_of(lead)
        self.question = self.row(KEY)

    def row(self, key):
        return Question.objects.get(pillar__version=self.assessment.bank_version, key=key)

    def person(self, number):
        return User.objects.get(email=f"p{number}@northfield.example")

    def voice(self, number, thread):
        return Voice.objects.get(thread=thread, participant__user=self.person(number))

    def ask(self, level=LEVEL, key=KEY, text=CANARY):
        return threads.ask_about_level(
            assessment=self.assessment, question=self.row(key), level=level, text=text, by=self.user
        )

    def asked(self):
        """A thread that those who are asked can see."""
        thread = self.ask()
        night()
        return Thread.objects.get(pk=thread.pk)

    def reply(self, number, thread, text):
        return threads.reply(voice=self.voice(number, thread), text=text)
