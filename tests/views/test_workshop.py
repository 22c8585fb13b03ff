"""Whoever runs a workshop: asks, shows the votes, records what the room agrees on."""

import pytest

from assessments.actions import assessments, workshops
from assessments.models import AgreedAnswer, Answer, AuditEvent, Question, Vote, Workshop
from tests.mailbox import browser_of
from tests.markup import flat
from tests.security.test_walk import scrubbed
from tests.views.room import CAST, Room, question, text
from tests.views.test_results import answered, finished


@pytest.fixture
def room(assessment, alice):
    found = Room(assessment, alice)
    found.start()
    return found


def test_a_workshop_begins_once(room, alice):
    before = room.workshop
    room.start()
    assert room.workshop.started_at == before.started_at
    assert AuditEvent.objects.filter(verb="started").count() == 1


def spread_as(assessment, people, apart):
    """Everybody at level 3, but for the questions in `apart`: key -> what people say in turn."""
    keys = list(Question.objects.filter(pillar__version=assessment.bank_version).values_list("key", flat=True))
    answered(assessment, people, level=lambda person, place: apart.get(keys[place], (3, 3))[person % 2])


def test_its_questions_come_with_most_disagreement_first(assessment, alice):
    spread_as(assessment, 6, {"change-why": (2, 4), "culture-data": (1, 5)})
    finished(assessment, alice)
    room = Room(assessment, alice)
    page = text(room.start())
    assert room.workshop.order[:3] == ["culture-data", "change-why", "vision-direction"]
    assert len(room.workshop.order) == 56
    assert page.index(question("culture-data").text) < page.index(question("vision-direction").text)


def test_too_few_answers_say_nothing_about_the_order(assessment, alice):
    """Of two people a confidential assessment tells no question's spread, so the order does not either."""
    spread_as(assessment, 2, {"culture-data": (1, 5)})
    room = Room(assessment, alice)
    room.start()
    assert room.workshop.order[0] == "vision-direction"


def test_the_votes_are_shown_from_five_on(room):
    room.ask()
    assert "No one has voted yet" in text(room.reveal())
    room.all_vote(2, 3, 5, 3)
    page = text(room.reveal())
    assert "4 people have voted. The distribution is shown from five votes on" in page
    assert not room.asking.is_revealed
    room.all_vote(2, 3, 5, 3, 2)
    page = text(room.reveal())
    assert "people by answer, lowest first: 0, 2, 2, 0, 1" in page
    assert "5 votes. The median vote is level\u00a03." in flat(page)


def test_nothing_of_a_vote_is_on_a_screen_before(room):
    """Three who chose the first level and three who chose the last look the same to everybody in the room."""
    room.ask()
    seen = []
    for level in (1, 5):
        room.all_vote(level, level, level)
        pages = (room.screen(), room.phone(), room.phone("gus"), room.lead.get(room.base))
        seen.append([scrubbed(page) for page in pages])
    assert seen[0] == seen[1]
    assert "3 of 8 have voted" in text(room.screen())


def test_who_voted_what_is_forgotten_when_the_votes_are_shown(room):
    room.shown("vision-direction", 2, 3, 5, "dont_know", 3)
    assert room.asking.counts == [0, 1, 2, 0, 1]
    assert room.asking.dont_know == 1
    assert set(Vote.objects.values_list("level", flat=True)) == {None}
    assert "1 does not know." in text(room.screen())


def test_showing_twice_changes_nothing(room):
    room.shown()
    shown_at, turn = room.asking.revealed_at, room.workshop.turn
    room.reveal()
    assert (room.asking.revealed_at, room.workshop.turn) == (shown_at, turn)
    assert AuditEvent.objects.filter(verb="revealed").count() == 1


def test_asked_again_everybody_votes_anew(room):
    room.shown()
    first = room.asking
    room.ask()
    assert room.asking != first
    assert "0 of 8 have voted" in text(room.screen())
    assert "level 1 to 5" not in text(room.screen())


class TestASecondSpread:
    """Whoever keeps the first subtracts it: nobody may be in one of them and not in the other with fewer than four."""

    PEOPLE = CAST[:12]

    @pytest.fixture
    def room(self, assessment, alice):
        found = Room(assessment, alice, size=12)
        found.start()
        return found

    def shown(self, room, names):
        room.ask()
        room.these_vote(names)
        return text(room.reveal())

    def test_who_comes_later_is_not_in_it(self, room):
        """Shown at five and again at six, the sixth vote was plain to read."""
        self.shown(room, self.PEOPLE[:5])
        room.ask()
        room.these_vote(self.PEOPLE[:5])
        room.vote(self.PEOPLE[5], 1)
        page = text(room.reveal())
        assert "1 vote is left out" in page
        assert room.asking.counts == [0, 0, 5, 0, 0]
        assert set(room.asking.votes.values_list("level", flat=True)) == {None}
        assert room.asking.votes.count() == 5, "who was left out has not been shown"

    def test_who_comes_later_is_told_before_voting(self, room):
        self.shown(room, self.PEOPLE[:5])
        room.ask()
        late = "was shown before without you"
        assert late in text(room.phone(self.PEOPLE[5]))
        assert late in text(room.vote(self.PEOPLE[5], 1))
        assert late not in text(room.phone(self.PEOPLE[0]))

    def test_five_who_come_later_are(self, room):
        self.shown(room, self.PEOPLE[:5])
        self.shown(room, self.PEOPLE[:10])
        assert room.asking.counts == [0, 0, 10, 0, 0]

    @pytest.mark.parametrize("names", [PEOPLE[:6], PEOPLE[:3], PEOPLE[4:10], PEOPLE[:4] + PEOPLE[7:9]])
    def test_without_some_of_before_it_is_refused(self, room, names):
        self.shown(room, self.PEOPLE[:7])
        page = self.shown(room, names)
        assert not room.asking.is_revealed
        assert "would reveal how they voted" in page or "people have voted" in page

    def test_other_people_altogether_may_be_shown(self, room):
        self.shown(room, self.PEOPLE[:5])
        self.shown(room, self.PEOPLE[6:12])
        assert room.asking.counts == [0, 0, 6, 0, 0]

    def test_every_spread_before_counts_not_the_last_alone(self, room):
        """Ten, then five of them, then the others but one: the first less both is that one."""
        self.shown(room, self.PEOPLE[:11])
        self.shown(room, self.PEOPLE[:5])
        assert room.asking.is_revealed
        self.shown(room, self.PEOPLE[5:10])
        assert not room.asking.is_revealed

    def test_a_question_asked_between_or_a_workshop_begun_again_changes_nothing(self, room):
        self.shown(room, self.PEOPLE[:6])
        room.ask("culture-data")
        room.lead.post(room.base + "end")
        room.start()
        self.shown(room, self.PEOPLE[:5])
        assert not room.asking.is_revealed

    def test_another_question_has_spreads_of_its_own(self, room):
        self.shown(room, self.PEOPLE[:6])
        room.ask("culture-data")
        room.these_vote(self.PEOPLE[:5])
        room.reveal()
        assert room.asking.is_revealed

    def test_who_was_taken_out_of_the_assessment_is_still_missing(self, room, assessment):
        """The first spread less the second would be whoever was erased."""
        self.shown(room, self.PEOPLE[:6])
        assessment.participants.get(user=room.people[self.PEOPLE[5]]).delete()
        self.shown(room, self.PEOPLE[:5])
        assert not room.asking.is_revealed

    def test_showing_anew_costs_the_same_however_often_it_was_shown(self, room, alice, django_assert_max_num_queries):
        for _again in range(4):
            self.shown(room, self.PEOPLE[:5])
        room.ask()
        room.these_vote(self.PEOPLE[:5])
        with django_assert_max_num_queries(20):
            workshops.reveal(asking=room.asking, by=alice)


def test_the_same_five_may_see_their_second_votes(room):
    room.shown("vision-direction", 2, 3, 5, 3, 3)
    room.ask()
    room.all_vote(3, 3, 4, 3, 3)
    room.reveal()
    assert room.asking.counts == [0, 0, 4, 1, 0]


class TestASmallRoom:
    """Fewer than five who can vote: nothing of the votes is shown, and the room can agree all the same."""

    @pytest.fixture
    def room(self, assessment, alice):
        found = Room(assessment, alice, size=2)  # and alice and bob
        found.start()
        return found

    def test_it_records_what_it_agrees_on(self, room):
        page = text(room.ask())
        assert "Fewer than five people can vote here" in page
        assert "Show distribution" not in page
        room.all_vote(2, 3)
        page = text(room.agree())
        assert "Agreed: level\u00a03" in page
        assert "Agreed: level\u00a03" in text(room.phone())

    def test_nothing_of_its_votes_is_shown(self, room):
        room.ask()
        room.all_vote(2, 3)
        assert "from five votes on" in text(room.reveal())
        assert not room.asking.is_revealed


def test_two_who_run_it_do_not_take_the_room_two_ways(room, bob, northfield):
    northfield.memberships.create(user=bob, role="lead")
    seen = room.workshop.turn
    room.ask("vision-direction")
    room.all_vote(2)
    page = text(room.ask("culture-data", browser=browser_of(bob), turn=seen))
    assert "Someone else has moved the workshop to another question" in page
    assert room.asking.question.key == "vision-direction"
    assert Vote.objects.count() == 1
    room.ask("vision-direction", browser=browser_of(bob), turn=seen)
    assert Vote.objects.count() == 1, "asking what is asked already goes on with it"


def test_going_on_forgets_votes_that_were_not_shown(room):
    room.ask()
    room.all_vote(1, 2)
    room.ask("culture-data")
    assert Vote.objects.count() == 0


def test_the_end_keeps_what_was_agreed(room):
    room.shown()
    room.agree()
    page = text(room.lead.post(room.base + "end", follow=True))
    assert "The workshop has ended" in page
    assert "Agreed: level\u00a03, Established" in page
    assert room.screen()["Location"] == room.base
    assert AgreedAnswer.objects.count() == 1


def test_an_agreed_answer_stands_beside_the_individual_ones(room, submission, assessment):
    answered(assessment, 3, level=lambda person, q: 2)
    before = list(Answer.objects.order_by("pk").values())
    room.shown()
    page = text(room.agree(level=4, reason="The board paper of May", dissent="IT sees level 2"))
    assert "The individual answers are unchanged." in page
    agreed = AgreedAnswer.objects.get()
    assert (agreed.level, agreed.reason, agreed.dissent, agreed.revision) == (
        4, "The board paper of May", "IT sees level 2", 1,
    )  # fmt: skip
    assert list(Answer.objects.order_by("pk").values()) == before
    assert "Agreed: level\u00a04" in text(room.phone())


def test_nothing_is_agreed_before_the_votes_are_shown(room):
    room.ask()
    assert "once the votes on its question have been shown" in text(room.agree())
    assert AgreedAnswer.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"level": ""}, "Select the answer you agreed on"),
        ({"level": 6}, "Select a valid choice"),
        ({"reason": ""}, "Enter why you agreed on this answer"),
        ({"reason": "x" * 2001}, "Shorten this text to 2000 characters; it has 2001."),
    ],
)
def test_what_is_missing_is_said_and_the_rest_kept(room, sent, said):
    room.shown()
    page = text(room.agree(dissent="kept as typed", **sent))
    assert said in page
    assert "kept as typed" in page
    assert AgreedAnswer.objects.count() == 0


def test_a_second_answer_keeps_the_first(room):
    room.shown()
    room.agree(level=3, reason="first")
    room.agree(level=4, reason="second", revision=1)
    agreed = AgreedAnswer.objects.get()
    assert (agreed.level, agreed.revision) == (4, 2)
    assert [(entry["level"], entry["reason"]) for entry in agreed.earlier] == [(3, "first")]
    assert "first" in text(room.lead.get(f"{room.base}answers/vision-direction/"))


def test_recorded_by_two_at_once_neither_is_lost(room):
    room.shown()
    room.agree(level=3, reason="theirs")
    clash = room.agree(level=5, reason="mine", revision=0)
    assert clash.status_code == 409
    page = text(clash)
    assert "Someone else has recorded an agreed answer; yours is not saved." in page
    assert "theirs" in page
    assert "mine" in page
    assert 'name="revision" value="1"' in page
    assert AgreedAnswer.objects.get().reason == "theirs"


def test_sent_twice_it_is_recorded_once(room):
    room.shown()
    room.agree()
    room.agree()
    assert AgreedAnswer.objects.get().revision == 1
    assert AuditEvent.objects.filter(verb="agreed").count() == 1


def test_it_can_be_taken_back(room):
    room.shown()
    room.agree()
    room.lead.post(f"{room.base}answers/vision-direction/withdraw")
    assert AgreedAnswer.objects.count() == 0
    assert AuditEvent.objects.filter(verb="withdrew").count() == 1


def test_a_vote_is_never_audited(room):
    before = AuditEvent.objects.count()
    room.ask()
    room.all_vote(1, 2, 3, 4, 5)
    assert AuditEvent.objects.count() == before + 1  # that it was asked


def test_an_assessment_for_one_person_has_none(alone, alice):
    browser = browser_of(alice)
    page = text(browser.post(f"/assessments/{alone.pk}/workshop/start", follow=True))
    assert "an open assessment for several people" in page
    assert Workshop.objects.count() == 0


def test_a_question_of_another_bank_is_not_there(room):
    assert room.ask("no-such-question").status_code == 404


def test_closing_an_assessment_leaves_its_workshop(room, assessment, alice):
    room.shown()
    room.agree()
    answered(assessment, 3, level=lambda person, q: 2)
    assessments.close(assessment=assessment, by=alice)
    assert room.screen().status_code == 200
    assert AgreedAnswer.objects.count() == 1


def test_the_screen_costs_the_same_for_one_vote_and_for_many(room, django_assert_max_num_queries):
    room.ask()
    room.all_vote(1, 2, 3, 4, 5, 1)
    with django_assert_max_num_queries(12):
        room.screen()
