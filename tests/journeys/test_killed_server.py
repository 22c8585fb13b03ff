"""The real server is killed and started again while a person types: no answer is lost while the page is open."""

import random
import shutil

import pytest

from tests.journeys.conftest import cast_of
from tests.journeys.respondent import Respondent, stored
from tests.journeys.site import Site, looking_at
from tests.journeys.test_network import FAILED, TRUE_WITHIN, answer_at_random


@pytest.fixture
def server(tmp_path, ready, site):
    """A server of this test's own, on its own database."""
    database = tmp_path / "mortal.sqlite3"
    shutil.copyfile(ready, database)
    with looking_at(database):
        server = Site(database)
        server.start()
        yield server
        server.kill()


@pytest.fixture
def cast(server):
    return cast_of(1)


@pytest.fixture
def bob(tab, cast, server):
    bob = Respondent(tab(), server.url, cast.assessment)
    bob.sign_in(cast.bob)
    bob.open()
    return bob


def test_a_server_killed_in_the_middle_of_a_sentence(server, bob, cast):
    bob.choose("vision-direction", 3)
    bob.comment("vision-value").press_sequentially("Before the blow")
    server.kill()
    bob.comment("vision-value").press_sequentially(" and after it")
    bob.choose("vision-unity", 4)
    bob.says(FAILED, within=TRUE_WITHIN + 1)  # a refused connection is noticed at the next save, 800 ms after a key
    server.start()
    bob.is_saved(cast.bob, within=90)  # the next server has to start, and the page to try again
    assert stored(cast.assessment, cast.bob)["vision-value"] == ("", "Before the blow and after it")


@pytest.mark.long
def test_a_server_killed_ten_times(server, bob, cast):
    chance = random.Random(9)
    for _time in range(10):
        answer_at_random(bob, chance, 6)
        bob.comment(chance.choice(bob.keys)).press_sequentially(" killed while typing", delay=10)
        server.kill()
        answer_at_random(bob, chance, 3)
        server.start()
        answer_at_random(bob, chance, 3)
    bob.is_saved(cast.bob, within=60)
