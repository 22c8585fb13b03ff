"""Calls find room on the stack wherever they are made."""

from resource import RUSAGE_SELF, getrusage
from threading import Thread

import pytest

from assessments.stack import with_room


def leaf(number):
    return number + 1


def faults_at(depth):
    """How often a loop of calls, so many calls deep, gets memory from the system that nobody has touched."""
    if depth:
        return faults_at(depth - 1)
    before = getrusage(RUSAGE_SELF).ru_minflt
    for number in range(200):
        leaf(number)
    return getrusage(RUSAGE_SELF).ru_minflt - before


def most_faults():
    return max(faults_at(depth) for depth in range(300))


def test_no_depth_makes_calls_ask_the_system_for_memory():
    assert with_room(most_faults)() < 100 < without_room(most_faults)


def without_room(function):
    """In a thread, whose stack is a new one."""
    found = []
    thread = Thread(target=lambda: found.append(function()))
    thread.start()
    thread.join()
    return found[0]


def test_a_function_with_room_gives_and_raises_the_same():
    assert with_room(divmod)(7, 2) == (3, 1)
    assert with_room(sorted)([1, 2], reverse=True) == [2, 1]
    with pytest.raises(ZeroDivisionError):
        with_room(divmod)(1, 0)
