"""What breaks around the site costs nobody an acknowledged answer."""

import contextlib
import os
import resource
import select
import signal
import socket
import threading
import time
from pathlib import Path

import pytest

from tests.faults.stand import AnySite, Writer, drop, postgres_database, rows, stored

pytestmark = pytest.mark.long
KILLS = int(os.environ.get("FAULTS_KILLS", "50"))
SAVES, PEOPLE = 20 * KILLS, 4
RESTART = 5  # seconds


@pytest.fixture(params=["sqlite", "postgres"])
def address(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/site.sqlite3"
        return
    name = f"faults_{os.getpid()}"
    yield postgres_database(name)
    drop(name)


@pytest.fixture
def site(address, tmp_path):
    server = AnySite(tmp_path, address)
    server.stage = server.prepare(PEOPLE)
    server.start()
    server.wait_until_it_answers()
    yield server
    server.kill()


def writers_of(site):
    writers = [Writer(site, site.stage, number) for number in range(PEOPLE)]
    for writer in writers:
        writer.start()
    return writers


def finish(writers):
    for writer in writers:
        writer.going = False
    for writer in writers:
        writer.join(60)


def assert_nothing_is_lost(writers, address):
    found = stored(address)
    for writer in writers:
        for key, (choice, revision) in writer.acknowledged.items():
            there = found[writer.submission][key]
            assert there[1] >= revision, key
            assert there[1] > revision or there[0] == choice, key


def test_fifty_kills_lose_no_acknowledged_answer(site, address):
    writers, restarts = writers_of(site), []
    for kill in range(1, KILLS + 1):
        until = time.monotonic() + 60
        while sum(writer.count for writer in writers) < kill * SAVES / KILLS and time.monotonic() < until:
            time.sleep(0.01)
        site.kill()
        begun = time.monotonic()
        site.start()
        site.wait_until_it_answers()
        restarts.append(time.monotonic() - begun)
    finish(writers)
    assert sum(writer.count for writer in writers) >= SAVES
    assert_nothing_is_lost(writers, address)
    if address.startswith("sqlite"):
        assert rows(address, "PRAGMA integrity_check") == [("ok",)]
        assert rows(address, "PRAGMA foreign_key_check") == []
    assert sorted(restarts)[KILLS // 2] <= RESTART


def test_a_hundred_submits_at_once_are_one(site, address):
    session = site.stage["people"][0][1]
    statuses, threads = [], []

    def submit():
        statuses.append(site.ask("POST", f"/assessments/{site.stage['round']}/submit/", session=session, timeout=60)[0])

    threads = [threading.Thread(target=submit) for _time in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) == {302}
    assert rows(address, "SELECT count(*) FROM assessments_submission WHERE state = 'submitted'") == [(1,)]
    assert rows(address, "SELECT count(*) FROM assessments_auditevent WHERE verb = 'submitted'") == [(1,)]
    mailed = "SELECT count(*) FROM django_tasks_database_dbtaskresult"
    assert rows(address, mailed)[0][0] <= 1


def test_a_request_under_way_is_answered_when_the_server_is_told_to_end(site):
    """What a worker has begun is finished; the report takes it seconds."""
    for _worker in range(8):
        assert site.ask("GET", "/")[0] == 200  # both have read the product
    answers = []
    asking = threading.Thread(target=lambda: answers.append(site.ask("GET", "/sample-report.pdf", timeout=120)))
    asking.start()
    time.sleep(1)
    os.kill(site.process.pid, signal.SIGTERM)
    asking.join(120)
    assert answers[0][0] == 200 and answers[0][2].endswith(b"%%EOF\n")
    assert site.process.wait(60) == 0
    site.process = None


def test_saves_under_way_are_answered_when_the_server_is_told_to_end(site, address):
    writers = writers_of(site)
    while sum(writer.count for writer in writers) < 100:
        time.sleep(0.01)
    os.kill(site.process.pid, signal.SIGTERM)
    process, site.process = site.process, None
    assert process.wait(60) == 0
    finish(writers)
    assert set().union(*(writer.statuses for writer in writers)) == {200}
    assert_nothing_is_lost(writers, address)


def workers_of(process):
    children = f"/proc/{process.pid}/task/{process.pid}/children"
    return [int(pid) for pid in Path(children).read_text().split()]


def test_a_full_disk_refuses_with_a_page_and_goes_on_once_there_is_room(tmp_path):
    """The size of files is limited for the running server: every further write of SQLite fails."""
    address = f"sqlite:///{tmp_path}/site.sqlite3"
    site = AnySite(tmp_path, address)
    site.stage = site.prepare(1)
    site.start()
    site.wait_until_it_answers()
    writer = Writer(site, site.stage, 0)
    try:
        for key in site.stage["keys"][:10]:
            writer.save(key)
        assert writer.statuses == {200}
        for pid in workers_of(site.process):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        writer.statuses = set()
        for key in site.stage["keys"][10:20]:
            writer.save(key)
        assert writer.statuses == {503}
        for pid in workers_of(site.process):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        writer.statuses = set()
        for key in site.stage["keys"]:
            writer.save(key)
        assert writer.statuses == {200}
        assert_nothing_is_lost([writer], address)
        assert rows(address, "PRAGMA integrity_check") == [("ok",)]
    finally:
        site.kill()


class Cable:
    """A way to PostgreSQL that can be cut and mended."""

    def __init__(self, host, port):
        self.target, self.whole, self.open = (host, port), True, []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            near, _address = self.door.accept()
            if not self.whole:
                near.close()
                continue
            far = socket.create_connection(self.target)
            self.open += [near, far]
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    def _carry(self, near, far):
        try:
            while True:
                for source in select.select([near, far], [], [])[0]:
                    data = source.recv(1 << 16)
                    if not data:
                        return
                    (far if source is near else near).sendall(data)
        except (OSError, ValueError):
            pass
        finally:
            near.close()
            far.close()

    def cut(self):
        self.whole = False
        for end in self.open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.open = []

    def mend(self):
        self.whole = True


def test_a_database_that_was_away_is_found_again_without_a_restart(tmp_path):
    name = f"faults_{os.getpid()}"
    direct = postgres_database(name)
    host, port = direct.rsplit("@", 1)[-1].split("/")[0].split(":")
    cable = Cable(host, int(port))
    site = AnySite(tmp_path, direct.replace(f"{host}:{port}", f"127.0.0.1:{cable.port}"))
    site.stage = site.prepare(1)
    site.start()
    site.wait_until_it_answers()
    writer = Writer(site, site.stage, 0)
    try:
        for key in site.stage["keys"]:
            writer.save(key)
        assert writer.statuses == {200}
        cable.cut()
        for _time in range(4):
            status, headers, page = site.ask("GET", "/home/", session=writer.session)
            assert (status, headers["Retry-After"]) == (503, "60") and b"<h1>" in page
        writer.statuses = set()
        writer.save("vision-direction")
        assert writer.statuses == {503}
        cable.mend()
        writer.statuses = set()
        for key in site.stage["keys"]:
            writer.save(key)
        assert writer.statuses == {200}
        assert_nothing_is_lost([writer], direct)
    finally:
        site.kill()
        drop(name)
