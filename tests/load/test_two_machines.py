"""Two web machines on one PostgreSQL, each with code and temporary files of its own: whichever answers, it is one product."""

import http.client
import json
import re
import time
from urllib.parse import urlencode

import psycopg
import pytest

from tests.load.cluster import Cluster
from tests.load.run import fresh_database, staged

pytestmark = pytest.mark.long
PASSWORD = "every-name-is-invented"


class Visitor:
    """A browser that chooses by itself which machine answers."""

    def __init__(self, cluster, session=None):
        self.ports = [machine.port for machine in cluster.machines]
        self.cookies = {"sessionid": session} if session else {}

    def ask(self, machine, address, sent=None):
        """Status, text, and where it leads; with `sent`, a form with the proof of its page."""
        wire = http.client.HTTPConnection("127.0.0.1", self.ports[machine], timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {
            "Host": "127.0.0.1",
            "X-Forwarded-For": "192.0.2.1",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = None if sent is None else urlencode(sent, doseq=True)
        wire.request("GET" if sent is None else "POST", address, body, headers)
        reply = wire.getresponse()
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return reply.status, reply.read().decode(errors="replace"), reply.headers.get("Location", "")

    def send(self, machine, page, address, **sent):
        """The form on a page, to the same machine."""
        _status, text, _to = self.ask(machine, page)
        token = re.search('csrfmiddlewaretoken" value="([^"]+)', text)[1]
        found = re.findall('name="(turn|asking)" value="([^"]+)', text)
        return self.ask(machine, address, {"csrfmiddlewaretoken": token, **dict(found), **sent})

    def sign_in(self, machine, email, password):
        page = "/accounts/login/"
        return self.send(machine, page, page, login=email, password=password)


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """The cluster, running, and the plan of who is there."""
    try:
        database = fresh_database("maturity_two")
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL: {error}")
    folder = tmp_path_factory.mktemp("two")
    cluster = Cluster(folder, database, 2)
    plan = json.loads(staged(cluster, folder, 6).read_text())
    with cluster.running():
        yield cluster, plan


def test_signed_in_at_one_is_signed_in_at_the_other(stage):
    cluster, _plan = stage
    visitor = Visitor(cluster)
    assert visitor.ask(1, "/portfolio/")[0] == 302
    assert visitor.sign_in(0, "consultant@hart.example", PASSWORD)[0] == 302
    assert visitor.ask(1, "/portfolio/")[0] == 200


def test_wrong_passwords_count_together(stage):
    cluster, _plan = stage
    email = "executive@northfield.example"
    tried = [Visitor(cluster).sign_in(number % 2, email, "not-this-password") for number in range(5)]
    assert not any("Too many" in text for _status, text, _to in tried)
    assert [status for status, _text, _to in tried] == [200] * 5
    for machine in (0, 1):
        status, text, to = Visitor(cluster).sign_in(machine, email, PASSWORD)
        assert (status, to) == (200, "")
        assert "Too many" in text


def test_an_export_asked_for_at_one_is_fetched_from_both(stage):
    cluster, plan = stage
    visitor, assessments = Visitor(cluster, plan["consultant"]), plan["rounds"]
    choose = "/exports/new/?" + urlencode({"rounds": assessments}, doseq=True)
    status, _text, to = visitor.send(0, choose, "/exports/new/", rounds=assessments, types=["xlsx"], make="1")
    assert status == 302
    end = time.monotonic() + 240
    while visitor.ask(1, f"{to}reports.zip")[0] == 404 and time.monotonic() < end:
        time.sleep(0.5)
    status, text, _to = visitor.ask(1, f"{to}reports.zip")
    assert (status, text[:2]) == (200, "PK")
    assert visitor.ask(0, f"{to}reports.zip")[1] == text


def test_a_workshop_opened_at_one_takes_votes_at_the_other(stage):
    cluster, plan = stage
    base = f"{plan['round']}workshop/"
    lead, phones = Visitor(cluster, plan["consultant"]), [Visitor(cluster, key) for key in plan["people"][:5]]
    assert lead.send(0, base, f"{base}start")[0] == 302
    question = plan["sections"][0]["questions"][0]
    assert lead.send(0, base, f"{base}ask", question=question)[0] == 302
    for phone in phones:
        assert phone.send(1, f"{base}vote/", f"{base}vote/", choice="4")[0] == 302
    asked = lead.ask(0, f"{base}screen/")[1]
    assert "<svg" not in asked.split("<main")[1]
    assert lead.send(0, f"{base}screen/", f"{base}reveal")[0] == 302
    assert all("<svg" in phones[0].ask(machine, f"{base}vote/")[1].split("<main")[1] for machine in (0, 1))
