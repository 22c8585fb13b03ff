"""What an operator sees: metrics from processes and database, log lines with ids, slow queries without values."""

import json
import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from ruamel.yaml import YAML

from assessments.models import OutgoingEmail
from assessments.operations import queues
from assessments.reports.pdf import report
from assessments.reports.pdf.worker import PdfError
from maturity import database_metrics, slow_queries
from maturity.logs import log_settings
from maturity.middleware import metrics, request_id

TOKEN = {"Authorization": "Bearer only-the-watcher-knows"}


@pytest.fixture
def figures(client, settings, db):
    settings.METRICS_TOKEN = "only-the-watcher-knows"

    def read():
        lines = client.get("/metrics", headers=TOKEN).text.splitlines()
        return {name: float(value) for name, _s, value in (line.rpartition(" ") for line in lines if line[0] != "#")}

    return read


def email(**fields):
    until = timezone.now() + timedelta(days=3)
    return OutgoingEmail.objects.create(kind="invitation", to="dana@example.org", give_up_at=until, **fields)


def test_queues_tell_their_length_and_how_long_the_first_has_waited(figures):
    empty = figures()
    assert empty["maturity_database_up"] == 1
    assert {empty[f'maturity_queue_oldest_seconds{{queue="{name}"}}'] for name in ("tasks", "emails", "exports")} == {0}
    email(next_attempt_at=timezone.now() - timedelta(minutes=20))
    email(next_attempt_at=timezone.now() + timedelta(minutes=20))
    email(state="dead")
    full = figures()
    assert full['maturity_queue_length{queue="emails"}'] == 1
    assert 1200 <= full['maturity_queue_oldest_seconds{queue="emails"}'] < 1300
    assert full["maturity_emails_undelivered"] == 1


def test_without_a_database_the_other_metrics_are_still_told(figures, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(database_metrics, "queues", refuse)
    found = figures()
    assert found["maturity_database_up"] == 0
    assert [name for name in found if name.startswith("maturity_queue")] == []
    assert [name for name in found if name.startswith("maturity_requests_total")]


def test_a_save_is_counted_by_what_became_of_it(figures, client):
    name = 'maturity_saves_total{outcome="signed_out"}'
    before = figures().get(name, 0)
    client.put("/assessments/00000000-0000-0000-0000-000000000001/answers/vision", "{}", "application/json")
    assert figures()[name] == before + 1
    assert {"saved", "invalid", "closed_or_changed", "unavailable"} <= set(metrics.OUTCOMES.values())


def test_a_report_is_timed_even_if_it_fails(monkeypatch, figures):
    def fail(*_):
        raise PdfError

    monkeypatch.setattr(report.worker, "render_now", fail)
    before = figures()["maturity_report_seconds_count"]
    with pytest.raises(PdfError):
        report.render_report(None, None)
    assert figures()["maturity_report_seconds_count"] == before + 1


def test_alerts_ask_for_metrics_that_there_are(figures):
    known = {re.split(r"[{ ]", name)[0] for name in figures()}
    rules = YAML(typ="safe").load(Path("deploy/alerts.yaml"))["groups"][0]["rules"]
    asked = {name for rule in rules for name in re.findall(r"\bmaturity_\w+", rule["expr"])}
    assert len(asked) >= 7
    assert asked <= known | {"maturity_saves_total", "maturity_report_seconds_bucket"}
    for label, value in re.findall(r'(queue|view|outcome)=~?"([\w|]+)"', json.dumps(rules).replace('\\"', '"')):
        assert label != "outcome" or set(value.split("|")) <= {*metrics.OUTCOMES.values(), "other"}


def test_a_log_line_has_the_ids_of_its_request_and_assessment(client, db, caplog, settings):
    pk = "8d0a1c5e-9a52-4b7e-8a55-5a7e14e8a111"
    handler = caplog.handler
    handler.addFilter(request_id.RequestId())
    logging.getLogger("django.request").addHandler(handler)
    client.get(f"/assessments/{pk}/nothing", headers={"X-Request-ID": "request-of-this-test"})
    client.get("/nothing", headers={"X-Request-ID": "another-request"})
    logging.getLogger("django.request").removeHandler(handler)
    ids = {(record.request_id, record.assessment_id) for record in caplog.records}
    assert ids == {("request-of-this-test", pk), ("another-request", "-")}
    formats = log_settings("line", "INFO")["formatters"]
    assert all("{assessment_id}" in formats[name]["format"] for name in ("line", "json"))


def test_a_slow_query_is_logged_without_its_values(db, settings, caplog):
    settings.SLOW_QUERY_MS = 1
    with connection.execute_wrapper(slow_queries.timed), connection.cursor() as cursor:
        settings.SLOW_QUERY_MS = 0.000_001
        cursor.execute("SELECT 'dana@example.org' WHERE %s = 'x'", ["a secret answer"])
        settings.SLOW_QUERY_MS = 100_000
        cursor.execute("SELECT 2")
    (record,) = caplog.records
    assert "SELECT '…' WHERE" in record.getMessage()
    assert "dana" not in record.getMessage() and "secret" not in record.getMessage()


def test_connections_are_watched_only_where_that_is_set(settings, monkeypatch):
    asked = []
    monkeypatch.setattr(slow_queries.connection_created, "connect", lambda *a, **k: asked.append(a))
    settings.SLOW_QUERY_MS = 0
    slow_queries.watch()
    assert asked == []
    settings.SLOW_QUERY_MS = 200
    slow_queries.watch()
    assert asked == [(slow_queries._watch,)]


def test_each_queue_costs_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert [queue.name for queue in queues.queues()] == ["tasks", "emails", "exports"]
