"""The web process as `deploy/` runs it, on SQLite or PostgreSQL, and people who save answers without a pause."""

import http.client
import json
import os
import random
import socket
import threading
import time
import uuid
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.journeys.site import PATIENCE, Site

SERVER = os.environ.get("FAULTS_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
NOTHING_ELSE = {"reason": "", "comment": "", "evidence_grade": "", "evidence_text": "", "evidence_link": ""}
STAGE = """
import json
from pathlib import Path
from maturity.sessions import SessionStore
from assessments import access
from assessments.actions import interviews, organisations, assessments
from assessments.models import BankVersion, Question, User
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
version = BankVersion.objects.published().get()
people = [User.objects.create_user(f"person{n}@northfield.example") for n in range(PEOPLE)]
assessment = assessments.start(organisation=organisations.create(name="Northfield", by=people[0]), bank_version=version,
    name="Q4", by=people[0], function="ceo")
out = []
for user in people:
    assessments.add_participant(assessment=assessment, user=user, function="legal", by=people[0])
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session.create()
    out.append([str(access.submission_for(user, assessment.pk).pk), session.session_key])
guest = assessments.add_participant(assessment=assessment, user=User.objects.create_user("guest@northfield.example"),
    function="legal", by=people[0])
interview = interviews.begin(participant=guest, by=people[0])
keys = list(Question.objects.filter(pillar__version=version).values_list("key", flat=True))
Path(TARGET).write_text(json.dumps({"round": str(assessment.pk), "interview": str(interview.pk), "people": out, "keys": keys}))
"""


def wait_until(so, *, what):
    until = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < until, what
        time.sleep(0.01)


class AnySite(Site):
    """A server on the database of an address. The socket is held here and handed over, as systemd does with its own."""

    def __init__(self, folder: Path, address: str):
        config = "--config deploy/gunicorn.conf.py"
        super().__init__(
            folder / "site.sqlite3",
            settings="maturity.settings",
            DATABASE_URL=address,
            EMAIL_URL="consolemail://",
            GUNICORN_CMD_ARGS=config,
        )
        self.address, self.folder = address, folder
        self.door = socket.create_server(("127.0.0.1", 0), backlog=1000)
        self.port = self.door.getsockname()[1]
        self.bind, self.handed_over = f"fd://{self.door.fileno()}", (self.door.fileno(),)

    def prepare(self, people):
        self.run("migrate", "-v", "0")
        self.run("createcachetable", "-v", "0")
        self.run("load_bank", "fixtures/ai-leadership.yaml", "--publish", capture_output=True)
        target = self.folder / "stage.json"
        self.run("shell", "-v", "0", "-c", f"PEOPLE, TARGET = {people}, {str(target)!r}\n{STAGE}")
        self.stage = json.loads(target.read_text())

    def begin(self):
        """Start, and wait for the first page; how many seconds that took."""
        begun = time.monotonic()
        self.start()
        assert self.ask("GET", "/healthz", timeout=PATIENCE)[0] == 200
        return time.monotonic() - begun

    def end(self):
        """Tell it to end, and wait until it has."""
        self.process.terminate()
        process, self.process = self.process, None
        assert process.wait(PATIENCE) == 0

    @property
    def workers(self):
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        return [int(pid) for pid in Path(children).read_text().split()]

    def ask(self, method, path, *, session=None, body=None, timeout=120):
        """(status, headers, body) of one request on a connection of its own."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)) as connection:
            connection.request(method, path, body=body, headers=headers_of(session))
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()


def headers_of(session):
    if session is None:
        return {}
    cookie = f"sessionid={session}; csrftoken={'c' * 32}"
    return {"Cookie": cookie, "X-CSRFToken": "c" * 32, "Content-Type": "application/json"}


class Writer(threading.Thread):
    """One person whose open page saves one answer after the other, and who remembers what was acknowledged."""

    def __init__(self, site, number):
        super().__init__(daemon=True)
        self.site, (self.submission, self.session) = site, site.stage["people"][number]
        self.acknowledged, self.revisions, self.chance = {}, {}, random.Random(number)
        self.statuses, self.saves, self.count, self.unanswered, self.going = set(), 0, 0, 0, True

    def run(self):
        while self.going:
            try:
                self.save(self.chance.choice(self.site.stage["keys"]))
            except (OSError, http.client.HTTPException):
                self.unanswered += 1

    def save(self, key):
        """As the page's script does it: every field, the page's own id, and its count of saves."""
        self.saves += 1
        choice = str(self.chance.randint(1, 5))
        sent = {"choice": choice, **NOTHING_ELSE, "revision": self.revisions.get(key, 0)}
        sent |= {"page": f"page-of-{self.submission[:8]}", "save": self.saves}
        path = f"/assessments/{self.site.stage['round']}/answers/{key}"
        status, _headers, body = self.site.ask("PUT", path, session=self.session, body=json.dumps(sent))
        self.statuses.add(status)
        if status == 200:
            self.revisions[key] = json.loads(body)["revision"]
            self.acknowledged[key] = (choice, self.revisions[key])
            self.count += 1


class Writers(list):
    """Several people at once, as long as the block lasts; afterwards nothing that was acknowledged may be missing."""

    def __enter__(self):
        for writer in self:
            writer.start()
        return self

    def __exit__(self, kind, *_trouble):
        for writer in self:
            writer.going = False
        for writer in self:
            writer.join(PATIENCE)
        if kind is None:
            self.assert_nothing_is_lost()

    @property
    def count(self):
        return sum(writer.count for writer in self)

    @property
    def unanswered(self):
        return sum(writer.unanswered for writer in self)

    @property
    def statuses(self):
        return set().union(*(writer.statuses for writer in self))

    def save_more(self, number):
        wanted = self.count + number
        wait_until(lambda: self.count >= wanted, what=f"only {self.count} of {wanted} saves: {self.statuses}")

    def assert_nothing_is_lost(self):
        for writer in self:
            found = stored(writer.site.address)[writer.submission]
            for key, (choice, revision) in writer.acknowledged.items():
                there = found[key]
                assert there[1] >= revision, key
                assert there[1] > revision or there[0] == choice, key


def stored(address):
    """{submission: {question: (choice, revision)}} straight from the database."""
    query = (
        "SELECT a.submission_id, q.key, a.level, a.revision FROM assessments_answer a"
        " JOIN assessments_question q ON q.id = a.question_id"
    )
    found = {}
    for submission, key, level, revision in rows(address, query):
        found.setdefault(str(uuid.UUID(str(submission))), {})[key] = (str(level), revision)
    return found


def rows(address, query):
    if address.startswith("sqlite"):
        import sqlite3

        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as database:
            return database.execute(query).fetchall()
    with psycopg.connect(address) as database:
        return database.execute(query).fetchall()


def postgres_database(name):
    """An empty database on the server that answers; the test is skipped where none does."""
    try:
        with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}"')
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers here")
    return SERVER.rsplit("/", 1)[0] + f"/{name}"


def drop(name):
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
