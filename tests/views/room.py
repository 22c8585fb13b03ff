"""A room full of people: an assessment, its lead, and a browser for each who takes part."""

from assessments.actions import assessments
from assessments.models import Asking, Question, User
from tests.mailbox import browser_of

CAST = ("ben", "cleo", "dev", "edda", "finn", "gus", *(f"guest{number}" for number in range(10)))
FIVE = (2, 3, 5, 3, 2)


class Room:
    """What a test does in a workshop. People vote from browsers of their own, the lead with `lead`."""

    def __init__(self, assessment, lead, size=6):
        self.assessment, self.base = assessment, f"/assessments/{assessment.pk}/workshop/"
        self.lead = browser_of(lead)
        self.people = {name: User.objects.create_user(f"{name}@northfield.example", name=name) for name in CAST[:size]}
        for user in self.people.values():
            assessments.add_participant(assessment=assessment, user=user, function="other", by=lead)
        self.phones = {name: browser_of(user) for name, user in self.people.items()}

    @property
    def workshop(self):
        from assessments.models import Workshop

        return Workshop.objects.get(pk=self.assessment.pk)

    @property
    def asking(self):
        return Asking.objects.get(pk=self.workshop.current_id)

    def start(self):
        return self.lead.post(self.base + "start", follow=True)

    def ask(self, key="vision-direction", browser=None, turn=None):
        sent = {"question": key, "turn": self.workshop.turn if turn is None else turn}
        return (browser or self.lead).post(self.base + "ask", sent, follow=True)

    def vote(self, name, choice, asking=None, follow=True):
        sent = {"asking": str((asking or self.asking).pk), "choice": str(choice)}
        return self.phones[name].post(self.base + "vote/", sent, follow=follow)

    def all_vote(self, *choices):
        for name, choice in zip(CAST, choices, strict=False):
            self.vote(name, choice, follow=False)

    def these_vote(self, names, choice=3):
        for name in names:
            self.vote(name, choice, follow=False)

    def reveal(self, asking=None):
        return self.lead.post(self.base + "reveal", {"asking": str((asking or self.asking).pk)}, follow=True)

    def agree(
        self, key="vision-direction", *, browser=None, revision=0, level=3, reason="Seen in the plan", dissent=""
    ):
        sent = {"level": level, "reason": reason, "dissent": dissent, "revision": revision}
        return (browser or self.lead).post(f"{self.base}answers/{key}/", sent, follow=True)

    def shown(self, key="vision-direction", *choices):
        """A question asked, voted on and revealed."""
        self.ask(key)
        self.all_vote(*(choices or FIVE))
        return self.reveal()

    def screen(self):
        return self.lead.get(self.base + "screen/")

    def phone(self, name="ben"):
        return self.phones[name].get(self.base + "vote/")


def shown_to_few(asking):
    """Its votes shown to a room of fewer than five, as they were when three votes were enough."""
    levels = [vote.level for vote in asking.votes.all()]
    counts = [levels.count(level) for level in range(1, 6)]
    shown = {"counts": counts, "dont_know": levels.count(None), "revealed_at": asking.asked_at}
    Asking.objects.filter(pk=asking.pk).update(**shown)
    asking.votes.update(level=None)


def text(response):
    import html

    return html.unescape(response.content.decode())


def question(key="vision-direction"):
    return Question.objects.get(key=key)
