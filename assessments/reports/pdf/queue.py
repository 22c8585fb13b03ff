"""The queue for rendering on this machine: first come, first served, one place per person.

A place is a file that its process keeps locked, so a process that dies leaves the queue. Numbers rise while anyone
waits.
"""

import fcntl
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

MAX_WAITING = 3  # people; each occupies a thread of the web process
IN_A_PAGE = 5.0  # seconds that a request from a browser may wait
PAUSE = 0.02


class TakenError(Exception):
    """This person is already in the queue."""


class BusyError(Exception):
    """The queue is too long, or the turn did not come in time."""


@contextmanager
def turn(folder: Path, *, wait: float, person: str = "") -> Iterator[None]:
    """A turn after at most `wait` seconds. Raises TakenError, BusyError. Without a person, limits do not apply."""
    end = time.monotonic() + wait
    place, file = _place(folder, hashlib.sha256(person.encode()).hexdigest()[:16] if person else "")
    try:
        while any(_is_held(other) for other in _places(folder) if other.name < place.name):
            if time.monotonic() >= end:
                raise BusyError
            time.sleep(PAUSE)
        yield
    finally:
        place.unlink(missing_ok=True)
        file.close()


def _place(folder: Path, person: str) -> tuple[Path, TextIO]:
    """Take the last place. Only one process at a time takes one, so that numbers are unique."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "door").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        held = [place for place in _places(folder) if _is_held(place, leave=True)]
        if person and any(_person(place) == person for place in held):
            raise TakenError
        if person and len(held) > MAX_WAITING:
            raise BusyError
        number = int(held[-1].name.partition("-")[0]) + 1 if held else 0
        place = folder / f"{number:012d}-{person}"
        file = place.open("w")
        fcntl.flock(file, fcntl.LOCK_EX)
    return place, file


def _person(place: Path) -> str:
    return place.name.partition("-")[2]


def _places(folder: Path) -> list[Path]:
    return sorted(place for place in folder.iterdir() if place.name != "door")


def _is_held(place: Path, *, leave: bool = False) -> bool:
    """Whether a process holds the place; `leave` removes it if not."""
    with suppress(FileNotFoundError), place.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        if leave:
            place.unlink(missing_ok=True)
    return False
