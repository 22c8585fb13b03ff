"""A workshop in the hand of who takes part."""

import pytest

from assessments.models import Vote
from tests.mailbox import browser_of
from tests.markup import flat
from tests.views.room import Room, text


@pytest.fixture
def room(assessment, alice):
    found = Room(assessment, alice)
    found.start()
    return found


def test_a_phone_shows_the_question_with_nothing_chosen(room):
    room.ask()
    page = text(room.phone())
    assert page.count('name="choice"') == 6
    assert "checked" not in page
    assert "No one sees who voted what" in page


def test_a_vote_is_in_and_not_even_shown_to_who_gave_it(room):
    room.ask()
    page = text(room.vote("ben", 4))
    assert "Your vote is in" in page
    assert "1 of 8 has voted" in page
    again = text(room.phones["ben"].get(room.base + "vote/?again"))
    assert "checked" not in again
    assert Vote.objects.get().level == 4


def test_until_the_votes_are_shown_a_vote_may_change(room):
    room.ask()
    room.vote("ben", 4)
    room.vote("ben", 2)
    assert [vote.level for vote in Vote.objects.all()] == [2]


def test_nothing_chosen_is_said_and_nothing_counted(room):
    room.ask()
    page = text(room.phones["ben"].post(room.base + "vote/", {"asking": str(room.asking.pk)}))
    assert "<title>Error:" in flat(page)
    assert "There is a problem" in page
    assert Vote.objects.count() == 0


def test_a_vote_after_the_spread_is_shown_is_refused(room):
    room.shown("vision-direction", 2, 3, 5, 3, 2)
    page = text(room.vote("gus", 1))
    assert "Voting on that question is over; your vote was not counted." in page
    assert room.asking.counts == [0, 2, 2, 0, 1]
    assert Vote.objects.count() == 5


@pytest.mark.parametrize("change", ["ask", "end"])
def test_a_vote_on_a_question_that_is_over_is_refused(room, change):
    room.ask()
    late = room.asking
    if change == "ask":
        room.ask("culture-data")
    else:
        room.lead.post(room.base + "end")
    page = text(room.vote("ben", 1, asking=late))
    assert "your vote was not counted" in page
    assert Vote.objects.count() == 0


@pytest.mark.parametrize("choice", ["6", "0", "x", ""])
def test_a_level_that_is_not_offered_is_no_vote(room, choice):
    room.ask()
    room.vote("ben", choice)
    assert Vote.objects.count() == 0


def test_who_comes_late_finds_the_question_or_the_spread(room):
    room.ask()
    room.all_vote(2, 3, 5, 3, 2)
    assert "Send my vote" in text(room.phone("gus"))
    room.reveal()
    page = text(room.phone("gus"))
    assert "Voting is over" in page
    assert "people by answer, lowest first: 0, 2, 2, 0, 1" in page


def test_the_short_address_leads_to_the_workshop(room, charlie, lakeside):
    assert room.phones["ben"].get("/w/")["Location"] == room.base + "vote/"
    assert "No workshop is running" in text(browser_of(charlie).get("/w/"))
    room.lead.post(room.base + "end")
    assert "No workshop is running" in text(room.phones["ben"].get("/w/"))


def test_the_home_page_leads_there_while_it_is_held(room):
    assert "A workshop is running: Northfield, Q4" in text(room.phones["ben"].get("/home/"))
    room.lead.post(room.base + "end")
    assert "A workshop is running" not in text(room.phones["ben"].get("/home/"))


def test_before_and_after_the_workshop_a_phone_waits(room):
    assert "You are in" in text(room.phone())
    room.lead.post(room.base + "end")
    assert "No workshop is running" in text(room.phone())


def test_a_phone_asks_with_three_queries_and_hears_304(room, django_assert_num_queries):
    room.ask()
    first = room.phones["ben"].get(room.base + "now")
    assert first.json() == {"turn": room.workshop.turn, "votes": "0 of 8 have voted", "people": 8}
    with django_assert_num_queries(3):
        again = room.phones["ben"].get(room.base + "now", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    room.vote("cleo", 1)
    changed = room.phones["ben"].get(room.base + "now", headers={"If-None-Match": first["ETag"]})
    assert changed.json()["votes"] == "1 of 8 has voted"


def test_the_same_vote_count_tells_nothing_of_what_was_voted(room):
    """Changing a vote changes nothing that anybody could notice."""
    room.ask()
    room.vote("cleo", 1)
    before = room.phones["ben"].get(room.base + "now")["ETag"]
    room.vote("cleo", 5)
    assert room.phones["ben"].get(room.base + "now")["ETag"] == before


def test_every_step_is_a_new_turn(room):
    turns = [room.workshop.turn]
    for step in (room.ask, lambda: room.all_vote(1, 2, 3, 4, 5), room.reveal, room.agree):
        step()
        turns.append(room.workshop.turn)
    assert turns == [1, 2, 2, 3, 4]
    room.lead.post(room.base + "end")
    assert room.phones["ben"].get(room.base + "now").json()["turn"] is None


def test_signed_out_a_phone_is_told_so(room, client):
    assert client.get(room.base + "now").status_code == 401


def test_without_a_script_waiting_pages_reload_and_forms_do_not(room):
    assert 'http-equiv="refresh"' in text(room.phone())
    room.ask()
    assert 'http-equiv="refresh"' not in text(room.phone())
    assert "Refresh</a>" in text(room.phone())
    room.vote("ben", 2)
    assert 'http-equiv="refresh"' in text(room.phone())
