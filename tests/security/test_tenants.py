"""Two clients with a canary in every text: no list, search, heat map, comparison, export, file name or mail of one
carries the other's."""

import io
import re
import zipfile

import pypdf
import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.mailbox import browser_of
from tests.security.tenants import tenant
from tests.security.test_walk import addresses, path_of

ASH, OAK = "ashcanary", "oakcanary"
# Of texts that nobody types: keys, states, hashes and addresses of the product's own making
OURS = re.compile(
    r"(^|_)(state|hash|type|verb|id|key|checksum|engine|status|comparability|function|mode|other|page|zone|password"
    r"|confidentiality|pseudonym|role|language|session|pillar|levels|pages|reminder_days|kind|question|horizon|accent"
    r"|order|code|reference|sha256|release|subset|problem|weekdays_off|days_off|counts|scores|salt|origin|counted|differing|browser|system)$"
)
BANKS = {
    "questionbank",
    "bankversion",
    "level",
    "pillar",
    "question",
    "anchor",
    "nextstep",
    "edit",
    "translation",
    "translationedit",
}  # shared by everybody
# Written by a person, and marked in tests of their own where they come into being
ELSEWHERE = {"keptanswers.content", "result.result", "result.answers", "unitfigures.figures"}
# Encrypted, of our own making, or a name that waits to be struck out (`tests/views/test_names.py`)
ELSEWHERE |= {f"outgoingemail.{name}" for name in ("about", "base_url", "last_error", "sealed")}
ELSEWHERE |= {"evidence.file", "keptreport.file", "session.session_data", "namereview.name"}


@pytest.fixture
def tenants(version, emails):
    made = {canary: tenant(canary, version) for canary in (ASH, OAK)}
    made["emails"] = emails
    return made


def text_fields():
    for model in apps.get_app_config("assessments").get_models():
        if model._meta.model_name not in BANKS:
            for field in model._meta.concrete_fields:
                if isinstance(field, CharField | TextField | JSONField) and not OURS.search(field.name):
                    yield model, field.name


def test_every_text_of_a_client_carries_its_canary(tenants):
    """A new field that a person fills is marked here before anything can be said about it."""
    empty = [
        f"{model._meta.model_name}.{name}"
        for model, name in text_fields()
        for canary in (ASH, OAK)
        if not any(canary in str(value) for value in model.objects.values_list(name, flat=True))
    ]
    assert set(empty) - ELSEWHERE == set()


def words_of(response):
    """Headers and everything readable in the body, unpacked where it is packed."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    found = str(dict(response.headers))
    if body.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(body))
        return found + str(reader.metadata) + "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    if body.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(body))
        return found + "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return found + body.decode("utf-8", "replace")


FILES = {"report", "report_file", "chart_file", "sample_report"}


def own_addresses(made, *, files=True):
    """Every page of an open and of a closed assessment; the files of a result as well, which take longer to make."""
    for name, route in addresses():
        for assessment in (made.open, made.closed[1]):
            if files or name not in FILES:
                yield path_of(route, pk=assessment.pk)
    yield f"/assessments/{made.closed[1].pk}/what-if/{made.scenario.pk}/"
    yield f"/assessments/{made.closed[1].pk}/roadmap/{made.action.pk}/"
    yield f"/assessments/{made.closed[1].pk}/threads/{made.thread.pk}/"
    yield f"/evidence/{made.minutes.pk}/"
    yield f"/evidence/{made.minutes.pk}/file"
    yield f"/organisations/{made.organisation.pk}/evidence.csv"
    for page in ("benchmarks", "programme", "programme/change", "evidence"):
        yield f"/organisations/{made.organisation.pk}/{page}/"
    if not files:
        return
    chosen = "&".join(f"rounds={assessment.pk}" for assessment in made.closed)
    yield from (f"/compare{ending}?{chosen}" for ending in ("/", ".pdf", ".xlsx"))
    for form in ("docx", "xlsx", "csv", "json"):
        yield f"/assessments/{made.closed[1].pk}/result/report.{form}"


@pytest.mark.parametrize(
    ("role", "mine", "theirs"), [("lead", ASH, OAK), ("consultant", OAK, ASH), ("ellen", ASH, OAK)]
)
def test_no_page_file_or_file_name_carries_the_others(tenants, role, mine, theirs):
    browser, seen = browser_of(getattr(tenants[mine], role)), 0
    for address in own_addresses(tenants[mine], files=role == "lead"):
        words = words_of(browser.get(address))
        assert theirs not in words.lower(), address
        seen += mine in words.lower()
    assert seen >= (15 if role != "ellen" else 3)  # ellen takes part in the open assessment alone


@pytest.mark.parametrize("role", ["lead", "consultant", "ellen"])
def test_whoever_asks_for_the_others_gets_nothing(tenants, role):
    browser = browser_of(getattr(tenants[ASH], role))
    for address in own_addresses(tenants[OAK]):
        words = words_of(browser.get(address))
        assert OAK not in words.lower().replace(address, ""), address
    for ending in ("/", ".pdf", ".xlsx"):
        both = f"/compare{ending}?rounds={tenants[ASH].closed[0].pk}&rounds={tenants[OAK].closed[0].pk}"
        assert browser.get(both).status_code == 404


def test_no_mail_carries_the_others(tenants):
    emails = tenants["emails"]
    assert len(emails) >= 8
    for email in emails:
        whole = str(email.message()) + email.body + "".join(str(part.content) for part in email.alternatives)
        assert (ASH in whole) != (OAK in whole), email.subject


WORDS = st.sampled_from(["", "a", "canary", OAK, ASH, "round", "o", "oak canary", "%", "_", "organisation"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=WORDS,
    state=st.sampled_from(["", "open", "overdue", "released", "draft"]),
    sort=st.sampled_from(["", "client", "-round", "completion", "-level", "index", "-change", "due", "-activity"]),
    client=st.sampled_from(["", ASH, OAK]),
    address=st.sampled_from(["/portfolio/", "/portfolio/pillars/"]),
    page=st.integers(-1, 3),
)
def test_no_search_filter_or_sort_finds_the_others(tenants, words, state, sort, client, address, page):
    asked = {"q": words, "state": state, "sort": sort, "page": page}
    asked["client"] = str(tenants[client].organisation.pk) if client else ""
    response = browser_of(tenants[ASH].consultant).get(address, asked)
    body = response.content.decode().lower()
    for echoed in (f'value="{words}"', f"q={words}".replace(" ", "+")):  # what was searched for stands in its field
        body = body.replace(echoed, "")
    assert OAK not in body
    assert str(tenants[OAK].closed[0].pk) not in body
