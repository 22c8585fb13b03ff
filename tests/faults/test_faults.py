"""What breaks around the site costs nobody an acknowledged answer."""

import contextlib
import http.client
import json
import os
import resource
import select
import signal
import socket
import statistics
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command

from tests.faults.stand import AnySite, Writer, Writers, drop, headers_of, postgres_database, rows, wait_until

pytestmark = pytest.mark.long
KILLS = int(os.environ.get("FAULTS_KILLS", "50"))
SAVES, PEOPLE = 20, 4  # saves between two kills


@pytest.fixture(scope="session", autouse=True)
def collected():
    """The page that says "in a few minutes" needs its typeface."""
    call_command("collectstatic", "--noinput", "-v", "0")


@pytest.fixture(params=["sqlite", "postgres"])
def address(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/site.sqlite3"
        return
    name = f"faults_{os.getpid()}"
    yield postgres_database(name)
    drop(name)


@contextlib.contextmanager
def served(folder, address, people):
    server = AnySite(folder, address)
    server.prepare(people)
    server.begin()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture
def site(address, tmp_path):
    with served(tmp_path, address, PEOPLE) as server:
        yield server


@pytest.fixture
def writers(site):
    return Writers(Writer(site, number) for number in range(PEOPLE))


@pytest.fixture
def say(capsys):
    """Figures are for whoever runs this by hand: how long it took is told, not judged."""

    def say(line):
        with capsys.disabled():
            print(f"\n{line}")

    return say


def assert_sound(address):
    if address.startswith("sqlite"):
        assert rows(address, "PRAGMA integrity_check") == [("ok",)]
        assert rows(address, "PRAGMA foreign_key_check") == []


def test_fifty_kills_lose_no_acknowledged_answer(site, address, writers, say):
    """Nobody is told either that somebody else has answered: what a kill cut off is simply saved again."""
    restarts = []
    with writers:
        for _kill in range(KILLS):
            writers.save_more(SAVES)
            site.kill()
            restarts.append(site.begin())
    assert writers.statuses == {200}
    assert_sound(address)
    seconds = f"{statistics.median(restarts):.1f} s, at most {max(restarts):.1f} s"
    saves = f"{writers.count} saves, 0 lost, {writers.unanswered} cut off and sent again"
    say(f"{address.split(':')[0]}: {KILLS} kills, {saves}; from start to first page {seconds}")


def test_a_killed_worker_is_replaced(site, address, writers):
    with writers:
        for _kill in range(5):
            writers.save_more(SAVES)
            before = site.workers
            os.kill(before[0], signal.SIGKILL)
            wait_until(lambda before=before: len(set(site.workers) - {before[0]}) == 2, what="no new worker")
        writers.save_more(SAVES)
    assert writers.statuses == {200}
    assert_sound(address)


def restart(site):
    site.end()
    site.begin()


def reload(site):
    before = set(site.workers)
    site.process.send_signal(signal.SIGHUP)
    wait_until(lambda: not before & set(site.workers) and len(site.workers) == 2, what="old workers stay")


@pytest.mark.parametrize("anew", [restart, reload])
def test_beginning_anew_drops_no_request(site, writers, anew):
    """What was begun is finished, and what waits at the door is let in by the next process."""
    with writers:
        for _time in range(5):
            writers.save_more(SAVES)
            anew(site)
        writers.save_more(SAVES)
    assert (writers.statuses, writers.unanswered) == ({200}, 0)


def test_a_request_under_way_is_answered_when_the_server_is_told_to_end(site):
    """A worker has read half of it when the other one has already gone."""
    sent = json.dumps({"choice": "4", "revision": 0})
    path = f"/assessments/{site.stage['round']}/answers/{site.stage['keys'][0]}"
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)) as connection:
        connection.putrequest("PUT", path)
        own = headers_of(site.stage["people"][0][1])
        for header in (own | {"Content-Length": str(len(sent)), "Expect": "100-continue"}).items():
            connection.putheader(*header)
        connection.endheaders()
        assert connection.sock.recv(1000).startswith(b"HTTP/1.1 100 ")
        site.process.terminate()
        wait_until(lambda: len(site.workers) == 1, what="both workers wait")
        connection.send(sent.encode())
        assert connection.getresponse().status == 200
    assert site.process.wait(60) == 0
    site.process = None


def at_once(number, act):
    gate = threading.Barrier(number)

    def go(_number):
        gate.wait()
        return act()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(go, range(number)))


@pytest.mark.parametrize(("whose", "email_count"), [("round", 0), ("interview", 1)])
def test_a_hundred_submits_at_once_are_one(site, address, whose, email_count):
    """Whoever submits their own answers is sent nothing; whoever was interviewed is asked once to confirm."""
    path, session = f"/assessments/{site.stage[whose]}/submit/", site.stage["people"][0][1]
    answers = at_once(100, lambda: site.ask("POST", path, session=session)[0])
    assert set(answers) == {302}
    assert rows(address, "SELECT count(*) FROM assessments_submission WHERE state = 'submitted'") == [(1,)]
    assert rows(address, "SELECT count(*) FROM assessments_auditevent WHERE verb = 'submitted'") == [(1,)]
    assert rows(address, "SELECT count(*) FROM django_tasks_database_dbtaskresult") == [(email_count,)]
    mail = site.run("db_worker", "--batch", "--no-startup-delay", "-v", "0", capture_output=True, text=True).stdout
    assert mail.count("\nTo: ") == mail.count("\nTo: guest@northfield.example\n") == email_count


def test_a_full_disk_refuses_with_a_page_and_goes_on_once_there_is_room(tmp_path):
    """The size of files is limited for the running server: every further write of SQLite fails."""
    address = f"sqlite:///{tmp_path}/site.sqlite3"
    with served(tmp_path, address, 1) as site:
        writer = Writer(site, 0)
        keys = site.stage["keys"]
        assert statuses(writer, keys[:10]) == {200}
        limit(site.workers, 4096)
        assert statuses(writer, keys[10:20]) == {503}
        limit(site.workers, resource.RLIM_INFINITY)
        assert statuses(writer, keys) == {200}
        Writers([writer]).assert_nothing_is_lost()
        assert_sound(address)


def limit(workers, size):
    for pid in workers:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def statuses(writer, keys):
    writer.statuses = set()
    for key in keys:
        writer.save(key)
    return writer.statuses


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
    try:
        with served(tmp_path, direct.replace(f"{host}:{port}", f"127.0.0.1:{cable.port}"), 1) as site:
            writer = Writer(site, 0)
            keys = site.stage["keys"]
            assert statuses(writer, keys) == {200}
            cable.cut()
            for _time in range(4):
                status, headers, page = site.ask("GET", "/home/", session=writer.session)
                assert (status, headers["Retry-After"]) == (503, "60") and b"<h1>" in page
            assert statuses(writer, keys[:1]) == {503}
            cable.mend()
            assert statuses(writer, keys) == {200}
            Writers([writer]).assert_nothing_is_lost()
    finally:
        drop(name)
