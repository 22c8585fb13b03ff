"""`make bench-load`: 50 people answer while reports are made, on both engines, on one and on two web machines.

`MINUTES` (10) each and `PEOPLE` (50) can be set; `KNEE=1` raises the number of people who do not think until a page
takes ten times as long as for a few, instead.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.load.cluster import ROOT, Cluster
from tests.load.killed import kill_one

PEOPLE = int(os.environ.get("PEOPLE", "50"))
SECONDS = int(float(os.environ.get("MINUTES", "10")) * 60)
SERVER = os.environ.get("LOAD_POSTGRES", "postgres://postgres@127.0.0.1:5432")


def main() -> None:
    print(
        f"{'':26} {'requests':>9} {'a second':>9} {'failed':>7}   save p95   page p95   bare p95   memory of a machine"
    )
    for engine in ("sqlite", "postgres"):
        if engine == "postgres" and not fresh_database():
            print("No PostgreSQL answers; left out.")
            continue
        for machines in (1, 2):
            if engine == "postgres":
                fresh_database()
            with tempfile.TemporaryDirectory() as folder:
                measure(engine, machines, Path(folder))


def kill() -> None:
    """One of two web machines is killed while eight people answer."""
    if not fresh_database():
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cluster = Cluster(folder, f"{SERVER}/maturity_load", 2)
        plan = staged(cluster, folder)
        with cluster.running():
            print("one of two web machines killed:", kill_one(cluster, json.loads(plan.read_text()), stored))


def stored(session: str) -> dict[str, tuple[int, int]]:
    """Level and revision of each answer of the person with this session, by the question's key."""
    import psycopg

    sql = """SELECT q.key, a.level, a.revision FROM assessments_answer a JOIN assessments_question q ON q.id = a.question_id
        JOIN assessments_submission s ON s.id = a.submission_id JOIN assessments_participant p ON p.id = s.participant_id
        WHERE p.user_id = %s"""
    with psycopg.connect(f"{SERVER}/maturity_load") as wire:
        return {key: (level, revision) for key, level, revision in wire.execute(sql, (USERS[session],))}


USERS: dict[str, int] = {}


def staged(cluster: Cluster, folder: Path) -> Path:
    """The plan of a database with everything that the people need."""
    plan = folder / "plan.json"
    command = [sys.executable, "-m", "tests.load.stage", str(plan), str(4 * PEOPLE)]
    subprocess.run(command, cwd=ROOT, env=cluster.surroundings, check=True)
    known = json.loads(plan.read_text())
    USERS.update(zip(known["people"], known["users"], strict=True))
    return plan


def measure(engine: str, machines: int, folder: Path) -> None:
    database = f"sqlite:///{folder}/load.sqlite3" if engine == "sqlite" else f"{SERVER}/maturity_load"
    cluster = Cluster(folder, database, machines)
    plan = staged(cluster, folder)
    with cluster.running():
        for people, seconds, thinking in steps():
            before = [machine.megabytes() for machine in cluster.machines]
            rows = locust(cluster.url, plan, folder, people, seconds, thinking)
            after = [machine.megabytes() for machine in cluster.machines]
            grown = ", ".join(f"{b:.0f} → {a:.0f} MB" for b, a in zip(before, after, strict=True))
            show(f"{engine}, {machines} web, {people} people", rows, grown)


def steps() -> Iterator[tuple[int, int, float]]:
    """(people, seconds, seconds between two clicks)"""
    if os.environ.get("KNEE"):
        yield from ((people, 20, 0.2) for people in (4, 8, 16, 32, 64, 128))
    else:
        yield min(PEOPLE, 10), min(60, SECONDS), 2.0  # what is loaded once is loaded, before memory is looked at
        yield PEOPLE, SECONDS, 4.0


def locust(url: str, plan: Path, folder: Path, people: int, seconds: int, thinking: float) -> dict[str, dict[str, str]]:
    """Figures by kind of request."""
    begin = [sys.executable, "-m", "locust", "--headless", "--only-summary", "--loglevel", "ERROR"]
    told = ["--users", str(people + 2), "--spawn-rate", str(max(5, people // 4)), "--run-time", f"{seconds}s"]
    subprocess.run(
        [*begin, *told, "--locustfile", "tests/load/people.py", "--host", url, "--csv", str(folder / "seen")],
        cwd=ROOT,
        env=os.environ | {"LOAD_PLAN": str(plan), "THINKING": str(thinking)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # it ends with 1 where a single request failed: the figures say so
    )
    time.sleep(1)
    with (folder / "seen_stats.csv").open() as lines:
        return {row["Name"]: row for row in csv.DictReader(lines)}


def show(name: str, rows: dict[str, dict[str, str]], memory: str) -> None:
    total, bare = rows["Aggregated"], float(rows["bare"]["95%"])

    def p95(kind: str) -> str:
        value = float(rows[kind]["95%"])
        return f"{value:4.0f} ms {value / bare:4.1f}×"

    print(
        f"{name:26} {total['Request Count']:>9} {float(total['Requests/s']):9.1f} {total['Failure Count']:>7}"
        f"  {p95('save')} {p95('page')}  {bare:5.0f} ms   {memory}",
        flush=True,
    )


def fresh_database() -> bool:
    """An empty database for the load; False where no PostgreSQL answers."""
    import psycopg

    try:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3) as wire:
            wire.execute("DROP DATABASE IF EXISTS maturity_load WITH (FORCE)")
            wire.execute("CREATE DATABASE maturity_load")
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    print(json.dumps({"processors": os.cpu_count(), "people": PEOPLE, "seconds": SECONDS}))
    main()
    kill()
