"""What machines that watch this one are told."""

import threading

import pytest
from django.db import OperationalError
from django.urls import reverse

from assessments.views import health

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
    monkeypatch.setattr(health, "TIMEOUT", 0.05)
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


def test_machines_know_the_address_only_and_ask_without_tls(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["maturity.example.org"]
    settings.METRICS_TOKEN = "only-the-watcher-knows"
    for name in settings.PROBE_PATHS:
        sent = {"Host": "10.0.0.7:8001", "Authorization": "Bearer only-the-watcher-knows"}
        answer = client.get(reverse(name), headers=sent)
        assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff"), name
    assert client.get("/", headers={"Host": "maturity.example.org"}).status_code == 301


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
