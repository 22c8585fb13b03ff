"""A hand-over that anybody may have written: no result is taken on trust."""

import copy
import hashlib
import io
import json
import re
import zipfile

import pytest
from django.db import IntegrityError, transaction

from assessments import results
from assessments.actions import benchmarks, organisations
from assessments.formats.problems import ProblemsError
from assessments.handover.archive import Handover, _document, read_handover
from assessments.handover.errors import HandoverError
from assessments.handover.export_requests import _read_me
from assessments.handover.import_client import import_client
from assessments.models import (
    Assessment,
    BankVersion,
    Commentary,
    Organisation,
    PillarResult,
    Result,
    RoadmapAction,
    Scenario,
)
from assessments.reports.files import file_of
from assessments.reports.pdf.report import report_html
from assessments.reports.report import report_of
from assessments.results.benchmark import countable
from tests.conftest import person
from tests.handover.test_whole import later, packed, reseal
from tests.handover.whole_client import german, whole_client
from tests.results.test_changes import played


@pytest.fixture(scope="module")
def packet(django_db_setup, django_db_blocker):
    """The file of a client who is gone from here, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        alice, version = person("alice@northfield.example"), BankVersion.objects.published().get()
        northfield = organisations.create(name="Northfield", by=alice)
        file = packed(whole_client(northfield, version, alice).organisation)
        transaction.set_rollback(True)
    return file


@pytest.fixture
def found(packet, version):
    german(version)
    return read_handover(packet, name="client.zip")


def arrive(found, change=lambda document: None):
    """What is said when the client arrives, its document changed by somebody who mends every checksum."""
    document = copy.deepcopy(found.document)
    change(document)
    for entry in document["rounds"]:
        for row in entry["results"]:
            was = row["checksum"]
            reseal(row)
            for written in (*entry["commentary"], *entry["roadmap"], *entry["scenarios"]):
                written["of_result"] = row["checksum"] if written["of_result"] == was else written["of_result"]
    return import_client(handover=Handover(document, found.banks, found.files), lead=None, dry_run=False)


def refused(found, change):
    with pytest.raises(HandoverError) as error:
        arrive(found, change)
    assert Result.objects.count() == 0
    return str(error.value)


def forge(row, change):
    """The result of a row, changed."""
    figures = json.loads(row["result"])
    change(figures)
    row["result"] = json.dumps(figures, ensure_ascii=False)


def level_five(figures):
    figures["overall"]["level"] = 5


FORGED = {
    "the level": level_five,
    "the index": lambda figures: figures["overall"].update(index=4.9),
    "a pillar": lambda figures: figures["pillars"][0].update(level=5, score=5.0),
    "a question": lambda figures: figures["pillars"][0]["questions"][0].update(low_median=5),
    "a priority": lambda figures: figures["priorities"][0].update(action="Hire us"),
    "the last digits": lambda figures: figures["pillars"][0].update(score=figures["pillars"][0]["score"] + 1e-6),
    "a figure that is gone": lambda figures: figures["pillars"][0].update(score=None),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_result_that_its_answers_do_not_come_to_is_refused(found, name):
    said = refused(found, lambda document: forge(later(document)["results"][-1], FORGED[name]))
    assert "A result of Q2 does not match its answers." in said


def test_an_earlier_revision_is_looked_at_as_well(found):
    def change(document):
        rows = later(document)["results"]
        rows.insert(0, {**copy.deepcopy(rows[0]), "compared_with": None})
        rows[1]["revision"] = 2
        forge(rows[0], level_five)

    assert "does not match its answers" in refused(found, change)


def test_a_forged_change_is_refused(found):
    assert "The change of Q2 does not match its answers." in refused(
        found, lambda document: later(document)["results"][-1].update(change=3.5)
    )


@pytest.mark.parametrize("before", [["00000000-0000-0000-0000-000000000000", 1], "itself"])
def test_a_change_since_what_did_not_come_before_is_refused(found, before):
    def change(document):
        entry = later(document)
        entry["results"][-1]["compared_with"] = [entry["id"], 1] if before == "itself" else before

    assert "Q2 is compared with an assessment that did not come before it." in refused(found, change)


STRANGE = {
    "one more was invited than is told": lambda d: later(d)["people"].append({"pseudonym": "p-9", "function": "ceo"}),
    "somebody who answered was not asked": lambda d: later(d)["people"].pop(),
}


@pytest.mark.parametrize("name", STRANGE)
def test_people_answers_and_counts_have_to_fit(found, name):
    assert "The people of Q2 are not those counted in its result." in refused(found, STRANGE[name])


def test_nobody_stands_twice_among_the_people(found):
    said = refused(found, lambda document: later(document)["people"].append(later(document)["people"][0]))
    assert "Q2 names one of its people twice." in said


def test_the_result_of_another_assessment_is_refused(found):
    def change(document):
        row, other = (entry["results"][-1] for entry in document["rounds"])
        other.update(result=row["result"], answers=row["answers"])

    assert "A result of Q2 does not belong to this assessment." in refused(found, change)


def test_revisions_stand_in_order(found):
    said = refused(found, lambda document: later(document)["results"].append(later(document)["results"][0]))
    assert "not valid" in said or "are not in order" in said


def test_what_was_scored_anew_says_so(found):
    arrive(found)
    assert set(Result.objects.values_list("origin", flat=True)) == {"rescored"}


def of_another_engine(row, change=lambda figures: None):
    row["engine"] = "0.9.0"
    forge(row, lambda figures: (figures.update(engine="0.9.0"), change(figures)))


def test_a_result_of_another_engine_with_the_same_figures_counts_as_scored_anew(found):
    arrive(found, lambda document: of_another_engine(later(document)["results"][-1]))
    assert set(Result.objects.values_list("origin", flat=True)) == {"rescored"}


def test_a_result_of_another_engine_with_other_figures_is_marked(found):
    arrive(found, lambda document: of_another_engine(later(document)["results"][-1], level_five))
    assert Result.objects.get(assessment__name="Q2").origin == "delivered"
    assert Result.objects.get(assessment__name="Q1").origin == "rescored"


def test_a_result_without_answers_is_marked(found):
    arrive(found, lambda document: later(document)["results"][-1].update(answers=None))
    row = Result.objects.get(assessment__name="Q2")
    assert row.origin == "delivered"
    assert row.checksum == results.checksum_of(row.result, row.answers, row.salt)
    shown = results.assessment_result(row.assessment, reader=None, may_read_comments=True)
    assert (shown.means, shown.answers.respondents) == (frozenset(), ())


def test_a_file_of_before_there_were_salts_arrives_with_one(found):
    def change(document):
        for entry in document["rounds"]:
            for row in entry["results"]:
                del row["salt"]

    was = [row["checksum"] for row in later(found.document)["results"]]
    arrive(found, change)
    row = Result.objects.get(assessment__name="Q2")
    assert row.salt
    assert row.checksum not in was
    assert row.checksum == results.checksum_of(row.result, row.answers, row.salt)
    for model in (RoadmapAction, Scenario):
        assert set(model.objects.values_list("checksum", flat=True)) == {row.checksum}
    assert row.checksum in set(Commentary.objects.values_list("checksum", flat=True))


@pytest.mark.parametrize("salt", ["x", "0" * 31, 5, ["0" * 32], None])
def test_an_odd_salt_is_a_sentence(found, salt):
    document = copy.deepcopy(found.document)
    later(document)["results"][-1]["salt"] = salt
    with pytest.raises(HandoverError, match="Q2"):
        import_client(handover=Handover(document, found.banks, found.files), lead=None, dry_run=False)


def test_small_rows_follow_from_the_result(found):
    arrive(found)
    for row in Result.objects.all():
        figures = json.loads(row.result)
        assert (row.index, row.level) == (figures["overall"]["index"], figures["overall"]["level"])
        kept = PillarResult.objects.filter(result=row).values_list("key", "score", "level")
        assert list(kept) == [(p["key"], p["score"], p["level"]) for p in figures["pillars"]]
    assert Assessment.objects.count() == 2


NOT_VERIFIED = "As delivered, not verified"
LACKING = "Comments, reasons and evidence texts"


@pytest.fixture
def delivered(found, alice):
    """Q2 came without answers, Q1 with them; alice leads the client."""
    document = copy.deepcopy(found.document)
    later(document)["results"][-1]["answers"] = None
    reseal(later(document)["results"][-1])
    said = import_client(handover=Handover(document, found.banks, found.files), lead=alice, dry_run=False)
    first, second = Assessment.objects.order_by("name")
    return first, second, said


def told(assessment):
    """Every file of an assessment, as text."""
    shown = results.assessment_result(assessment, reader=None, may_read_comments=True)
    shown = results.with_previous_round(shown, lambda before: True)
    yield from (file_of(shown, form, wait=0).decode() for form in ("csv", "json"))
    for form in ("xlsx", "docx"):
        with zipfile.ZipFile(io.BytesIO(file_of(shown, form, wait=0))) as archive:
            yield "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    yield report_html(report_of(shown))


def test_page_and_every_file_say_that_a_result_was_not_verified(delivered, client, alice):
    verified, unverified, _said = delivered
    client.force_login(alice)
    for assessment, is_marked in ((verified, False), (unverified, True)):
        page = client.get(f"/assessments/{assessment.pk}/result/")
        assert page.status_code == 200
        for text in (page.text, *told(assessment)):
            assert (NOT_VERIFIED in text) == is_marked
            assert "Imported from another installation. " + LACKING in text


def test_lists_and_the_interface_for_programs_say_so(delivered, client, alice):
    client.force_login(alice)
    assert client.get("/portfolio/").text.count("not verified") == 1
    assert client.get("/portfolio/pillars/").text.count("not verified") == 1
    shapes = Result.objects.current().order_by("assessment__name").values_list("origin", flat=True)
    assert list(shapes) == ["rescored", "delivered"]


def test_what_does_not_travel_is_said_before_in_the_file_and_where_it_arrives(delivered, client, alice):
    client.force_login(alice)
    assert LACKING in client.get("/exports/hand-over/").text.replace("\n", " ")
    assert LACKING in _read_me(is_sealed=True)
    _first, _second, said = delivered
    assert any(LACKING in sentence for sentence in said)
    assert "Q2, result 1: as delivered, not verified" in said


def test_a_result_made_here_says_nothing_of_it(northfield, version, alice, client):
    made = played(northfield, version, alice, "Q1", [2])
    client.force_login(alice)
    texts = (client.get(f"/assessments/{made.pk}/result/").text, *told(made))
    assert not any(NOT_VERIFIED in text or "Imported from" in text for text in texts)


def test_what_was_not_verified_is_counted_in_no_benchmark(delivered, version, alice):
    first, second, _said = delivered
    Organisation.objects.update(is_verified=True)
    benchmarks.consent(organisation=second.organisation, by=alice)
    Assessment.objects.filter(pk=first.pk).delete()
    assert list(countable([version.pk])) == []
    Result.objects.update(origin="rescored")
    assert len(list(countable([version.pk]))) == 1


def set_at(*way, value):
    def change(document):
        *steps, last = way
        holder = document
        for step in steps:
            holder = holder[step]
        holder[last] = value

    return change


ROUND = ("rounds", -1)
ENDLESS = {
    "a change": ((*ROUND, "results", -1, "change"), float("inf"), "rounds[1].results[0].change: inf is not a number"),
    "an effort": ((*ROUND, "roadmap", 0, "effort"), float("nan"), "rounds[1].roadmap[0].effort: nan is not a number"),
    "a target": ((*ROUND, "targets", "culture", "target"), float("inf"), "targets.culture.target: inf is not a number"),
    "a level": ((*ROUND, "scenarios", 0, "levels", "vision-direction"), 10**40, "levels.vision-direction: 1000"),
    "a revision": ((*ROUND, "results", -1, "revision"), -1, "not a whole number from 1"),
    "a late day": ((*ROUND, "due_on"), "9999-12-31", "9999-12-31 is not in the years 1970 to 2199"),
    "an early moment": (("client", "created_at"), "0001-01-01T00:00:00+14:00", "is not in the years 1970 to 2199"),
    "a moment of the result": (
        (*ROUND, "results", -1, "frozen_at"),
        "9999-12-31T23:59:59-14:00",
        "is not in the years",
    ),
    "a moment of an action": ((*ROUND, "roadmap", 0, "created_at"), "9999-12-31T23:59:59Z", "is not in the years"),
    "a bell": ((*ROUND, "name"), "Q2\a", "rounds[1].name: the character U+0007 cannot be printed"),
    "a bell in a key": (
        (*ROUND, "targets", "\a"),
        {"target": 3},
        "rounds[1].targets, a key: the character U+0007",
    ),
    "a noncharacter": ((*ROUND, "commentary", 0, "text"), "a\uffff", "commentary[0].text: the character U+FFFF"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_no_column_can_hold_is_refused_with_its_place(found, name):
    way, value, said = ENDLESS[name]
    assert said in refused(found, set_at(*way, value=value))


@pytest.mark.parametrize(
    ("key", "value"),
    [("change", b"1e999"), ("change", b"NaN"), ("change", b"9" * 5000), ("revision", b'1, "revision": 1')],
)
def test_a_file_with_such_a_number_is_one_sentence(packet, db, key, value):
    changed = io.BytesIO()
    with zipfile.ZipFile(packet) as source, zipfile.ZipFile(changed, "w") as target:
        contents = {name: source.read(name) for name in source.namelist() if name != "SHA256SUMS"}
        contents["handover.json"] = re.sub(
            b'"%s": [^,\n]*' % key.encode(), b'"%s": %s' % (key.encode(), value), contents["handover.json"], count=1
        )
        sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
        for name, content in {**contents, "SHA256SUMS": sums.encode()}.items():
            target.writestr(name, content)
    with pytest.raises(ProblemsError) as error:
        read_handover(changed, name="x.zip")
    assert "rounds[0].results[0]" in str(error.value)


def test_a_deep_document_is_a_sentence():
    with pytest.raises(ProblemsError, match="nested too deeply"):
        _document(b"[" * 1_000_000, "x.zip")


BEYOND = {
    "a level": lambda figures: figures["overall"].update(level=6),
    "an index": lambda figures: figures["overall"].update(index=1e300),
    "a share": lambda figures: figures["pillars"][0].update(coverage=-0.1),
    "a count": lambda figures: figures["pillars"][0]["questions"][0].update(n=-1),
    "an effort": lambda figures: figures["priorities"][0].update(effort=-500),
    "no effort": lambda figures: figures["priorities"][0].update(effort=0),
    "an endless effort": lambda figures: figures["priorities"][0].update(effort=1_000_001),
    "a standard error": lambda figures: figures["pillars"][0].update(se=101),
    "an interval": lambda figures: figures["overall"].update(interval=[1, 50]),
}


@pytest.mark.parametrize("name", BEYOND)
def test_a_delivered_figure_lies_on_its_scale(found, name):
    def change(document):
        row = later(document)["results"][-1]
        of_another_engine(row, BEYOND[name])
        row["answers"] = None

    assert "must be between" in refused(found, change)


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (Result, "index", float("inf")),
        (Result, "change", float("inf")),
        (Result, "level", 9),
        (PillarResult, "score", float("inf")),
        (RoadmapAction, "effort", float("inf")),
    ],
)
def test_no_row_can_hold_what_stops_a_list(delivered, model, column, value):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**{column: value})
