"""`make bench-load`: 50 people answer while reports are made, on both engines, on one and on two web machines.

`MINUTES` (10) each and `PEOPLE` (50) can be set. `KNEE=1` adds people instead, who click every 0.4 seconds, until a
save takes more than 200 ms or fails twice in a row, and says what has no more to give. What is seen is printed and written to
`build/load.md` and `build/load.json` (`build/knee.*`); what fails is a row that says so, and the others go on.
"""

import contextlib
import json
import os
import sys
import tempfile
import time
import urllib.request
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.load.cluster import Cluster
from tests.load.killed import kill_one
from tests.load.meter import CORES, saturated
from tests.load.record import Record, knee_row, load_row
from tests.load.run import fresh_database, locust, staged, stored

PEOPLE = int(os.environ.get("PEOPLE", "50"))
SECONDS = int(float(os.environ.get("MINUTES", "10")) * 60)
KNEE = bool(os.environ.get("KNEE"))
WARM = 15  # seconds: what is loaded once is loaded, before memory is looked at
STEPS = (8, 16, 32, 48, 64, 96, 128)
HURRY, STEP_SECONDS = 0.4, 8
FEW = 4  # who come first, so that what is loaded once is loaded
SLOW = 200  # milliseconds


def main() -> int:
    """How many set-ups went wrong."""
    began, record = time.monotonic(), Record("knee" if KNEE else "load")
    record.note(
        f"{CORES} cores; {'people who click every 0.4 s' if KNEE else f'{PEOPLE} people, {SECONDS} s each'}; load before: {os.getloadavg()[0]:.1f}"
    )
    for engine in ("sqlite", "postgres"):
        for machines in (1, 2):
            record.attempt(f"{engine}, {machines} web", lambda e=engine, m=machines: on_stage(record, e, m))
    if not KNEE:
        record.attempt("one of two web machines killed", lambda: kill(record))
    record.note(f"It took {time.monotonic() - began:.0f} s.")
    print(f"Written: {record.path}.md, {record.path}.json")
    return record.failed


def on_stage(record: Record, engine: str, machines: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = f"sqlite:///{folder}/load.sqlite3" if engine == "sqlite" else fresh_database()
        cluster = Cluster(folder, database, machines)
        plan = staged(cluster, folder, FEW + sum(STEPS) if KNEE else 2 * PEOPLE)
        with cluster.running():
            (find_knee if KNEE else measure)(record, f"{engine}, {machines} web", cluster, plan)


def measure(record: Record, name: str, cluster: Cluster, plan: Path) -> None:
    locust(cluster, plan, people=PEOPLE, seconds=min(WARM, SECONDS), thinking=0.6, first=0)
    warm(cluster, json.loads(plan.read_text()))
    before = cluster.megabytes()
    seen = locust(cluster, plan, people=PEOPLE, seconds=SECONDS, thinking=4.0, first=PEOPLE)
    memory = list(zip(before, cluster.megabytes(), strict=True))
    record.row(load_row(name, seen, memory, cluster.exports()), {"name": name, **asdict(seen), "memory": memory})


def warm(cluster: Cluster, plan: dict[str, Any]) -> None:
    """Each machine has drawn what the consultant asks for, whichever the proxy chose before."""
    headers = {"Cookie": f"sessionid={plan['consultant']}"}
    for machine in cluster.machines:
        for address in (plan["report"], "/exports/new/", "/exports/") * 3:
            asked = urllib.request.Request(f"http://127.0.0.1:{machine.port}{address}", headers=headers)
            with contextlib.suppress(OSError):  # a report may be put off
                urllib.request.urlopen(asked, timeout=60).read()


def find_knee(record: Record, name: str, cluster: Cluster, plan: Path) -> None:
    """Without reports, which would come and go within so few seconds."""
    locust(cluster, plan, people=FEW, seconds=3, thinking=HURRY, first=0, consultant=False)
    first, before = FEW, False
    for people in STEPS:
        seen = locust(cluster, plan, people=people, seconds=STEP_SECONDS, thinking=HURRY, first=first, consultant=False)
        first += people
        over = seen.p95("save") > SLOW or seen.failures > 0
        said = saturated(seen.shares)
        record.row(knee_row(name, people, seen, over, said), {"name": name, "people": people, **asdict(seen)})
        if over and before:  # once may be another program's doing
            return
        before = over


def kill(record: Record) -> None:
    """One of two web machines is killed while eight people answer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cluster = Cluster(folder, fresh_database(), 2)
        plan = staged(cluster, folder, 8)
        with cluster.running():
            record.note(f"One of two web machines killed: {kill_one(cluster, json.loads(plan.read_text()), stored)}.")


if __name__ == "__main__":
    sys.exit(min(main(), 1))
