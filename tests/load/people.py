"""What each of many people does: run by locust, which patches sockets and so stands in a process of its own.

Everybody opens the sections of the questionnaire one after the other and answers what is asked; a consultant has
reports made meanwhile, and somebody asks the one view that does nothing, to compare with. At the end every answer's
time and status are written to LOAD_SEEN, as JSON.
"""

import json
import os
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

from locust import HttpUser, between, events, task

PLAN = json.loads(Path(os.environ["LOAD_PLAN"]).read_text())
WAITING = iter(PLAN["people"][int(os.environ["LOAD_FIRST"]) :])
THINKING = float(os.environ["LOAD_THINKING"])  # seconds between two clicks, on average
TOKEN = re.compile(r'csrfmiddlewaretoken" value="([^"]+)')
TIMES, STATUSES = defaultdict(list), Counter()


@events.request.add_listener
def seen(name, response_time, response, exception, **_more):
    """`exception` is what locust calls a failure."""
    status = response.status_code if response is not None else 0
    TIMES[name].append(response_time)
    STATUSES[f"{name} {status}{' failed' if exception else ''}"] += 1


@events.quitting.add_listener
def write(**_facts):
    Path(os.environ["LOAD_SEEN"]).write_text(json.dumps({"milliseconds": TIMES, "statuses": STATUSES}))


class Person(HttpUser):
    """Signed in, with 56 questions to answer."""

    weight = 20
    wait_time = between(THINKING / 2, THINKING * 3 / 2)

    def on_start(self):
        self.client.cookies.set("sessionid", next(WAITING))
        self.sections, self.revisions, self.token = list(PLAN["sections"]), {}, None
        random.shuffle(self.sections)
        self.open()

    def open(self):
        """The next section, from the start again after the last."""
        self.sections.append(self.sections.pop(0))
        self.section = self.sections[-1]
        page = self.client.get(f"{PLAN['round']}pillars/{self.section['key']}/", name="page", allow_redirects=False)
        if found := TOKEN.search(page.text):
            self.token = found[1]
        self.questions = list(self.section["questions"])

    @task
    def answer(self):
        if not self.questions or self.token is None:
            self.open()
            return
        key = self.questions.pop(0)
        sent = {"choice": str(random.randint(1, 5)), "revision": self.revisions.get(key, 0)}
        headers = {"X-CSRFToken": self.token}
        with self.client.put(
            f"{PLAN['round']}answers/{key}", json=sent, headers=headers, name="save", catch_response=True
        ) as reply:
            if reply.status_code == 200:
                self.revisions[key] = reply.json()["revision"]
            else:
                reply.failure(f"status {reply.status_code}")


class Consultant(HttpUser):
    """Has a report made, again and again, and now and then all of them in one file, which the worker makes."""

    fixed_count = 1
    wait_time = between(5, 10)

    def on_start(self):
        self.client.cookies.set("sessionid", PLAN["consultant"])
        self.asked = None
        self.export()

    @task(4)
    def report(self):
        with self.client.get(PLAN["report"], name="report", catch_response=True) as reply:
            if reply.status_code == 503 and "Retry-After" in reply.headers:
                reply.request_meta["name"] = "report put off"  # another one is being made: the page says so
                reply.success()

    @task(1)
    def export(self):
        page = self.client.get("/exports/new/", params={"rounds": PLAN["rounds"]}, name="choose")
        if found := TOKEN.search(page.text):
            sent = {"csrfmiddlewaretoken": found[1], "rounds": PLAN["rounds"], "types": ["pdf", "xlsx"], "make": "1"}
            asked = self.client.post("/exports/new/", sent, name="export")
            self.asked = asked.url if "/new/" not in asked.url else None

    @task(2)
    def fetch(self):
        """The file, where it is there."""
        if self.asked is None:
            return
        with self.client.get(f"{self.asked}reports.zip", name="fetch", catch_response=True) as reply:
            if reply.status_code == 404:
                reply.request_meta["name"] = "fetched too early"
                reply.success()


class Nobody(HttpUser):
    """The bare view."""

    fixed_count = 1
    wait_time = between(0.2, 0.6)

    @task
    def bare(self):
        self.client.get("/healthz", name="bare")
