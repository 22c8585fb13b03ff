"""Two clients with a canary in every text: no archive, no name of a file in one, no hand-over and no program carries the
other's."""

import io
import json
import zipfile

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from assessments.actions import exports, tokens
from assessments.handover import export_requests
from assessments.handover.archive import read_handover
from assessments.models import Export
from assessments.reports import files
from tests.actions.test_exports import own_storage, queue, run  # noqa: F401 - fixtures
from tests.security.test_tenants import ASH, OAK, tenants  # noqa: F401 - a fixture
from tests.views.reauthentication import confirmed

PACKED = ("xlsx", "docx", "pptx", "csv", "json")
QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@pytest.fixture(autouse=True)
def paper(monkeypatch):
    """What a PDF says of other clients is looked at beside the pages; here it is a line."""
    monkeypatch.setattr(files, "_pdf", lambda shown, wait: f"%PDF {shown.assessment}".encode())
    cache.clear()


def words_in(content, name=""):
    """Every name and every text in an archive, and in the archives in it."""
    if not content.startswith(b"PK"):
        return name + content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return name + "".join(words_in(archive.read(entry), entry) for entry in archive.namelist())


def archive_of(export, queue):  # noqa: F811
    exports.resume(export=export)
    run(queue)
    export.refresh_from_db()
    return default_storage.open(export.file.name).read()


def test_no_archive_and_no_name_in_it_carries_the_others(tenants, queue):  # noqa: F811
    for role, mine, theirs in (("lead", ASH, OAK), ("consultant", OAK, ASH)):
        types = ("pdf", *PACKED) if role == "lead" else ("csv",)
        look_into_archives(tenants[mine], getattr(tenants[mine], role), types, queue, mine, theirs)
    no_hand_over_names_a_person(tenants[ASH], queue)


def look_into_archives(made, by, types, queue, mine, theirs):  # noqa: F811
    asked = {}
    asked["zip"] = exports.ask(assessments=made.closed, types=types, language="en", by=by)
    asked["hand-over"] = export_requests.ask(client=made.organisation, language="en", by=by)
    for name, export in asked.items():
        words = words_in(archive_of(export, queue)).lower()
        assert mine in words, name
        assert theirs not in words, name


def no_hand_over_names_a_person(made, queue):  # noqa: F811
    export = export_requests.ask(client=made.organisation, language="en", by=made.lead)
    content = archive_of(export, queue)
    document = json.dumps(read_handover(io.BytesIO(content), key=export.seal_key).document)
    assert "@" not in document
    assert OAK not in document
    people = [f"{ASH} lead", f"{ASH} consultant", f"{ASH} ellen", f"{ASH} guest", *(f"{ASH} {n}" for n in range(3))]
    words = words_in(content) + document
    assert [name for name in people if name in words.replace(f"{ASH} consultancy", "")] == []
    assert "@" not in words_in(content).split("banks/")[0]


def test_no_program_reads_the_others(tenants, queue):  # noqa: F811
    mine, theirs, exported = OAK, ASH, {}
    for canary in (ASH, OAK):
        made = tenants[canary]
        exported[canary] = exports.ask(assessments=made.closed, types=["csv"], language="en", by=made.lead)
        export_requests.ask(client=made.organisation, language="en", by=made.lead)
        archive_of(exported[canary], queue)
    token = tokens.make(name="robot", scopes=tokens.SCOPES, by=tenants[mine].lead)
    program = Client(headers={"Authorization": f"Bearer {token}"})
    own = ["portfolio", f"portfolio?q={mine}", f"rounds/{tenants[mine].closed[0].pk}/result", "exports"]
    own.append(f"clients/{tenants[mine].organisation.pk}/units")
    own += [f"exports/{exported[mine].pk}{ending}" for ending in ("", "/reports.zip")]
    for address in own:
        response = program.get(f"/api/v1/{address}")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200, address
        assert theirs not in words_in(body).lower() + str(dict(response.headers)).lower(), address
    assert [row["id"] for row in program.get("/api/v1/exports").json()] == [str(exported[mine].pk)]
    foreign = [f"rounds/{tenants[theirs].closed[0].pk}/result", f"exports/{exported[theirs].pk}"]
    foreign.append(f"clients/{tenants[theirs].organisation.pk}/units")
    foreign += [
        f"exports/{pk}/reports.zip" for pk in Export.objects.exclude(pk=exported[mine].pk).values_list("pk", flat=True)
    ]
    for address in foreign:
        response = program.get(f"/api/v1/{address}")
        assert response.status_code == 404, address
        assert theirs not in response.content.decode().lower()
    assert program.get("/api/v1/portfolio", {"q": theirs}).json()["rounds"] == []


@settings(max_examples=25, **QUIET)
@given(
    places=st.lists(st.tuples(st.sampled_from([ASH, OAK]), st.integers(0, 1)), min_size=1, max_size=4),
    client=st.sampled_from([ASH, OAK]),
    role=st.sampled_from(["lead", "consultant"]),
)
def test_no_selection_reaches_the_others(tenants, queue, places, client, role):  # noqa: F811
    Export.objects.all().delete()
    browser = confirmed(getattr(tenants[ASH], role))
    chosen = {"rounds": [tenants[canary].closed[place].pk for canary, place in places]}
    sent = {**chosen, "types": ["csv"], "stale": "on"}
    foreign = any(canary == OAK for canary, _place in places)
    for response in (browser.get("/exports/new/", chosen), browser.post("/exports/new/", sent)):
        assert (response.status_code == 404) == foreign
        assert OAK not in response.content.decode()
    assert OAK not in browser.get("/portfolio/", {**chosen, "page": 1}).content.decode()
    handed = browser.post("/exports/hand-over/", {"client": tenants[client].organisation.pk})
    assert handed.status_code == (302 if client == ASH else 400)
    assert OAK not in handed.content.decode()
    assert Export.objects.count() == (not foreign) + (client == ASH)
