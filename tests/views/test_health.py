"""What machines that watch this one are told."""

import threading

import pytest
from django.db import OperationalError
from django.urls import reverse

from assessments.views import health
from maturity import machines

pytestmark = pytest.mark.django_db


def test_ready_while_the_database_answers(client, monkeypatch):
    monkeypatch.setattr(health, "_ask", lambda: None)
    assert client.get("/readyz").status_code == 200


def test_not_ready_without_a_database(client, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "_ask", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database does not answer")
    assert client.get("/healthz").status_code == 200


def test_not_ready_where_the_database_hangs(client, monkeypatch):
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    answers = threading.Event()
    monkeypatch.setattr(health, "_ask", answers.wait)
    assert client.get("/readyz").status_code == 503
    answers.set()
    health._asking().submit(lambda: None).result()  # the thread is free again


def test_a_real_database_is_asked(client):
    health._ask()


def test_a_machine_costs_no_query(client, alice, django_assert_num_queries):
    client.force_login(alice)
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("name", sorted(machines.NAMES))
def test_what_machines_ask_is_known_by_name_and_by_path(name, rf):
    assert machines.is_asked_by_one(rf.get(reverse(name)))


def test_figures_are_for_whoever_has_the_token(client, settings):
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "only-the-watcher-knows"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    client.get("/method/")
    client.get("/nothing/of/this/name")
    text = client.get("/metrics", headers={"Authorization": "Bearer only-the-watcher-knows"}).text
    assert 'maturity_requests_total{method="GET",status="200",view="method"}' in text
    assert 'maturity_requests_total{method="GET",status="404",view="unknown"}' in text
    assert "maturity_request_seconds_bucket" in text
    assert "/nothing" not in text
