"""Who has the processor while people click: seconds by part of the product, from /proc."""

import os
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Process:
    """Seconds of processor that a process and its ended children have had."""

    name: str
    parent: int
    seconds: float


def processes() -> dict[int, Process]:
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            begin, rest = stat.read_text().rsplit(")", 1)
        except OSError:
            continue  # it has just ended
        row = rest.split()
        found[int(stat.parent.name)] = Process(begin.split("(", 1)[1], int(row[1]), sum(map(int, row[11:15])) / TICKS)
    return found


def busy_seconds() -> tuple[float, float]:
    """Of the whole machine: at work, and waiting for the disk."""
    row = [int(word) / TICKS for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    user, nice, system, _idle, waiting, *more = row
    return user + nice + system + sum(more), waiting


class Meter:
    """Between `Meter(…)` and `shares()`; `parts` gives the first process of each part of the product."""

    def __init__(self, parts: dict[str, int]) -> None:
        self.parts, self.began, self.machine = parts, time.monotonic(), busy_seconds()
        self.first = self._seconds()

    def _seconds(self) -> dict[str, float]:
        """By part. What gunicorn's workers have started sets reports: a part of its own."""
        everything, found = processes(), defaultdict(float)
        owners = {number: name for name, number in self.parts.items()}
        for number, process in everything.items():
            if process.name == "postgres":
                found["database"] += process.seconds
                continue
            depth, at = 0, number
            while at not in owners and at in everything:
                depth, at = depth + 1, everything[at].parent
            if at in owners:
                name = owners[at]
                found["reports" if name.startswith("web") and depth > 1 else name] += process.seconds
        return found

    def shares(self) -> dict[str, float]:
        """Of one core, by part (2.0 are two cores at work all the time), of the whole machine, and of its waiting for the disk."""
        passed, last = time.monotonic() - self.began, self._seconds()
        shares = {name: max(0.0, last[name] - self.first.get(name, 0)) / passed for name in last}
        work, waiting = (b - a for a, b in zip(self.machine, busy_seconds(), strict=True))
        people = max(0.0, work / passed - sum(shares.values()))  # who click, and whatever else runs
        return {**shares, "people and others": people, "machine": work / passed, "disk": waiting / passed}


def saturated(shares: dict[str, float]) -> str:
    """What has no more to give."""
    web = {name: share for name, share in shares.items() if name.startswith("web")}
    shown = ", ".join(f"{name} {share:.0%}" for name, share in sorted(shares.items()) if share >= 0.02)
    if web and min(web.values()) >= 0.85:
        return f"each web process has a core to itself and uses it up ({shown} of a core)"
    if shares["machine"] >= 0.9 * CORES:
        return f"all {CORES} cores are at work, most of it for {max(shares.keys() - {'machine', 'disk'}, key=shares.__getitem__)} ({shown} of a core)"
    if shares["disk"] >= 0.3:
        return f"the database waits for the disk at each commit ({shown} of a core)"
    return f"neither cores nor disk: requests wait for one another ({shown} of a core)"
