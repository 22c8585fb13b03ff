"""Who may read what with a token: every address × every kind of token."""

import itertools
import json
import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from assessments.actions import exports, tokens
from assessments.api.v1 import api
from assessments.models import ApiToken, Consultancy, Engagement, Export, User
from tests.actions.test_exports import own_storage, queue, run  # noqa: F401 - fixtures
from tests.actions.test_units import grow
from tests.results.test_changes import played
from tests.views.test_portfolio import signed_in

SCOPES, numbers = tokens.SCOPES, itertools.count()
SCOPE_OF = {
    "portfolio": "portfolio",
    "result": "results",
    "units": "results",
    "client_units": "portfolio",
    "exports": "exports",
    "export": "exports",
    "export_file": "exports",
}


@pytest.fixture(autouse=True)
def nobody_has_asked_before():
    cache.clear()


@pytest.fixture
def q1(northfield, version, alice):
    return played(northfield, version, alice, "Q1", [2])


@pytest.fixture
def export(q1, alice, queue):  # noqa: F811
    made = exports.ask(assessments=[q1], types=["csv"], language="en", by=alice)
    exports.resume(export=made)
    run(queue)
    made.refresh_from_db()
    return made


def program(user, scopes=SCOPES):
    """A client that sends a token of `user`."""
    name = f"robot {next(numbers)}"
    return Client(headers={"Authorization": f"Bearer {tokens.make(name=name, scopes=scopes, by=user)}"})


def addresses(q1, export):
    """(name, address) of everything that version 1 answers."""
    for pattern in api.urls[0]:
        if pattern.name in SCOPE_OF:
            kind = str(pattern.pattern).partition("/")[0]
            key = {"rounds": q1.pk, "clients": q1.organisation_id}.get(kind, export.pk)
            yield pattern.name, "/api/v1/" + re.sub(r"<\w+:pk>", str(key), str(pattern.pattern))


def test_every_address_has_a_scope():
    assert {pattern.name for pattern in api.urls[0]} == {*SCOPE_OF, "openapi-json", "api-root"}


def test_a_token_opens_what_its_scopes_say(q1, export, alice):
    for scope in SCOPES:
        robot = program(alice, [scope])
        for name, address in addresses(q1, export):
            response = robot.get(address)
            assert response.status_code == (200 if SCOPE_OF[name] == scope else 403), (scope, name)
            assert "no-store" in response["Cache-Control"], name


def test_without_a_standing_token_nothing_opens(q1, export, alice):
    used = program(alice)
    revoked, expired, inactive = program(alice), program(alice), program(User.objects.create_user("x@x.example"))
    made = list(ApiToken.objects.order_by("created_at"))
    tokens.revoke(token=made[1], by=alice)
    ApiToken.objects.filter(pk=made[2].pk).update(expires_at=timezone.now())
    User.objects.filter(email="x@x.example").update(is_active=False)
    session, wrong = signed_in(alice), Client(headers={"Authorization": "Bearer mat_wrong"})
    for name, address in addresses(q1, export):
        assert used.get(address).status_code == 200, name
        for browser in (revoked, expired, inactive, session, wrong, Client()):
            response = browser.get(address)
            assert response.status_code == 401, name
            assert b"Northfield" not in response.content


def test_foreign_and_absent_look_the_same(q1, export, bob, charlie):
    for user in (bob, charlie):
        robot, seen = program(user), 0
        for name, address in addresses(q1, export):
            if any(str(key) in address for key in (q1.pk, q1.organisation_id, export.pk)):
                nowhere = re.sub(r"[0-9a-f-]{36}", str(uuid.uuid4()), address)
                foreign, absent = robot.get(address), robot.get(nowhere)
                assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content), name
                assert foreign.status_code == 404
                seen += 1
            else:
                assert b"Northfield" not in robot.get(address).content
        assert seen == 5


def test_an_engagement_that_ends_closes_the_door_at_once(q1, northfield):
    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart")
    hart.consultants.add(dana)
    engaged = Engagement.objects.create(consultancy=hart, organisation=northfield)
    robot = program(dana)
    address = f"/api/v1/rounds/{q1.pk}/result"
    assert robot.get(address).status_code == 200
    engaged.delete()
    assert robot.get(address).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(method, q1, export, alice):
    robot = program(alice)
    for _name, address in addresses(q1, export):
        assert getattr(robot, method)(address).status_code == 405


def test_the_answers(q1, export, alice):
    robot = program(alice)
    line = robot.get("/api/v1/portfolio").json()["rounds"][0]
    assert (line["client"]["name"], line["name"], line["state"]) == ("Northfield", "Q1", "closed")
    assert (line["index"], line["level"], line["change"], line["submitted"]) == (2.0, 2, None, 3)
    shown = robot.get(f"/api/v1/rounds/{line['id']}/result")
    page = signed_in(alice).get(f"/assessments/{q1.pk}/result/report.json")
    assert shown.json() == json.loads(page.content)
    found = robot.get("/api/v1/exports").json()
    assert found == [robot.get(f"/api/v1/exports/{export.pk}").json()]
    assert (found[0]["state"], found[0]["made"], found[0]["failed"]) == ("ready", 1, 0)
    assert b"".join(robot.get(found[0]["file"]).streaming_content)[:2] == b"PK"
    assert robot.get("/api/v1/portfolio", {"q": "nowhere"}).json()["count"] == 0
    assert robot.get("/api/v1/portfolio", {"page": "x"}).status_code == 422
    Export.objects.update(state="making")
    assert robot.get(f"/api/v1/exports/{export.pk}/reports.zip").status_code == 404


def test_the_tree_of_a_client(northfield, alice):
    grow(northfield, alice, ["Europe", "Asia", "Europe > Ops"])
    grow(northfield, alice, ["Chat assistant"], kind="system")
    found = program(alice).get(f"/api/v1/clients/{northfield.pk}/units").json()
    names = {row["id"]: row["name"] for row in found}
    assert [(row["kind"], row["name"], names.get(row["parent"])) for row in found] == [
        ("unit", "Europe", None),
        ("unit", "Ops", "Europe"),
        ("unit", "Asia", None),
        ("system", "Chat assistant", None),
    ]
    assert found[0]["headcount"] is found[0]["closed_on"] is None


def test_a_token_that_asks_too_often_waits(alice):
    robot = program(alice)
    codes = [robot.get("/api/v1/exports").status_code for _time in range(121)]
    assert (codes[:120], codes[120]) == ([200] * 120, 429)
    assert program(alice).get("/api/v1/exports").status_code == 200


def test_the_document_describes_every_address():
    found = Client().get("/api/v1/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert len(found["paths"]) == len(SCOPE_OF)
    assert all(set(methods) == {"get"} for methods in found["paths"].values())
    assert found["components"]["securitySchemes"]["TokenAuth"] == {"type": "http", "scheme": "bearer"}
    assert Client().get("/api/v1/docs").status_code == 404


def test_use_is_noted_once_a_minute(alice, django_assert_num_queries):
    robot = program(alice)
    robot.get("/api/v1/exports")
    noted = ApiToken.objects.get().last_used_at
    assert noted is not None
    robot.get("/api/v1/exports")
    assert ApiToken.objects.get().last_used_at == noted


@pytest.mark.parametrize("over_https", [True, False])
def test_plain_http_is_refused_and_never_redirected(over_https, q1, export, alice, settings):
    settings.SECURE_SSL_REDIRECT = True
    robot = program(alice)
    for name, address in addresses(q1, export):
        response = robot.get(address, secure=over_https)
        assert response.status_code == (200 if over_https else 403), name
        if not over_https:
            assert "Use https://" in response.json()["detail"] and "no-store" in response["Cache-Control"]
    assert ApiToken.objects.filter(last_used_at=None).exists() != over_https, "a token in the clear is not looked at"
