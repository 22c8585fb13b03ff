"""What stands beside a client's results arrives with them, row by row, and whoever wrote the file reaches nothing else."""

import copy
import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace

import pypdf
import pytest
from django.apps import apps
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings, strategies as st

from assessments import results
from assessments.actions import banks
from assessments.formats.bank import load_bank
from assessments.formats.dump import dump_bank
from assessments.formats.problems import ProblemsError
from assessments.handover.archive import Handover, new_key, read_handover, sum_of, write_handover
from assessments.handover.columns import TRAVELS
from assessments.handover.errors import HandoverError
from assessments.handover.import_client import import_client
from assessments.handover.write import closed_assessments, document_of
from assessments.models import (
    AgreedAnswer,
    Asking,
    Assessment,
    BankVersion,
    Consultancy,
    Engagement,
    Logo,
    Organisation,
    RoadmapAction,
    Scenario,
    Translation,
)
from assessments.reports.pdf.manifest import manifest
from assessments.reports.report import report_of
from tests.branding.pictures import SVG, a_jpeg, a_png
from tests.conftest import without_triggers
from tests.handover.test_handover import counted
from tests.handover.whole_client import whole_client


@pytest.fixture
def whole(northfield, version, alice):
    return whole_client(northfield, version, alice)


def packed(organisation):
    file = io.BytesIO()
    write_handover(file, *document_of(organisation, closed_assessments(organisation)))
    return file


def handed(organisation):
    return read_handover(packed(organisation), name="client.zip")


def leave(whole):
    """The client and its consultancy are gone from here."""
    whole.organisation.delete()
    whole.firm.delete()


def forget_banks():
    with without_triggers():
        for model in ("Edit", "NextStep", "Anchor", "Question", "Pillar", "Level", "Translation", "BankVersion"):
            apps.get_model("assessments", model).objects.all().delete()


def tables():
    """By table, what travels of each row but the ways to other rows: these lead to ids that are made anew."""
    for label, found in TRAVELS.items():
        model = apps.get_model(label)
        plain = [name for name in found.columns if not model._meta.get_field(name).is_relation and name != "png"]
        yield label, sorted(map(repr, model.objects.values_list(*plain))) if plain else model.objects.count()


def read_as(assessment, language="en"):
    """What the PDF of an assessment is made from but for the note that it was taken in, with the checksum of everything in it."""
    shown = results.assessment_result(Assessment.objects.get(pk=assessment.pk), reader=None, may_read_comments=True)
    shown = results.with_previous_round(results.in_language(shown, language), lambda before: True)
    return manifest(replace(report_of(shown), origin=()), engine="same", look="same").checksum


def test_every_table_that_travels_arrives_as_it_was(whole, version):
    AgreedAnswer.objects.update(agreed_by=None)
    Asking.objects.filter(revealed_at=None).delete()
    before, found = dict(tables()), handed(whole.organisation)
    assert [label for label, rows in before.items() if not rows] == []
    leave(whole)
    forget_banks()
    import_client(handover=found, lead=whole.lead, dry_run=False)
    for label, rows in tables():
        assert rows == before[label], label


@pytest.mark.parametrize("language", ["en", "de"])
def test_reports_are_made_from_the_same(whole, language):
    before, found = [read_as(made, language) for made in whole.assessments], handed(whole.organisation)
    leave(whole)
    import_client(handover=found, lead=None, dry_run=False)
    assert [read_as(made, language) for made in whole.assessments] == before


def test_ties_between_rows_arrive(whole):
    found = handed(whole.organisation)
    leave(whole)
    import_client(handover=found, lead=None, dry_run=False)
    later = Assessment.objects.get(pk=whole.assessments[1].pk)
    after = RoadmapAction.objects.get(question="vision-value")
    assert [row.question for row in after.requires.all()] == ["vision-direction"]
    assert {row.pillar: row.consultancy and row.consultancy.name for row in later.commentaries.all()} == {
        "": "Ashgrove",
        "culture": None,
    }
    assert later.workshop.askings.get().question.key == later.agreed.get().question.key == "vision-direction"
    assert later.workshop.current is None
    assert later.organisation.logo.width == 100
    assert Engagement.objects.get(organisation=later.organisation).consultancy.logo.width == 200


@pytest.mark.long
def test_another_installation_hands_over_the_same_again(whole, tmp_path):
    """There and back between two databases: the same document, the same banks, texts and logos byte for byte.

    PDFs are as many; those over there say where the result came from, and what it lacks.
    """
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    call_command("export_client", str(whole.organisation.pk), output=str(one))
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}", "LOG_LEVEL": "ERROR"}

    def manage(*arguments):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    manage("migrate", "-v", "0")
    manage("import_client", str(one), "--apply")
    manage("export_client", str(whole.organisation.pk), "--output", str(two))
    before, after = (dict(entries(path)) for path in (one, two))
    assert before.keys() == after.keys()
    reports = sorted(name for name in before if name.endswith(".pdf"))
    assert sorted(name for name in before if before[name] != after[name]) == reports
    assert all("Imported from another installation" in cover(after[name]) for name in reports)


def cover(pdf):
    return " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def entries(path):
    archive = zipfile.ZipFile(path)
    for name in archive.namelist():
        content = archive.read(name)
        if name == "handover.json":
            content = {**json.loads(content), "made_at": None}
        if name != "SHA256SUMS":
            yield name, content


def test_a_dry_run_counts_every_kind(whole):
    found = handed(whole.organisation)
    leave(whole)
    before = counted()
    said = import_client(handover=found, lead=None, dry_run=True)
    assert said == [
        "Client: Northfield",
        "Logo of the client",
        "Consultancy: Ashgrove, as shown on its reports, without its people",
        "Question bank: AI leadership maturity 1.0.0",
        "Assessment: Q1, 1 result",
        "Assessment: Q2, 1 result",
        "4 units",
        "6 people under pseudonyms",
        "336 answers",
        "2 commentaries on results",
        "3 actions of roadmaps",
        "1 scenario",
        "1 agreed answer",
        "1 vote of a workshop",
        "Comments, reasons and evidence texts are not imported: reports created here lack them. "
        "The reports in the file include them.",
    ]
    assert counted() == before


def earlier(found):
    """The same client as a file of the first format held it."""
    document = copy.deepcopy(found.document) | {"format": "maturity-handover/1"}
    for name in ("logo", "consultancies", "engagements"):
        del document[name]
    for entry in document["banks"]:
        del entry["translations"]
    for entry in document["rounds"]:
        for name in ("commentary", "roadmap", "scenarios", "agreed", "workshop", "reminder_days"):
            del entry[name]
    return document, {name: text for name, text in found.files.items() if name.startswith("banks/")}


def test_a_file_of_the_first_format_is_still_taken_in(whole):
    document, files = earlier(handed(whole.organisation))
    leave(whole)
    file = io.BytesIO()
    write_handover(file, {**document}, files)
    assert b"maturity-handover/1" in zipfile.ZipFile(file).read("handover.json")
    said = import_client(handover=read_handover(file, name="old.zip"), lead=None, dry_run=False)
    assert said[-2] == "336 answers"
    assert Assessment.objects.count() == 2
    assert not (RoadmapAction.objects.exists() or Logo.objects.exists() or Consultancy.objects.exists())


def test_who_votes_and_what_is_not_shown_stay_behind(whole):
    text = json.dumps(handed(whole.organisation).document["rounds"][1]["workshop"])
    assert json.loads(text)["votes"][0]["counts"] == [0, 1, 1, 0, 0]
    assert len(json.loads(text)["votes"]) == 1
    assert "p-0" not in text


def test_an_address_in_a_field_that_says_who_stays_behind(whole):
    RoadmapAction.objects.filter(question="vision-direction").update(owner="ellen@northfield.example")
    target = {"target": 4, "reason": "r", "approved_by": "ellen@northfield.example"}
    Assessment.objects.filter(pk=whole.assessments[1].pk).update(targets={"culture": target})
    assert "ellen@" not in json.dumps(handed(whole.organisation).document)


def test_a_scenario_whose_author_was_erased_arrives_without_a_name(whole):
    Scenario.objects.update(name="")
    found = handed(whole.organisation)
    leave(whole)
    import_client(handover=found, lead=None, dry_run=False)
    assert Scenario.objects.get().name == ""


def test_a_consultancy_that_arrives_lets_nobody_in(whole, charlie):
    """Not even the consultants of one that is called the same here, and whose brand stays as it is."""
    found = handed(whole.organisation)
    whole.organisation.delete()
    whole.firm.consultants.add(charlie)
    Consultancy.objects.filter(pk=whole.firm.pk).update(imprint="as it is here")
    said = import_client(handover=found, lead=None, dry_run=False)
    assert "Another consultancy here is also called Ashgrove. It is not changed." in said
    assert not Organisation.objects.managed_by(charlie).exists()
    assert Consultancy.objects.get(pk=whole.firm.pk).imprint == "as it is here"
    assert Consultancy.objects.exclude(pk=whole.firm.pk).get().consultants.count() == 0


def test_texts_that_readers_have_here_stay_as_they_are(whole, version):
    found = handed(whole.organisation)
    leave(whole)
    row = Translation.objects.get()
    row.texts["title"] = "Ein anderer Titel"
    row.save()
    said = import_client(handover=found, lead=None, dry_run=False)
    assert f"The texts of {version} in “de” are not changed here." in said
    assert Translation.objects.get().texts["title"] == "Ein anderer Titel"


def test_a_language_that_a_bank_here_lacks_is_added_and_offered_to_nobody(whole, version):
    found = handed(whole.organisation)
    leave(whole)
    Translation.objects.all().delete()
    BankVersion.objects.update(languages={})
    said = import_client(handover=found, lead=None, dry_run=False)
    assert f"{version} in “de” is added, but readers cannot choose it until you offer it." in said
    assert not Translation.objects.get().is_offered
    assert BankVersion.objects.get().languages == {}


def test_the_texts_of_a_bank_that_arrives_take_the_place_of_what_the_last_version_lent_it(whole, version, alice):
    newer = load_bank(dump_bank(results.bank_of(version)).replace("version: 1.0.0", "version: 1.1.0", 1))
    found = handed(whole.organisation)
    bank = {**found.document["banks"][0], "version": "1.1.0"}
    text = dump_bank(newer)
    file = "translations/ai-leadership-1.0.0.de.yaml"
    german = found.files[file].decode().replace("bank_version: 1.0.0", "bank_version: 1.1.0", 1)
    german = german.replace("title: Reifegrad", "title: Neuer Reifegrad", 1)
    bank["checksum"] = banks.checksum(newer)
    bank["translations"] = [{**bank["translations"][0], "checksum": sum_of(german.encode())}]
    found = Handover(
        {**found.document, "banks": [bank], "rounds": []},
        {bank["checksum"]: text},
        {**found.files, file: german.encode()},
    )
    leave(whole)
    import_client(handover=found, lead=None, dry_run=False)
    arrived = BankVersion.objects.get(version="1.1.0")
    assert arrived.translations.get().texts["title"].startswith("Neuer Reifegrad")
    assert list(arrived.languages) == ["de"]


def later(document):
    return document["rounds"][-1]


WRONG = {
    "a circle": (lambda d: later(d)["roadmap"][0].update(requires=[1]), "would depend on itself"),
    "itself": (lambda d: later(d)["roadmap"][0].update(requires=[0]), "would depend on itself"),
    "an action of nowhere": (lambda d: later(d)["roadmap"][0].update(requires=[9]), "not a whole number from 0 to 2"),
    "a long title": (lambda d: later(d)["roadmap"][0].update(title="x" * 301), "more than 300 characters"),
    "an unknown state": (lambda d: later(d)["roadmap"][0].update(status="lost"), "not a valid choice"),
    "endless effort": (lambda d: later(d)["roadmap"][0].update(effort=1e308), "must be between 0 and 1000"),
    "an hour of nowhere": (
        lambda d: later(d)["roadmap"][0].update(created_at="2026-01-01T09:00:00"),
        "2026-01-01T09:00:00 has no time zone",
    ),
    "no effort": (lambda d: later(d)["roadmap"][1].update(effort=-1), "must be between 0 and 1000"),
    "a full roadmap": (lambda d: later(d).update(roadmap=later(d)["roadmap"] * 70), "not a whole number from 0 to 200"),
    "an unknown question": (lambda d: later(d)["scenarios"][0].update(levels={"x": 2}), "The bank has no 'x'"),
    "level six": (lambda d: later(d)["scenarios"][0]["levels"].update({"vision-direction": 6}), "from 1 to 5"),
    "a long text": (lambda d: later(d)["commentary"][0].update(text="x" * 10_001), "more than 10000 characters"),
    "an empty reason": (lambda d: later(d)["agreed"][0].update(reason=""), "cannot be blank"),
    "a scenario of nothing": (lambda d: later(d)["scenarios"][0].update(levels={}), "cannot be blank"),
    "a deep text": (lambda d: later(d)["commentary"][0].update(text=deep()), "up to three levels deep"),
    "nobody's words": (lambda d: later(d)["commentary"][0].update(consultancy=7), "not a whole number from 0 to 0"),
    "a pillar of nowhere": (lambda d: later(d)["commentary"][0].update(pillar="x"), "The bank has no 'x'"),
    "twice": (lambda d: later(d).update(commentary=later(d)["commentary"] * 2), "The commentary on Q2"),
    "votes for six levels": (lambda d: later(d)["workshop"]["votes"][0].update(counts=[1] * 6), "from 5 to 5"),
    "a long reason": (lambda d: later(d)["agreed"][0].update(reason="x" * 2001), "more than 2000 characters"),
    "no reason": (lambda d: later(d)["agreed"][0].pop("reason"), "“reason” is missing"),
    "a target of six": (lambda d: later(d)["targets"]["culture"].update(target=6), "A target must be between 1 and 5"),
    "a target in words": (
        lambda d: later(d)["targets"]["culture"].update(target="4"),
        "A target must be between 1 and 5",
    ),
    "an endless target": (lambda d: later(d)["targets"]["culture"].update(target=1e999), "inf is not a number"),
    "a target of nowhere": (lambda d: later(d)["targets"].update(x={"target": 4}), "The bank has no 'x'"),
    "a reason of numbers": (lambda d: later(d)["targets"]["culture"].update(reason=[1]), "A text is missing"),
    "a function of nowhere": (lambda d: later(d)["people"][0].update(function="king"), "not a valid choice"),
    "figures of another bank": (
        lambda d: of_another_bank(later(d)["results"][-1]),
        "was not computed with its question bank",
    ),
    "a style": (lambda d: d["consultancies"][0].update(accent="red;}"), "is not a colour"),
    "a logo of nowhere": (lambda d: d["logo"].update(file="logos/x.png"), "“logos/x.png” is missing"),
    "a bank as a logo": (lambda d: d.update(logo=bank_as_a_logo()), "is neither"),
    "a half emoji": (lambda d: later(d)["roadmap"][0].update(title="\ud83d"), "cannot be printed"),
    "a null": (lambda d: later(d)["agreed"][0].update(reason="a\0b"), "cannot be printed"),
}


def reseal(row):
    """A checksum that holds, as somebody writes it who changed the result."""
    row["checksum"] = results.checksum_of(row["result"], row["answers"] or "", row.get("salt", ""))


def of_another_bank(row):
    row["result"] = row["result"].replace("culture", "cutlure")
    reseal(row)


def bank_as_a_logo():
    return {"file": "banks/ai-leadership-1.0.0.yaml", "words": ""}


def deep():
    return "\n".join("  " * level + "- x" for level in range(9))


def test_what_is_wrong_is_one_sentence_and_changes_nothing(small):
    found, before = small
    for name, (change, said) in WRONG.items():
        document = copy.deepcopy(found.document)
        change(document)
        with pytest.raises(HandoverError) as refused:
            import_client(handover=Handover(document, found.banks, found.files), lead=None, dry_run=False)
        assert len(refused.value.sentences) == 1, name
        assert said in refused.value.sentences[0], name
        assert counted() == before, name


@pytest.mark.parametrize(
    ("content", "said"),
    [(SVG, "is neither"), (b"", "is neither"), (a_jpeg()[:-200], "damaged"), (b"\x89PNG\r\n\x1a\n" * 9, "is neither")],
)
def test_a_logo_is_drawn_anew_or_refused(whole, content, said):
    found = handed(whole.organisation)
    leave(whole)

    def with_logo(content):
        document = {**found.document, "logo": {**found.document["logo"], "checksum": sum_of(content)}}
        return Handover(document, found.banks, {**found.files, "logos/client.png": content})

    with pytest.raises(HandoverError, match=said):
        import_client(handover=with_logo(content), lead=None, dry_run=False)
    import_client(handover=with_logo(a_jpeg()), lead=None, dry_run=False)
    assert bytes(Organisation.objects.get().logo.png).startswith(b"\x89PNG")


def places(value, path=()):
    """Every place of a document below its top."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, found in value.items():
            yield from places(found, (*path, key))
    elif isinstance(value, list):
        for number, found in enumerate(value[:2]):
            yield from places(found, (*path, number))


GONE = object()
HOSTILE = st.sampled_from(
    [GONE, None, "", "x" * 20_001, "a\0b", "\ud800", -1, 0, 10**40, 1e308, float("inf"), True, [], {}, [[]], [None]]
)
HOSTILE |= st.sampled_from(["2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", {"x": {}}, "@"])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_place_of_the_file_is_taken_in_or_one_sentence(small, data):
    """Nothing in a document raises anything but HandoverError, and a dry run leaves nothing."""
    found, before = small
    document = copy.deepcopy(found.document)
    *way, last = data.draw(st.sampled_from(list(places(document))))
    holder = document
    for step in way:
        holder = holder[step]
    value = data.draw(HOSTILE)
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    try:
        import_client(handover=Handover(document, found.banks, found.files), lead=None, dry_run=True)
    except HandoverError as refused:
        assert all(sentence.strip() for sentence in refused.sentences)
    assert counted() == before


@pytest.fixture
def small(whole):
    """The later round alone, without translations, which take most of the time."""
    found = handed(whole.organisation)
    leave(whole)
    bank = {**found.document["banks"][0], "translations": []}
    document = {**found.document, "banks": [bank], "rounds": found.document["rounds"][1:]}
    return Handover(document, found.banks, found.files), counted()


# Whoever carries a sealed file


def resealed(whole, change=dict, beside=()):
    """A sealed hand-over of which a carrier has changed what lies open, with all sums put right; and its key."""
    document, files = document_of(whole.organisation, closed_assessments(whole.organisation))
    key, file = new_key(), io.BytesIO()
    write_handover(file, document, change(files), key=key)
    if beside:
        with zipfile.ZipFile(file) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()} | dict(beside)
        contents["SHA256SUMS"] = "".join(
            f"{sum_of(content).removeprefix('sha256:')}  {name}\n"
            for name, content in contents.items()
            if name != "SHA256SUMS"
        ).encode()
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
    return file, key


def test_an_open_document_does_not_pass_for_the_sealed_one(whole):
    forged = json.dumps({"format": "maturity-handover/2", "client": {"name": "Forged"}}).encode()
    file, key = resealed(whole, beside={"handover.json": forged})
    for typed in (key, ""):
        with pytest.raises(ProblemsError, match="not sealed"):
            read_handover(file, name="client.zip", key=typed)
    with pytest.raises(ProblemsError, match="not sealed"):
        read_handover(packed(whole.organisation), name="client.zip", key=key)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("translations/", lambda content: content.replace(b"KI", b"XX")),
        ("logos/client", lambda _content: a_png(10, 10)),
        ("logos/consultancy", lambda _content: a_png(10, 10)),
    ],
)
def test_what_lies_open_beside_it_is_what_it_was(whole, name, change):
    file, key = resealed(whole, lambda files: {n: change(c) if n.startswith(name) else c for n, c in files.items()})
    found = read_handover(file, name="client.zip", key=key)
    leave(whole)
    forget_banks()
    with pytest.raises(HandoverError, match="was changed after it was written"):
        import_client(handover=found, lead=None, dry_run=True)


def test_a_bank_that_is_new_to_everybody_is_said_to_be(whole):
    found = handed(whole.organisation)
    leave(whole)
    said = import_client(handover=found, lead=None, dry_run=True)
    assert not any("every client" in sentence for sentence in said)
    forget_banks()
    said = import_client(handover=found, lead=None, dry_run=True)
    assert any("for every client’s assessments" in sentence for sentence in said)
