"""The line at the renderer: first come, first served, one place a person, and nobody waits for the dead."""

import multiprocessing
import threading
import time
from contextlib import suppress

import pytest

from assessments.reports.pdf import queue


@pytest.fixture
def line(tmp_path):
    return tmp_path / "press.line"


def working(work, *args):
    thread = threading.Thread(target=work, args=args, daemon=True)
    thread.start()
    return thread


def test_one_person_who_never_stops_asking_keeps_nobody_from_a_turn(line):
    stop, greedy, served, refused = threading.Event(), [], [], []

    def alice():
        while not stop.is_set():
            try:
                with queue.turn(line, wait=5, person="alice"):
                    greedy.append(time.sleep(0.03))
            except queue.TakenError:
                refused.append(1)
                time.sleep(0.001)

    def other(name):
        for _report in range(5):
            with queue.turn(line, wait=5, person=name):
                served.append(time.sleep(0.01))

    hers = [working(alice) for _tab in range(6)]
    others = [working(other, name) for name in ("bob", "carol", "dave")]
    for thread in others:
        thread.join(30)
    stop.set()
    for thread in hers:
        thread.join(10)
    assert len(served) == 15
    assert refused, "her other requests are turned away at once"
    assert len(greedy) <= len(served) + 6, "no two turns of hers while others wait"


def test_turns_come_in_the_order_of_asking(line):
    came = []

    def waiting(name):
        with queue.turn(line, wait=5, person=name):
            came.append(name)

    with queue.turn(line, wait=0, person="alice"):
        threads = []
        for name in ("bob", "carol", "dave"):
            threads.append(working(waiting, name))
            time.sleep(0.1)
    for thread in threads:
        thread.join(5)
    assert came == ["bob", "carol", "dave"]


def test_nobody_stands_in_the_line_twice(line):
    with queue.turn(line, wait=0, person="alice"):
        began = time.monotonic()
        with pytest.raises(queue.TakenError), queue.turn(line, wait=5, person="alice"):
            pass
        assert time.monotonic() - began < 1
    with queue.turn(line, wait=0, person="alice"):
        pass


def test_a_line_that_is_too_long_turns_people_away_and_lets_the_worker_wait(line):
    def waiting(name):
        with suppress(queue.BusyError), queue.turn(line, wait=2, person=name):
            pass

    with queue.turn(line, wait=0, person="alice"):
        threads = [working(waiting, str(number)) for number in range(queue.MAX_WAITING)]
        time.sleep(0.3)
        with pytest.raises(queue.BusyError), queue.turn(line, wait=5, person="eve"):
            pass
        worker = working(waiting, "")
        time.sleep(0.2)
        assert worker.is_alive()
    for thread in (*threads, worker):
        thread.join(5)


def test_who_waits_too_long_is_told_so_and_leaves_the_line(line):
    alice = queue.turn(line, wait=0, person="alice")
    with alice, pytest.raises(queue.BusyError), queue.turn(line, wait=0.1, person="bob"):
        pass
    assert [place.name for place in line.iterdir()] == ["door"]


def stand(line, standing):
    with queue.turn(line, wait=5, person="alice"):
        standing.set()
        time.sleep(60)


def test_a_process_that_was_killed_holds_up_nobody(line):
    context = multiprocessing.get_context("fork")
    standing = context.Event()
    other = context.Process(target=stand, args=[line, standing])
    other.start()
    assert standing.wait(10)
    with pytest.raises(queue.BusyError), queue.turn(line, wait=0.1, person="bob"):
        pass
    other.kill()
    other.join()
    with (
        queue.turn(line, wait=1, person="bob"),
        pytest.raises(queue.TakenError),
        queue.turn(line, wait=0, person="bob"),
    ):
        pass


def test_never_two_at_once(line):
    inside, most = [], []

    def work(name):
        for _time in range(10):
            with suppress(queue.BusyError), queue.turn(line, wait=5, person=name):
                inside.append(name)
                most.append(len(inside))
                time.sleep(0.002)
                inside.remove(name)

    threads = [working(work, str(number)) for number in range(4)]
    for thread in threads:
        thread.join(30)
    assert len(most) == 40 and max(most) == 1
