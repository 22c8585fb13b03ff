"""A web machine loses its power while people answer: what was acknowledged is compared with what the database holds."""

import http.client
import json
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.load.cluster import Cluster

SECONDS, DIES_AFTER, BACK_AFTER = 20, 6, 12


@dataclass
class Client:
    """One person: `acknowledged` maps a question to the last choice that the product said it had saved."""

    url: str
    plan: dict
    session: str
    acknowledged: dict = field(default_factory=dict)
    sent: dict = field(default_factory=dict)
    failures: list = field(default_factory=list)  # when a request failed

    def ask(self, method, address, body=None, **headers):
        """Status and text; 0 and "" where nothing came back."""
        try:
            wire = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
            wire.request(method, address, body, {"Cookie": self.cookies, **headers})
            reply = wire.getresponse()
            return reply.status, reply.read().decode(), reply.headers
        except (OSError, http.client.HTTPException):
            return 0, "", {}

    def answer_until(self, ends):
        """Save one answer after the other until the event `ends` is set."""
        self.cookies = f"sessionid={self.session}"
        section = self.plan["sections"][0]
        status, page, headers = self.ask("GET", f"{self.plan['round']}pillars/{section['key']}/")
        assert status == 200, (status, page[:500])
        token = re.search('csrfmiddlewaretoken" value="([^"]+)', page)[1]
        self.cookies += "; csrftoken=" + re.search("csrftoken=([^;]+)", headers["Set-Cookie"])[1]
        revisions, turn = {}, 0
        while not ends.is_set():
            key = section["questions"][turn % len(section["questions"])]
            choice, turn = turn % 5 + 1, turn + 1
            self.sent.setdefault(key, set()).add(choice)
            body = json.dumps({"choice": str(choice), "revision": revisions.get(key, 0)})
            status, text, _headers = self.ask(
                "PUT",
                f"{self.plan['round']}answers/{key}",
                body,
                **{"X-CSRFToken": token, "Content-Type": "application/json"},
            )
            if status == 200:
                revisions[key] = json.loads(text)["revision"]
                self.acknowledged[key] = (choice, revisions[key])
            elif status == 409:  # the save before was stored, but its reply was lost
                revisions[key] = json.loads(text)["other"]["revision"]
            else:
                self.failures.append(time.monotonic())
            time.sleep(0.02)


def kill_one(cluster: Cluster, plan: dict, stored) -> str:
    """What became of everything acknowledged; `stored(session)` gives (level, revision) by question as the database has it."""
    ends = threading.Event()
    clients = [Client(cluster.url, plan, session) for session in plan["people"][-8:]]
    threads = [threading.Thread(target=client.answer_until, args=(ends,)) for client in clients]
    for thread in threads:
        thread.start()
    time.sleep(DIES_AFTER)
    cluster.machines[0].kill()
    time.sleep(BACK_AFTER - DIES_AFTER)
    cluster.machines[0].start()
    time.sleep(SECONDS - BACK_AFTER)
    ends.set()
    for thread in threads:
        thread.join()
    lost = [
        (key, said, there)
        for client in clients
        for key, said in client.acknowledged.items()
        if (there := stored(client.session).get(key, (None, 0)))[1] < said[1] or (there[1] == said[1] and there != said)
    ]
    saves = sum(revision for client in clients for _choice, revision in client.acknowledged.values())
    return f"{saves} answers acknowledged, {len(lost)} lost; at most {max(len(c.failures) for c in clients)} failed requests a client"
