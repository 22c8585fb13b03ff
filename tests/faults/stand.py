"""A real site on a database of its own, SQLite or PostgreSQL, and people who save answers without a pause."""

import http.client
import json
import os
import random
import threading
import time
import uuid
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from tests.journeys.site import Site

SERVER = os.environ.get("FAULTS_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
STAGE = """
import json
from django.contrib.sessions.backends.db import SessionStore
from assessments import access
from assessments.actions import organisations, rounds
from assessments.models import BankVersion, Question, User
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
version = BankVersion.objects.published().get()
people = [User.objects.create_user(f"person{n}@northfield.example") for n in range(PEOPLE)]
round = rounds.start(organisation=organisations.create(name="Northfield", by=people[0]), bank_version=version,
    name="Q4", by=people[0], function="ceo")
out = []
for user in people:
    rounds.add_participant(assessment=round, user=user, function="legal", by=people[0])
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session.create()
    out.append([str(access.submission_for(user, round.pk).pk), session.session_key])
keys = list(Question.objects.filter(pillar__version=version).values_list("key", flat=True))
from pathlib import Path
Path(TARGET).write_text(json.dumps({"round": str(round.pk), "people": out, "keys": keys}))
"""


class AnySite(Site):
    """A server on the database of an address."""

    def __init__(self, folder: Path, address: str):
        super().__init__(folder / "site.sqlite3", settings="maturity.settings", DATABASE_URL=address)
        self.address, self.folder = address, folder

    def prepare(self, people):
        self.run("migrate", "-v", "0")
        self.run("createcachetable", "-v", "0")
        self.run("load_bank", "fixtures/ai-leadership.yaml", "--publish")
        target = self.folder / "stage.json"
        self.run("shell", "-v", "0", "-c", f"PEOPLE, TARGET = {people}, {str(target)!r}\n{STAGE}")
        return json.loads(target.read_text())

    def wait_until_it_answers(self):
        """A connection may still reach a worker that is about to die with the last server."""
        for _try in range(600):
            with suppress(OSError, http.client.HTTPException):
                if self.ask("GET", "/healthz")[0] == 200:
                    return
            time.sleep(0.05)
        raise TimeoutError("The server does not answer.")

    def ask(self, method, path, *, session=None, body=None, timeout=120):
        """(status, headers, body) of one request on a connection of its own."""
        cookie = f"sessionid={session}; csrftoken={'c' * 32}"
        headers = {"Cookie": cookie, "X-CSRFToken": "c" * 32, "Content-Type": "application/json"} if session else {}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)) as connection:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()


class Writer(threading.Thread):
    """One person who saves one answer after the other, and remembers what was acknowledged."""

    def __init__(self, site, stage, number):
        super().__init__(daemon=True)
        self.site, self.stage, (self.submission, self.session) = site, stage, stage["people"][number]
        self.acknowledged, self.revisions, self.count, self.chance = {}, {}, 0, random.Random(number)
        self.statuses, self.going = set(), True

    def run(self):
        while self.going:
            with suppress(OSError, http.client.HTTPException):
                self.save(self.chance.choice(self.stage["keys"]))
                continue
            time.sleep(0.02)  # the server is away

    def save(self, key):
        choice = str(self.chance.randint(1, 5))
        sent = {"choice": choice, "revision": self.revisions.get(key, 0)}
        path = f"/assessments/{self.stage['round']}/answers/{key}"
        status, _headers, body = self.site.ask("PUT", path, session=self.session, body=json.dumps(sent))
        self.statuses.add(status)
        if status == 200:
            self.revisions[key] = json.loads(body)["revision"]
            self.acknowledged[key] = (choice, self.revisions[key])
            self.count += 1
        elif status == 409:  # saved just before a kill, and never acknowledged
            self.revisions[key] = json.loads(body)["other"]["revision"]


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
