"""Guests of a workshop: in by its code and a first name, heard in the workshop, and forgotten with it."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from assessments.access.workshops import GUEST_COOKIE
from assessments.actions import assessments, interviews
from assessments.charts.qr import qr_svg
from assessments.models import Answer, Asking, AuditEvent, Guest, Question, User, Vote
from assessments.privacy import retention
from tests.mailbox import browser_of
from tests.markup import flat
from tests.security.test_walk import scrubbed
from tests.views.room import Room, text


@pytest.fixture
def room(assessment, alice):
    found = Room(assessment, alice, size=3)  # with alice and bob, five who have an account
    found.start()
    return found


def comes_in(room, name="Anna", **options):
    """The browser of a guest who has joined."""
    client = Client(**options)
    response = client.post("/w/", {"code": room.workshop.code, "name": name})
    assert response["Location"] == "/w/vote/", text(response)
    return client


def votes(room, guest, choice):
    sent = {"asking": str(room.asking.pk), "choice": str(choice)}
    return guest.post("/w/vote/", sent, follow=True)


class TestTheDoor:
    def test_the_picture_leads_to_a_form_that_knows_the_code(self, room):
        page = Client().get(f"/w/{room.workshop.code}/")
        assert f'value="{room.workshop.code[:4]}-{room.workshop.code[4:]}"' in text(page)
        assert "Northfield" not in text(page)

    @pytest.mark.parametrize("typed", ["{0}-{1}", "{0} {1}", "{0}{1}", " {0}–{1} "])
    def test_the_code_may_be_typed_as_people_type(self, room, typed):
        code = room.workshop.code.lower()
        page = Client().post("/w/", {"code": typed.format(code[:4], code[4:]), "name": "Anna"}, follow=True)
        assert "You are in" in text(page)
        assert "Anna" in text(page)

    def test_a_guest_who_comes_again_is_the_same(self, room):
        guest = comes_in(room)
        assert guest.get(f"/w/{room.workshop.code}/")["Location"] == "/w/vote/"
        guest.post("/w/", {"code": room.workshop.code, "name": "Anna again"})
        assert [guest.name for guest in Guest.objects.all()] == ["Anna"]

    def test_who_takes_part_is_recognised_by_the_account(self, room):
        ben = room.phones["ben"]
        assert ben.get(f"/w/{room.workshop.code}/")["Location"] == room.base + "vote/"
        assert ben.post("/w/", {"code": room.workshop.code, "name": "Ben"})["Location"] == room.base + "vote/"
        assert not Guest.objects.exists()

    def test_who_takes_part_elsewhere_joins_as_a_guest(self, room, charlie, lakeside):
        charlie = browser_of(charlie)
        assert charlie.post("/w/", {"code": room.workshop.code, "name": "Charlie"})["Location"] == "/w/vote/"
        assert charlie.get(room.base + "vote/").status_code == 404

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"code": "", "name": "Anna"}, "Enter the code shown on the big screen"),
            ({"code": "BCDF", "name": "Anna"}, "Enter all eight letters of the code"),
            ({"code": "BCDFBCDF", "name": "Anna"}, "No workshop with this code is running"),
            ({"name": " \u200b "}, "Enter your first name"),
            ({"name": "x" * 41}, "Shorten this text to 40 characters; it has 41."),
        ],
    )
    def test_what_is_wrong_is_said(self, room, sent, said):
        page = text(Client().post("/w/", {"code": room.workshop.code, **sent}))
        assert said in page
        assert "<title>Error:" in flat(page)
        assert not Guest.objects.exists()

    def test_the_code_of_an_ended_workshop_opens_nothing(self, room):
        code = room.workshop.code
        room.lead.post(room.base + "end")
        assert "No workshop with this code" in text(Client().post("/w/", {"code": code, "name": "Anna"}))
        room.start()
        assert room.workshop.code != code

    def test_thirty_behind_one_address_get_in_in_a_minute(self, room):
        """A third of them mistype the code once."""
        for number in range(30):
            if number % 3 == 0:
                assert "No workshop" in text(Client().post("/w/", {"code": "BBBBBBBB", "name": "x"}))
            comes_in(room, f"Guest {number}")
        assert Guest.objects.count() == 30

    def test_codes_cannot_be_guessed(self, room):
        """After thirty wrong ones in a minute not even the right one is looked at."""
        for _number in range(30):
            Client().post("/w/", {"code": "BBBBBBBB", "name": "x"})
        refused = Client().post("/w/", {"code": room.workshop.code, "name": "Anna"})
        assert refused.status_code == 429
        assert "Too many codes from this network were wrong" in text(refused)
        cache.clear()
        comes_in(room)

    def test_the_token_is_bound_to_the_device_and_signed(self, room):
        guest = comes_in(room)
        cookie = guest.cookies[GUEST_COOKIE]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        forged = Client()
        forged.cookies[GUEST_COOKIE] = str(Guest.objects.get().pk)
        assert forged.get("/w/vote/")["Location"] == "/w/?over"


class TestTheVote:
    def test_a_guest_sees_the_question_and_nothing_of_the_assessment(self, room):
        guest = comes_in(room)
        room.ask()
        page = text(guest.get("/w/vote/"))
        assert Question.objects.get(key="vision-direction").text in page
        assert "Northfield" not in page
        assert "Q4" not in page

    def test_guests_count_with_everybody(self, room):
        guests = [comes_in(room, name) for name in ("Anna", "Ben")]
        room.ask()
        assert "0 of 7 have voted" in text(room.screen())
        for guest in guests:
            assert "Your vote is in" in text(votes(room, guest, 1))
        room.all_vote(2, 3, 5)
        room.reveal()
        assert room.asking.counts == [2, 1, 1, 0, 1]
        assert room.asking.guests == 2
        assert set(Vote.objects.values_list("level", flat=True)) == {None}
        assert "people by answer, lowest first: 2, 1, 1, 0, 1" in text(guests[0].get("/w/vote/"))

    def test_four_are_too_few_whoever_they_are(self, room):
        guests = [comes_in(room, str(number)) for number in range(4)]
        room.ask()
        for guest in guests:
            votes(room, guest, 3)
        assert "4 people have voted" in text(room.reveal())
        assert not room.asking.is_revealed

    def test_one_vote_that_may_change_until_it_is_shown(self, room):
        guest = comes_in(room)
        room.ask()
        votes(room, guest, 1)
        votes(room, guest, 4)
        assert [vote.level for vote in Vote.objects.all()] == [4]
        room.ask("culture-data")
        late = guest.post("/w/vote/", {"asking": str(Asking.objects.first().pk), "choice": "x"}, follow=True)
        assert "There is a problem" in text(late)

    def test_answers_and_results_know_nothing_of_it(self, room):
        before = list(Answer.objects.values())
        guest = comes_in(room)
        room.ask()
        votes(room, guest, 5)
        assert list(Answer.objects.values()) == before
        assert room.assessment.participants.count() == 5

    def test_nothing_of_a_vote_is_on_a_screen_before(self, room):
        guest, other = comes_in(room), comes_in(room, "Ben")
        room.ask()
        seen = []
        for level in (1, 5):
            votes(room, guest, level)
            seen.append([scrubbed(page) for page in (room.screen(), guest.get("/w/vote/"), other.get("/w/vote/"))])
        assert seen[0] == seen[1]

    def test_who_was_interviewed_can_vote(self, room, alice):
        """With an account by signing in, without one as a guest."""
        interviewed = assessments.add_participant(
            assessment=room.assessment,
            user=User.objects.create_user("ina@northfield.example"),
            function="other",
            by=alice,
        )
        interviews.begin(participant=interviewed, by=alice)
        room.ask()
        ina = browser_of(interviewed.user)
        assert ina.get("/w/")["Location"] == room.base + "vote/"
        ina.post(room.base + "vote/", {"asking": str(room.asking.pk), "choice": "2"})
        votes(room, comes_in(room, "Kim"), 2)
        assert Vote.objects.count() == 2


class TestASecondDistribution:
    def asked_again(self, room, guests):
        room.ask()
        room.all_vote(3, 3, 3)
        for guest in guests:
            votes(room, guest, 1)
        return text(room.reveal())

    def test_with_the_same_people_it_is_shown(self, room):
        guests = [comes_in(room, name) for name in ("Anna", "Ben")]
        for _time in range(2):
            self.asked_again(room, guests)
            assert room.asking.counts == [2, 0, 3, 0, 0]

    def test_five_who_come_back_under_another_name_do_not_give_away_a_sixth(self, room):
        """Nobody can tell whether they are new: shown at five and again at six, the sixth vote were plain to read."""
        self.asked_again(room, [comes_in(room, name) for name in "ab"])
        again = self.asked_again(room, [comes_in(room, name) for name in "cdefgh"])
        assert "6 votes are left out" in again or not room.asking.is_revealed

    def test_who_comes_later_is_told(self, room):
        self.asked_again(room, [comes_in(room, name) for name in "ab"])
        late = comes_in(room, "Late")
        room.ask()
        assert "Your vote will not be shown" in text(late.get("/w/vote/"))

    def test_who_was_removed_is_still_missing(self, room):
        self.asked_again(room, guests := [comes_in(room, name) for name in "abc"])
        gone = Guest.objects.get(name="c")
        room.lead.post(f"{room.base}guests/{gone.pk}/remove")
        self.asked_again(room, guests[:2])
        assert not room.asking.is_revealed

    def test_a_workshop_begun_again_does_not_compare_either(self, room):
        self.asked_again(room, [comes_in(room, name) for name in "ab"])
        room.lead.post(room.base + "end")
        room.start()
        self.asked_again(room, [comes_in(room, name) for name in "abcdef"])
        assert not room.asking.is_revealed


class TestTheEnd:
    def test_guests_are_forgotten_with_the_workshop(self, room):
        guest = comes_in(room)
        room.ask()
        votes(room, guest, 2)
        room.lead.post(room.base + "end")
        assert not Guest.objects.exists()
        assert not Vote.objects.exists()
        assert guest.get("/w/now").json()["turn"] is None
        page = text(guest.get("/w/vote/", follow=True))
        assert "Your first name has been deleted" in page

    def test_a_workshop_that_nobody_ends_forgets_them_after_a_day(self, room):
        comes_in(room)
        Guest.objects.update(joined_at=timezone.now() - datetime.timedelta(hours=25))
        comes_in(room, "Ben")
        cache.clear()
        retention.run_due()
        assert [guest.name for guest in Guest.objects.all()] == ["Ben"]

    def test_the_lead_removes_one_and_their_vote(self, room, charlie, lakeside):
        guest = comes_in(room)
        room.ask()
        votes(room, guest, 2)
        address = f"{room.base}guests/{Guest.objects.get().pk}/remove"
        assert address in text(room.lead.get(room.base))
        assert browser_of(charlie).post(address).status_code == 404
        assert room.phones["ben"].post(address).status_code == 404
        for _twice in range(2):
            room.lead.post(address)
        assert not Guest.objects.exists()
        assert not Vote.objects.exists()
        assert AuditEvent.objects.filter(verb="removed", object_type="guest").count() == 1
        assert guest.get("/w/vote/")["Location"] == "/w/?over"


def test_the_screen_says_how_to_get_in_and_who_is_in(room):
    comes_in(room, "<b>Anna</b>")
    comes_in(room, "\u202eדנה")
    raw = room.screen().content.decode()
    code = room.workshop.code
    assert f"{code[:4]}-{code[4:]}" in raw
    assert f"<title>QR code for http://testserver/w/{code}/</title>" in raw
    assert "<bdi>&lt;b&gt;Anna&lt;/b&gt;</bdi>" in raw
    assert "<bdi>\u202eדנה</bdi>" in raw


def test_a_guest_asks_with_two_queries_and_hears_304(room, django_assert_num_queries):
    guest = comes_in(room)
    room.ask()
    first = guest.get("/w/now")
    assert first.json()["votes"] == "0 of 6 have voted"
    with django_assert_num_queries(2):
        again = guest.get("/w/now", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_picture_keeps_its_quiet_zone():
    drawn = qr_svg("https://maturity.example/w/BCDFGHJK/", "x")
    size = int(re.search(r'viewBox="0 0 (\d+)', drawn)[1])
    places = [int(number) for pair in re.findall(r"M(\d+) (\d+)h1", drawn) for number in pair]
    assert (min(places), max(places)) == (4, size - 5)
