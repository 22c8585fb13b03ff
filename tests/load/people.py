"""What each of many people does: run by locust, which patches sockets and so stands in a process of its own.

Everybody opens the sections of the questionnaire one after the other and answers what is asked; a consultant has
reports made meanwhile, and somebody asks the one view that does nothing, to compare with.
"""

import json
import os
import random
import re
from pathlib import Path

from locust import HttpUser, between, task

PLAN = json.loads(Path(os.environ["LOAD_PLAN"]).read_text())
WAITING = iter(PLAN["people"])
THINKING = float(os.environ.get("THINKING", "4"))  # seconds between two clicks, on average
TOKEN = re.compile(r'csrfmiddlewaretoken" value="([^"]+)')


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
        page = self.client.get(f"{PLAN['round']}pillars/{self.section['key']}/", name="page")
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
            if reply.status_code in (200, 409):
                body = reply.json()
                self.revisions[key] = body.get("other", body).get("revision", 0)
                reply.success()


class Consultant(HttpUser):
    """Has a report made, again and again, and now and then all of them in one file."""

    fixed_count = 1
    wait_time = between(10, 20)

    def on_start(self):
        self.client.cookies.set("sessionid", PLAN["consultant"])

    @task(4)
    def report(self):
        with self.client.get(PLAN["report"], name="report", catch_response=True) as reply:
            if reply.status_code in (200, 503):  # 503 with Retry-After: another report is being made
                reply.success()

    @task(1)
    def export(self):
        page = self.client.get("/home/", name="home")
        if found := TOKEN.search(page.text):
            sent = {"csrfmiddlewaretoken": found[1], "rounds": PLAN["rounds"], "types": ["pdf", "xlsx"], "make": "1"}
            self.client.post("/exports/new/", sent, name="export")


class Nobody(HttpUser):
    """The bare view."""

    fixed_count = 1
    wait_time = between(0.2, 0.6)

    @task
    def bare(self):
        self.client.get("/healthz", name="bare")
