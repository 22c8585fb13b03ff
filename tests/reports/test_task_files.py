"""A roadmap as CSV for Jira, Planner and Microsoft Project."""

import csv
import datetime
import io

import pytest
from django.urls import reverse

from assessments.models import AuditEvent, RoadmapAction
from tests.results.test_changes import played


@pytest.fixture
def closed(northfield, version, alice):
    found = played(northfield, version, alice, "Q1", [2], people=6)
    first = {"assessment": found, "checksum": "x", "horizon": "90d", "due_on": datetime.date(2027, 3, 5)}
    one = RoadmapAction.objects.create(
        **first,
        title='=HYPERLINK("x") said "no", then yes',
        owner="+Dana, legal",
        question="vision-direction",
        effort=0.5,
    )
    two = RoadmapAction.objects.create(
        **{**first, "due_on": None}, title="\u0633\u064a\u0627\u0633\u0629", position=1, status="started"
    )
    two.requires.add(one)
    RoadmapAction.objects.create(**first, title="Dropped", position=2, status="dropped")
    return found


@pytest.fixture
def rows(client, alice, closed):
    def read(tool):
        client.force_login(alice)
        response = client.get(reverse("roadmap_tasks", args=[closed.pk, tool]))
        return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    return read


def test_jira(rows):
    first, second = rows("jira")
    assert first["Summary"] == '\'=HYPERLINK("x") said "no", then yes'
    assert (first["Issue Type"], first["Status"], first["Due Date"]) == ("Task", "To Do", "05/Mar/27 12:00 AM")
    assert first["Assignee"] == "'+Dana, legal"
    assert " " not in first["Labels"]
    assert "0.5 person-months" in first["Description"]
    assert (second["Summary"], second["Status"], second["Due Date"]) == (
        "\u0633\u064a\u0627\u0633\u0629",
        "In Progress",
        "",
    )


def test_planner(rows):
    first, second = rows("planner")
    assert (first["Progress"], first["Due Date"], first["Bucket Name"]) == ("Not started", "03/05/2027", "Vision")
    assert (second["Progress"], second["Bucket Name"]) == ("In progress", "Roadmap")


def test_project_names_predecessors_by_row(rows):
    first, second = rows("project")
    assert (first["ID"], first["Finish"], first["Predecessors"]) == ("1", "03/05/2027", "")
    assert (second["Predecessors"], second["Percent_Complete"]) == ("1", "50%")


def test_an_unknown_tool_is_not_there_and_downloads_are_in_the_audit_log(client, rows, closed):
    rows("jira")
    assert AuditEvent.objects.filter(verb="taken away as roadmap jira csv").count() == 1
    assert client.get(reverse("roadmap_tasks", args=[closed.pk, "trello"])).status_code == 404
