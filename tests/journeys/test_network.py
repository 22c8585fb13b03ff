"""A bad network: what the status says is true within two seconds, and nothing is lost while the page is open."""

import contextlib
import random
import re
import time

import pytest
from playwright.sync_api import Error, expect

from tests.journeys.conftest import PHONE
from tests.journeys.respondent import SAVED, eventually, of_pillar, stored

KEY = "vision-direction"
SAVES = re.compile(r"/answers/")
FAILED = "Not saved, retrying: keep this page open"
GOES_ON = "You are offline. This page continues once you are back online."
TRUE_WITHIN = 2


@pytest.fixture
def bob(respondent):
    bob = respondent(size=PHONE)
    bob.open()
    return bob


def use(bob, handle):
    """Let `handle` decide what becomes of each save."""
    bob.page.unroute(SAVES)
    bob.page.route(SAVES, handle)


def nothing_arrives(bob):
    use(bob, lambda route: route.abort("connectionreset"))


def lose_the_reply(route):
    """The server has it, the page does not hear of it."""
    route.fetch()
    with contextlib.suppress(Error):  # the page has gone on meanwhile
        route.abort("connectionreset")


def everything_arrives(bob):
    bob.page.unroute(SAVES)


def test_a_save_without_an_answer_is_never_called_saved(bob):
    use(bob, lambda route: None)
    bob.choose(KEY, 3)
    bob.says("Saving…", within=TRUE_WITHIN)


def test_a_failure_is_said_at_once_and_made_good_by_itself(bob, cast):
    nothing_arrives(bob)
    bob.choose(KEY, 3)
    bob.says(FAILED, within=TRUE_WITHIN)
    assert not stored(cast.assessment, cast.bob)
    everything_arrives(bob)
    bob.is_saved(cast.bob)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_server_in_trouble_is_asked_again(status, bob, cast):
    use(bob, lambda route: route.fulfill(status=status, body="<h1>Trouble</h1>", content_type="text/html"))
    bob.choose(KEY, 3)
    bob.says(FAILED, within=TRUE_WITHIN)
    everything_arrives(bob)
    bob.is_saved(cast.bob)


def test_a_page_of_a_hotel_network_is_not_taken_for_a_save(bob, cast):
    use(bob, lambda route: route.fulfill(status=200, body="<h1>Welcome</h1>", content_type="text/html"))
    bob.choose(KEY, 3)
    bob.says(FAILED, within=TRUE_WITHIN)
    everything_arrives(bob)
    bob.is_saved(cast.bob)


def test_a_lost_reply_is_no_conflict_with_oneself(bob, cast):
    use(bob, lose_the_reply)
    bob.choose(KEY, 3)
    bob.says(FAILED)
    bob.choose(KEY, 4)
    everything_arrives(bob)
    bob.is_saved(cast.bob)
    expect(bob.page.locator(f"#{KEY}-clash")).to_have_count(0)


def test_offline_is_said_and_what_was_entered_is_saved_afterwards(bob, cast):
    bob.choose(KEY, 2)
    bob.is_saved(cast.bob)
    bob.page.context.set_offline(True)
    bob.says("You are offline", within=TRUE_WITHIN)
    bob.choose(KEY, 3)
    bob.comment("vision-value").fill("Written in a tunnel")
    bob.says("You are offline", within=TRUE_WITHIN)
    assert stored(cast.assessment, cast.bob) == {KEY: ("2", "")}
    bob.page.context.set_offline(False)
    bob.is_saved(cast.bob)


def has_gone_on(bob):
    """The server has the page: it tells what is still blank."""
    expect(bob.page.locator(".error-summary")).to_be_visible()


def test_save_and_continue_waits_for_the_network(bob, cast):
    bob.page.context.set_offline(True)
    bob.choose(KEY, 3)
    bob.says("You are offline")
    bob.go_on()
    bob.says(GOES_ON)
    assert bob.chosen(KEY) == "3"
    bob.page.context.set_offline(False)
    has_gone_on(bob)
    assert stored(cast.assessment, cast.bob) == {KEY: ("3", "")}


def test_nobody_leaves_for_a_page_that_cannot_come(bob, cast):
    bob.choose(KEY, 2)
    bob.is_saved(cast.bob)
    bob.page.context.set_offline(True)
    bob.says("You are offline")
    bob.go_on()
    bob.says(GOES_ON)
    bob.page.context.set_offline(False)
    has_gone_on(bob)


def test_save_and_continue_waits_for_a_save_under_way(bob, cast):
    held = []
    use(bob, lambda route: route.continue_() if held else held.append(route))
    bob.choose(KEY, 3)
    bob.go_on()
    bob.says("Saving…")
    assert bob.chosen(KEY) == "3"
    held[0].continue_()
    has_gone_on(bob)
    assert stored(cast.assessment, cast.bob) == {KEY: ("3", "")}


def test_whoever_writes_on_stays(bob, cast):
    nothing_arrives(bob)
    bob.choose(KEY, 3)
    bob.go_on()
    bob.says(FAILED)
    bob.choose(KEY, 4)
    everything_arrives(bob)
    bob.is_saved(cast.bob)


def test_a_slow_network_keeps_order(bob, cast):
    """Two seconds each way: the last choice of many wins."""
    slow(bob.page)
    for choice in (1, 2, 3, 4, 5, 2):
        bob.choose(KEY, choice)
    bob.says("Saving…", within=TRUE_WITHIN)
    bob.is_saved(cast.bob, within=30)
    assert stored(cast.assessment, cast.bob)[KEY] == ("2", "")


def slow(page):
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    limits = {"offline": False, "latency": 2000, "downloadThroughput": -1, "uploadThroughput": -1}
    wire.send("Network.emulateNetworkConditions", limits)


def unreliable(bob, rate, chance):
    """Fails some requests: half of those before they arrive, half after."""

    def handle(route):
        if chance.random() >= rate:
            route.continue_()
        elif chance.random() < 0.5:
            lose_the_reply(route)
        else:
            route.abort("connectionreset")

    use(bob, handle)


def answer_at_random(bob, chance, steps):
    for _step in range(steps):
        key = chance.choice(bob.keys)
        kind = chance.random()
        if kind < 0.6:
            bob.choose(key, chance.choice((1, 2, 3, 4, 5, "dont_know")))
        elif kind < 0.7 and bob.chosen(key):
            bob.page.locator(f"#{key} .clear").click()
        else:
            bob.comment(key).press_sequentially(f" word {chance.randrange(1000)}")


def test_one_request_in_ten_fails(bob, cast):
    chance = random.Random(4)
    unreliable(bob, 0.1, chance)
    answer_at_random(bob, chance, 20)
    bob.is_saved(cast.bob, within=60)
    expect(bob.page.locator(".clash")).to_have_count(0)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_three_requests_in_ten_fail(seed, bob, cast):
    chance = random.Random(seed)
    unreliable(bob, 0.3, chance)
    answer_at_random(bob, chance, 100)
    bob.is_saved(cast.bob, within=120)
    expect(bob.page.locator(".clash")).to_have_count(0)


@pytest.mark.long
def test_a_minute_offline(bob, cast):
    bob.page.context.set_offline(True)
    until = time.monotonic() + 60
    chance = random.Random(60)
    while time.monotonic() < until:
        answer_at_random(bob, chance, 1)
        bob.says("You are offline", within=TRUE_WITHIN)
        bob.page.wait_for_timeout(1000)
    assert set(of_pillar(cast.assessment, cast.bob, bob.keys).values()) == {("", "")}
    bob.page.context.set_offline(False)
    bob.is_saved(cast.bob, within=30)


def test_the_status_is_true_whatever_happens(bob, cast):
    """Two seconds after a change at the latest, "Saved" means that the database has it."""

    def is_true():
        said = SAVED.match(bob.status.text_content() or "")
        return not said or of_pillar(cast.assessment, cast.bob, bob.keys) == bob.shown()

    chance = random.Random(2)
    bob.choose(KEY, 1)
    bob.is_saved(cast.bob)
    for _assessment in range(6):
        unreliable(bob, 0.5, chance)
        bob.choose(chance.choice(bob.keys), chance.randrange(1, 6))
        eventually(bob, is_true, within=TRUE_WITHIN)
        assert is_true()
    everything_arrives(bob)
    bob.is_saved(cast.bob, within=30)
