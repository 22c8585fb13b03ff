"""A stage, people on it, and what they saw."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.load.cluster import ROOT, Cluster
from tests.load.meter import Meter
from tests.load.record import Seen

SERVER = os.environ.get("LOAD_POSTGRES", "postgres://postgres@127.0.0.1:5432")
USERS: dict[str, int] = {}


def fresh_database(name: str = "maturity_load") -> str:
    """The address of an empty database."""
    import psycopg

    with psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3) as wire:
        wire.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        wire.execute(f"CREATE DATABASE {name}")
    return f"{SERVER}/{name}"


def staged(cluster: Cluster, folder: Path, people: int) -> Path:
    """The plan of a database with everything that the people need."""
    plan = folder / "plan.json"
    command = [sys.executable, "-m", "tests.load.stage", str(plan), str(people)]
    subprocess.run(command, cwd=ROOT, env=cluster.surroundings, check=True, timeout=300)
    known = json.loads(plan.read_text())
    USERS.update(zip(known["people"], known["users"], strict=True))
    return plan


def stored(session: str) -> dict[str, tuple[int, int]]:
    """Level and revision of each answer of the person with this session, by the question's key."""
    import psycopg

    sql = """SELECT q.key, a.level, a.revision FROM assessments_answer a JOIN assessments_question q ON q.id = a.question_id
        JOIN assessments_submission s ON s.id = a.submission_id JOIN assessments_participant p ON p.id = s.participant_id
        WHERE p.user_id = %s"""
    with psycopg.connect(f"{SERVER}/maturity_load") as wire:
        return {key: (level, revision) for key, level, revision in wire.execute(sql, (USERS[session],))}


def locust(
    cluster: Cluster, plan: Path, *, people: int, seconds: int, thinking: float, first: int, consultant: bool = True
) -> Seen:
    """What `people` of the plan, from the `first` on, and a consultant saw in so many seconds."""
    written = plan.with_name("seen.json")
    written.unlink(missing_ok=True)
    begin = [sys.executable, "-m", "locust", "--headless", "--only-summary", "--loglevel", "ERROR"]
    told = ["--users", str(people + 1 + consultant), "--spawn-rate", str(max(10, people)), "--run-time", f"{seconds}s"]
    who = ["Person", "Nobody", *(["Consultant"] if consultant else [])]
    surroundings = {"LOAD_PLAN": plan, "LOAD_SEEN": written, "LOAD_THINKING": thinking, "LOAD_FIRST": first}
    people_at_work = subprocess.Popen(
        [*begin, *told, "--stop-timeout", "10", "--locustfile", "tests/load/people.py", "--host", cluster.url, *who],
        cwd=ROOT,
        env=os.environ | {name: str(value) for name, value in surroundings.items()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        shares = shares_meanwhile(cluster, seconds)
        people_at_work.wait(seconds + 60)  # 1 where a single request failed: the figures say so
    finally:
        people_at_work.kill()
    return Seen(**json.loads(written.read_text()), shares=shares, seconds=seconds)


def shares_meanwhile(cluster: Cluster, seconds: int) -> dict[str, float]:
    """Of the middle of so many seconds: locust takes two to load, and everybody begins with a page."""
    time.sleep(3 + seconds * 0.1)
    meter = Meter(cluster.parts())
    time.sleep(seconds * 0.6)
    return meter.shares()
