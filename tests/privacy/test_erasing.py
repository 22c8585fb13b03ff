"""Erasing a person: no text and no identity is left, numbers are kept where enough others answered, their copy holds all."""

import io
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from assessments import privacy, results
from assessments.actions import assessments, organisations
from assessments.models import (
    Actor,
    Answer,
    Assessment,
    AuditEvent,
    Export,
    Membership,
    Organisation,
    Participant,
    Question,
    Result,
    Scenario,
    Session,
    Submission,
    User,
)
from assessments.privacy import erasing
from tests.actions.pat import PAT, erase_and_look, everywhere, five, own_storage, pat, three
from tests.operations.test_backup import file, real_file

__all__ = ["everywhere", "file", "five", "own_storage", "pat", "real_file", "three"]


def found_in_tables():
    """Every column of every table, whatever its type, that holds the canary."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            for value in model._default_manager.values_list(field.name, flat=True):
                if PAT in str(value).lower():
                    yield f"{model._meta.label}.{field.name}"


def test_nothing_is_left_that_says_who_or_what(everywhere, pat, tmp_path, settings, django_capture_on_commit_callbacks):
    before = set(found_in_tables())
    assert {"assessments.User.email", "assessments.Answer.comment", "assessments.Reopening.reason"} <= before
    sessions = Session.objects.count()
    folders = default_storage.listdir("exports")[0]
    assert folders and sessions
    with django_capture_on_commit_callbacks(execute=True):
        erase_and_look(pat)
    assert list(found_in_tables()) == []
    assert Session.objects.count() == sessions - 1
    assert default_storage.listdir("exports")[0] == []
    assert [
        file
        for file in Path(settings.MEDIA_ROOT, "evidence").rglob("*")
        if file.is_file() and PAT.encode() in file.read_bytes()
    ] == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_a_new_backup(real_file, file, everywhere, pat):
    """Every byte of it: what was deleted is not in free pages either."""
    call_command("backup", str(file), stdout=io.StringIO())
    assert PAT.encode() in file.read_bytes().lower()
    erase_and_look(pat)
    call_command("backup", str(file), stdout=io.StringIO())
    assert b"northfield" in file.read_bytes().lower()
    assert PAT.encode() not in file.read_bytes().lower()
    stored = [
        each for each in Path(default_storage.location).rglob("*") if each.is_file() and "sqlite3" not in each.name
    ]
    assert [path for path in stored if PAT.encode() in path.read_bytes().lower() or PAT in str(path)] == []


def test_the_audit_log_resolves_to_nobody(five, pat):
    number = pat.pk
    erasing.erase(user=pat)
    event = AuditEvent.objects.get(verb="erased")
    assert event.actor is not None and not Actor.objects.filter(pk=event.actor).exists()
    assert event.object_id != str(number)
    assert AuditEvent.objects.filter(actor=event.actor).count() > 1, "what was done stays written down"


def test_with_five_the_numbers_stay_under_the_pseudonym(five, pat):
    part = Participant.objects.get(user=pat)
    levels = list(Answer.objects.filter(submission__participant=part).order_by("pk").values_list("level", flat=True))
    shown = results.assessment_result(five, reader=None, may_read_comments=True)
    erasing.erase(user=pat)
    again = results.assessment_result(five, reader=None, may_read_comments=True)
    answers = Answer.objects.filter(submission__participant=part.pk).order_by("pk")
    assert list(answers.values_list("level", flat=True)) == levels
    assert again.result == shown.result
    assert len(again.answers.respondents) == 5
    roles = {person.id: person.role for person in again.answers.respondents}
    assert roles[part.pseudonym] == "other" and "ceo" in roles.values()
    frozen = five.results.get()
    assert frozen.checksum == results.checksum_of(frozen.result, frozen.answers, frozen.salt)


def test_what_stands_on_a_result_stands_on_it_still(five, pat):
    before = five.results.get().checksum
    scenario = Scenario.objects.create(assessment=five, name="x", levels={}, checksum=before)
    erasing.erase(user=pat)
    scenario.refresh_from_db()
    assert scenario.checksum == five.results.get().checksum != before


def test_with_fewer_the_result_goes_and_the_others_can_close_again(three, pat, alice):
    erasing.erase(user=pat)
    three.refresh_from_db()
    assert three.is_open and three.closed_at is None
    assert not Result.objects.exists()
    assert three.participants.count() == 2
    assessments.close(assessment=three, by=alice)
    assert len(results.assessment_result(three, reader=None, may_read_comments=True).answers.respondents) == 2


def test_a_later_result_does_not_count_from_one_that_is_gone(three, five, pat):
    Result.objects.filter(assessment=five).update(
        compared_with=three.results.get(), comparability="comparable", change=1.0, change_is_real=True
    )
    erasing.erase(user=pat)
    later = five.results.get()
    assert (later.compared_with, later.comparability, later.change, later.change_is_real) == (None, None, None, None)


def test_an_assessment_for_one_goes_with_its_organisation(pat, version):
    own = organisations.create(name="Pat alone", by=pat)
    assessments.start(organisation=own, bank_version=version, name="Me", by=pat, function="ceo", for_one=True)
    assert erasing.plan(pat).own == [own]
    erasing.erase(user=pat)
    assert not Organisation.objects.exists() and not Assessment.objects.exists()


def test_an_organisation_of_several_stays_and_the_plan_says_who_is_missing(pat, bob, version):
    shared = organisations.create(name="Shared", by=pat)
    Membership.objects.create(organisation=shared, user=bob, role="member")
    assert erasing.plan(pat).without_lead == [shared]
    erasing.erase(user=pat)
    assert Organisation.objects.get() == shared


def test_an_interviewers_erasure_leaves_what_others_said(assessment, bob, pat, version):
    part = assessment.participants.get(user=bob)
    submission = Submission.objects.create(participant=part, mode="interview", recorded_by=pat)
    question = Question.objects.filter(pillar__version=version).first()
    Answer.objects.create(submission=submission, question=question, level=2, comment="Said bob", answered_by=pat)
    assert "Said bob" not in json.dumps(privacy.copy_of(pat))
    erasing.erase(user=pat)
    answer = Answer.objects.get()
    assert (answer.comment, answer.answered_by) == ("Said bob", None)


def test_a_copy_holds_every_row_of_the_person(everywhere, pat):
    copied = privacy.copy_of(pat)
    assert json.loads(json.dumps(copied)) == copied
    for model, entry in privacy.tables():
        name = privacy.label_of(model).split(".")[1]
        assert len(copied["about_you"].get(name, [])) == privacy.rows_about(pat, model, entry).count(), name
    assert copied["about_you"]["User"][0]["email"] == pat.email
    own = Answer.objects.filter(submission__participant__user=pat).count()
    assert len(copied["about_you"]["Answer"]) == own > 0
    assert copied["about_you"]["Answer"][0]["comment"] == f"{PAT} comment"
    assert copied["noted_in_the_audit_log"]


def test_a_copy_holds_nothing_of_others_and_no_secret(everywhere, pat):
    text = json.dumps(privacy.copy_of(pat))
    for word in ("hugo@lakeside", "somebody else comment", "alice@", "charlie@", pat.password, '"token_hash"'):
        assert word not in text, word
    assert Export.objects.exists() and "assessments_" not in text


def test_people_who_are_nobodys_concern_cost_no_more(five, pat, django_assert_max_num_queries):
    User.objects.bulk_create(User(email=f"extra{n}@x.example") for n in range(50))
    with django_assert_max_num_queries(120):
        privacy.copy_of(pat)


def test_on_sqlite_what_is_deleted_is_overwritten(pat):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's vacuum does that")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_an_erased_address_can_register_again(pat):
    email = pat.email
    erasing.erase(user=pat)
    assert User.objects.create_user(email).pk


def test_the_command_says_first_and_erases_with_yes(five, pat, capsys):
    call_command("erase_person", pat.email.upper())
    assert "numbers are kept" in capsys.readouterr().out and User.objects.filter(pk=pat.pk).exists()
    call_command("erase_person", pat.email, "--yes")
    assert "Erased." in capsys.readouterr().out and not User.objects.filter(pk=pat.pk).exists()
    with pytest.raises(CommandError):
        call_command("erase_person", "nobody@nowhere.example")
