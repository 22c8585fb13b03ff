"""Two web machines and a database with a standby: one machine after the other, or the database, is replaced while people answer."""

import json
import shutil
import statistics
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.load.cluster import Cluster
from tests.load.killed import Client
from tests.load.run import staged
from tests.load.standby import Server, missing

PEOPLE = 24
REFUSED = 10  # seconds at most

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not shutil.which("nginx"), reason="asks nginx"),
    pytest.mark.skipif(bool(missing()), reason=missing()),
]


@pytest.fixture(scope="module")
def stage():
    """(cluster, plan, primary, standby): running, with the addresses of both servers in DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="standby-"))  # pytest's own folders are closed to other users
    folder.chmod(0o755)
    primary, standby = Server(folder / "primary"), Server(folder / "standby")
    try:
        primary.start()
        primary.execute("CREATE DATABASE maturity")
        standby.follow(primary)
        hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
        options = "target_session_attrs=read-write&connect_timeout=2"
        cluster = Cluster(folder, f"postgres://postgres@{hosts}/maturity?{options}", 2)
        plan = json.loads(staged(cluster, folder, PEOPLE).read_text())
        with cluster.running():
            yield cluster, plan, primary, standby
    finally:
        for server in (primary, standby):
            with suppress(Exception):
                server.kill()
        shutil.rmtree(folder)


@contextmanager
def answering(cluster, plan):
    """Everyone answers as fast as they are answered to, as long as the block lasts."""
    ends = threading.Event()
    clients = [Client(cluster.url, plan, session) for session in plan["people"][-PEOPLE:]]
    threads = [threading.Thread(target=client.answer_until, args=(ends,)) for client in clients]
    for thread in threads:
        thread.start()
    try:
        wait(lambda: all(client.acknowledged for client in clients), 60)
        yield clients
    finally:
        ends.set()
        for thread in threads:
            thread.join()


def wait(so, seconds):
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end
        time.sleep(0.1)


def saves(clients):
    return sum(revision for client in clients for _choice, revision in client.acknowledged.values())


def more_saves(clients):
    """Wait until everyone has saved something more."""
    before = [dict(client.acknowledged) for client in clients]
    wait(lambda: all(client.acknowledged != then for client, then in zip(clients, before, strict=True)), 60)


def lost(clients, plan, server):
    """The answers that the product acknowledged and this server does not have."""
    users = dict(zip(plan["people"], plan["users"], strict=True))
    sql = """SELECT q.key, a.level, a.revision FROM assessments_answer a JOIN assessments_question q ON q.id = a.question_id
        JOIN assessments_submission s ON s.id = a.submission_id JOIN assessments_participant p ON p.id = s.participant_id
        WHERE p.user_id = %s"""
    found = []
    with psycopg.connect(server.address("maturity")) as wire:
        for client in clients:
            there = {key: (level, revision) for key, level, revision in wire.execute(sql, (users[client.session],))}
            for key, said in client.acknowledged.items():
                stored = there.get(key, (None, 0))
                if stored[1] < said[1] or (stored[1] == said[1] and stored != said):
                    found.append((key, said, stored))
    return found


def test_one_machine_after_the_other_is_restarted_and_no_request_fails(stage):
    cluster, plan, primary, _standby = stage
    with answering(cluster, plan) as clients:
        for machine in cluster.machines:
            machine.end()
            more_saves(clients)
            machine.start()
            more_saves(clients)
    print(f"{saves(clients)} saves of {PEOPLE} people, {sum(len(client.failures) for client in clients)} failed")
    assert [client.failures for client in clients] == [[]] * PEOPLE
    assert lost(clients, plan, primary) == []


def test_a_standby_takes_over_and_no_acknowledged_answer_is_lost(stage):
    cluster, plan, primary, standby = stage
    with answering(cluster, plan) as clients:
        wait(lambda: primary.execute("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 1, 30)
        more_saves(clients)
        primary.kill()
        status, page, headers = clients[0].ask("GET", "/home/")
        assert (status, headers["Retry-After"]) == (503, "60") and "<h1>" in page
        standby.promote()
        more_saves(clients)
    refused = [max(client.failures) - min(client.failures) for client in clients if client.failures]
    print(
        f"{saves(clients)} saves of {PEOPLE} people, refused for {statistics.median(refused):.1f} s, at most {max(refused):.1f} s"
    )
    assert lost(clients, plan, standby) == []
    assert max(refused) <= REFUSED
