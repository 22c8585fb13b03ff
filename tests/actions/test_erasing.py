"""Erasing a person: no text and no identity is left, numbers stay where enough others answered, their copy holds all."""

import io
import json
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments import personal, results
from assessments.actions import (
    answering,
    delegation,
    erasing,
    exports,
    invitations,
    organisations,
    packing,
    rounds,
)
from assessments.actions.invitations import Invitee
from assessments.models import (
    Actor,
    AgreedAnswer,
    Answer,
    ApiToken,
    Assessment,
    AuditEvent,
    Commentary,
    Consultancy,
    Delegation,
    Edit,
    Engagement,
    Export,
    KeptAnswers,
    Logo,
    Membership,
    Organisation,
    Participant,
    Question,
    Reopening,
    Result,
    RoadmapAction,
    Scenario,
    Snippet,
    Submission,
    User,
)
from tests.letterbox import BASE, browser_of
from tests.management.test_backup import file, real_file

__all__ = ["file", "real_file"]

PAT = "patcanary"


@pytest.fixture
def pat(db):
    user = User.objects.create_user(f"{PAT}@northfield.example", name=f"{PAT} Smith")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email=f"{PAT}@home.example", verified=True)
    return user


def begun(northfield, version, alice, pat, name, people, **settings):
    """An open round in which pat and others have answered everything; pat with words."""
    assessment = rounds.start(organisation=northfield, bank_version=version, name=name, by=alice, **settings)
    for number in range(people):
        user = pat if number == 0 else User.objects.get_or_create(email=f"other{number}@northfield.example")[0]
        participant = rounds.add_participant(assessment=assessment, user=user, function="ceo", by=alice)
        submission = Submission.objects.create(participant=participant)
        words = PAT if user == pat else "somebody else"
        Answer.objects.bulk_create(
            Answer(
                submission=submission,
                question=question,
                level=1 + (place + number) % 5,
                comment=f"{words} comment",
                evidence_grade=2,
                evidence_text=f"{words} evidence",
                evidence_link=f"https://{words.replace(' ', '')}.example/",
                answered_by=user,
            )
            for place, question in enumerate(Question.objects.filter(pillar__version=version))
        )
    return assessment


def closed(*stage, **settings):
    assessment = begun(*stage, **settings)
    for submission in Submission.objects.filter(participant__assessment=assessment):
        answering.submit(submission=submission, by=submission.participant.user)
    rounds.close(assessment=assessment, by=stage[2])
    rounds.release(assessment=assessment, by=stage[2])
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def five(northfield, version, alice, pat):
    return closed(northfield, version, alice, pat, "Five", 5)


@pytest.fixture
def three(northfield, version, alice, pat):
    return closed(northfield, version, alice, pat, "Three", 3, confidentiality="named")


@pytest.fixture
def everywhere(five, three, northfield, lakeside, version, alice, bob, charlie, pat, letters):
    """Pat wherever somebody can be: leads a client, recorded, invited, passed on, kept, exported, logged, signed in."""
    Membership.objects.create(organisation=lakeside, user=pat, role="lead")
    unfinished = begun(northfield, version, alice, pat, "Open", 2)
    theirs = Submission.objects.get(participant__user=pat, participant__assessment=unfinished)
    others = Submission.objects.exclude(pk=theirs.pk).get(participant__assessment=unfinished)
    said = {"name": f"{PAT} colleague", "note": f"{PAT} note", "base_url": BASE}
    pillars = list(version.pillars.all())
    delegation.pass_on(submission=theirs, pillar=pillars[0], email="gina@northfield.example", by=pat, **said)
    delegation.pass_on(submission=others, pillar=pillars[1], email=pat.email, by=others.participant.user, **said)
    Answer.objects.filter(submission=others, question__pillar=pillars[1]).update(answered_by=pat, comment=f"{PAT} too")
    run = rounds.start(organisation=lakeside, bank_version=version, name="Run by pat", by=pat)
    guests = [Invitee("hugo@lakeside.example", "Hugo", "legal"), Invitee(f"{PAT}@home.example", f"{PAT} S.", "other")]
    invitations.invite(assessment=run, invitees=guests, by=pat, base_url=BASE)
    part = rounds.add_participant(assessment=run, user=charlie, function="ceo", by=pat)
    submission = Submission.objects.create(participant=part)
    answering.submit(submission=submission, by=charlie)
    rounds.reopen(submission=submission, reason=f"{PAT} reason", by=pat, base_url=BASE)
    Assessment.objects.filter(pk=run.pk).update(
        targets={"vision": {"target": 4, "reason": "agreed", "approved_by": pat.name}}
    )
    KeptAnswers.objects.create(user=pat, submission=theirs, pillar="vision", content={"x": PAT})
    ApiToken.objects.create(user=pat, name=f"{PAT} token", token_hash="h", expires_at=timezone.now())
    Scenario.objects.create(
        assessment=five, name="What if", levels={"vision-direction": 5}, checksum=five.results.get().checksum
    )
    RoadmapAction.objects.create(assessment=five, checksum="x", title="Write it down", owner=pat.name, horizon="90d")
    named_by_others(five, lakeside, pat, alice)
    export = exports.ask(rounds=[five], types=["csv"], language="en", by=alice)
    packing.pack(pk=str(export.pk))
    default_storage.save(f"{export.folder}/report.csv", ContentFile(PAT.encode()))
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=alice, content_type=kind, object_id=str(pat.pk), object_repr=str(pat), action_flag=2, change_message="[]"
    )
    browser_of(pat)
    letters.clear()
    return five


def named_by_others(five, lakeside, pat, alice):
    """Pat's name or address in texts of others, in documents of organisations, and what pat wrote for them."""
    name, address = pat.name, f"{PAT}@HOME.example"
    first, last = name.split()
    said = f"Thanks to {name.upper()}, {last.title()}, {first.title()}\n<{address}>: vision first."
    question = Question.objects.filter(pillar__version=five.bank_version).first()
    Answer.objects.filter(submission__participant__assessment=five).exclude(submission__participant__user=pat).update(
        comment=said, evidence_text=said
    )
    Commentary.objects.create(assessment=five, text=said, checksum="x", written_by=pat)
    AgreedAnswer.objects.create(
        assessment=five, question=question, level=3, reason=said, dissent=said, agreed_by=pat,
        earlier=[{"level": 2, "reason": said, "dissent": name, "revision": 1}],
    )  # fmt: skip
    Scenario.objects.create(assessment=five, name=f"{PAT}'s idea", levels={}, checksum="x", created_by=pat)
    RoadmapAction.objects.create(assessment=five, checksum="x", title=f"Ask {name}", owner="Ann", horizon="90d")
    Assessment.objects.filter(pk=five.pk).update(targets={"vision": {"target": 4, "reason": said}})
    hart = Consultancy.objects.create(name="Hart", imprint=said, disclaimer=said)
    hart.consultants.add(pat)
    Engagement.objects.create(consultancy=hart, organisation=lakeside)
    Snippet.objects.create(consultancy=hart, title=f"By {name}", text=said)
    Logo.objects.create(consultancy=hart, png=b"x", width=1, height=1, words=name)
    guest = Participant.objects.create(assessment=five, name=name)
    others = Submission.objects.create(participant=guest)
    Reopening.objects.create(submission=others, reason=said, reopened_by=alice)
    Delegation.objects.create(
        submission=others, pillar=question.pillar, email="x@northfield.example", name=name, note=said, invited_by=alice
    )
    KeptAnswers.objects.create(user=alice, submission=others, pillar="vision", content={"answers": [{"comment": said}]})
    DBTaskResult.objects.create(
        status="FAILED", args_kwargs={}, run_after=timezone.now(), traceback=f"Refused: {{'{address}': (550, b'no')}}"
    )
    Edit.objects.create(version=five.bank_version, by=pat, verb="changed", kind="version", reason=f"{PAT} says so")


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
        erasing.erase(user=pat)
    assert list(found_in_tables()) == []
    assert Session.objects.count() == sessions - 1
    assert default_storage.listdir("exports")[0] == []


STRUCK = "Thanks to […], […]\n<[…]>: vision first."


def test_documents_of_an_organisation_stay_without_the_name(everywhere, pat):
    """What a room agreed on and a board read is theirs; only the last to save it is known, not who wrote which word."""
    erasing.erase(user=pat)
    assert Commentary.objects.get().text == STRUCK
    agreed = AgreedAnswer.objects.get()
    assert (agreed.level, agreed.reason, agreed.dissent, agreed.agreed_by) == (3, STRUCK, STRUCK, None)
    assert agreed.earlier == [{"level": 2, "reason": STRUCK, "dissent": "[…]", "revision": 1}]
    everywhere.refresh_from_db()
    assert everywhere.targets["vision"] == {"target": 4, "reason": STRUCK}
    assert RoadmapAction.objects.filter(title="Ask […]", owner="Ann").exists()
    answers = Answer.objects.filter(submission__participant__assessment=everywhere).exclude(comment="")
    assert set(answers.values_list("comment", "evidence_text")) == {(STRUCK, STRUCK)}
    assert Scenario.objects.filter(name="", levels={}).exists(), "a scenario has one author: the name goes, levels stay"
    assert Edit.objects.filter(reason="", kind="version").exists()


def test_nobody_strikes_words_out_of_the_texts_of_strangers(assessment, alone, charlie, lakeside, version):
    """A name is what somebody calls themselves: it counts where they were, and a single word only where it stands alone."""
    one = User.objects.create_user("board@lakeside.example", name="Board")
    two = User.objects.create_user("first@lakeside.example", name="Vision First")
    own = rounds.start(organisation=lakeside, bank_version=version, name="L", by=charlie)
    for user in (one, two):
        rounds.add_participant(assessment=own, user=user, function="legal", by=charlie)
    for place in (own, assessment):
        Commentary.objects.create(assessment=place, text="The board says: vision first.", checksum="x")
        RoadmapAction.objects.create(assessment=place, checksum="x", title="Ask", owner="Board", horizon="90d")
    erasing.erase(user=one)
    erasing.erase(user=two)
    assert Commentary.objects.get(assessment=own).text == "The board says: […]."
    assert Commentary.objects.get(assessment=assessment).text == "The board says: vision first."
    assert RoadmapAction.objects.get(assessment=own).owner == ""
    assert RoadmapAction.objects.get(assessment=assessment).owner == "Board"


@pytest.mark.parametrize("name", ["Zoë Öz", "Ωλγα Νίκου"])
def test_capitals_of_any_alphabet_are_found(assessment, bob, name):
    User.objects.filter(pk=bob.pk).update(name=name)
    Commentary.objects.create(assessment=assessment, text=f"As {name.upper()} said.", checksum="x")
    erasing.erase(user=bob)
    assert Commentary.objects.get().text == "As […] said."


def test_nobody_empties_the_log_of_the_admin(alice, northfield):
    """What the admin's log says of each change is `changed` or `added`: whoever is called so erases no line by it."""
    one, two = (User.objects.create_user(f"{n}@lakeside.example", name=n) for n in ("changed", "Zoë Grey"))
    kind = ContentType.objects.get_for_model(Organisation)
    said = json.dumps([{"changed": {"name": "membership", "object": "Zoë Grey – Northfield", "fields": ["Role"]}}])
    line = {"user": alice, "content_type": kind, "object_id": str(northfield.pk), "action_flag": 2}
    LogEntry.objects.create(**line, object_repr="Northfield", change_message=said)
    LogEntry.objects.create(**line, object_repr=f"By {two.email}", change_message="Changed Zoë Grey.")
    erasing.erase(user=one)
    assert list(LogEntry.objects.filter(change_message=said).values_list("object_repr", flat=True)) == ["Northfield"]
    erasing.erase(user=two)
    whom, other = LogEntry.objects.order_by("pk")
    (what,) = json.loads(whom.change_message)
    assert what == {"changed": {"name": "membership", "object": "[…] – Northfield", "fields": ["Role"]}}
    assert (whom.object_repr, other.object_repr, other.change_message) == ("Northfield", "By […]", "Changed […].")


def test_of_the_admins_log_only_lines_that_may_say_it_are_read(alice, northfield, monkeypatch):
    quoted = User.objects.create_user("zoe@lakeside.example", name='Zoë "Z\\ed" Grey')
    kind = ContentType.objects.get_for_model(Organisation)
    line = {"user": alice, "content_type": kind, "object_id": str(northfield.pk), "action_flag": 2}
    LogEntry.objects.bulk_create(LogEntry(**line, object_repr="Northfield", change_message="[]") for _n in range(50))
    said = json.dumps([{"changed": {"object": 'Zoë "Z\\ed" Grey', "fields": ["Role"]}}])
    LogEntry.objects.create(**line, object_repr="Northfield", change_message=said)
    read = []
    made = LogEntry.from_db.__func__
    monkeypatch.setattr(
        LogEntry, "from_db", classmethod(lambda cls, *row, **how: read.append(row) or made(cls, *row, **how))
    )
    erasing.erase(user=quoted)
    assert len(read) < 5
    assert [line for line in LogEntry.objects.values_list("change_message", flat=True) if "Grey" in line] == []


def test_a_namesake_keeps_their_own_name(assessment, alice, alone):
    for number in range(2):
        user = User.objects.create_user(f"anna{number}@northfield.example", name="Anna Miller")
        rounds.add_participant(assessment=assessment, user=user, function="legal", by=alice)
    Participant.objects.filter(user__name="Anna Miller").update(name="Anna Miller")
    erasing.erase(user=User.objects.get(email="anna0@northfield.example"))
    assert Participant.objects.get(user__email="anna1@northfield.example").name == "Anna Miller"


def test_an_address_that_was_only_begun_to_be_registered_reaches_nothing(assessment, alice, letters):
    """An account that nobody ever proved falls to the clock; whose address it named is somebody else."""
    guest = "guest@northfield.example"
    invitations.invite(assessment=assessment, invitees=[Invitee(guest, "Guest", "legal")], by=alice, base_url=BASE)
    commentary = Commentary.objects.create(assessment=assessment, text=f"Ask {guest}.", checksum="x")
    squatter = User.objects.create_user(guest)
    EmailAddress.objects.create(user=squatter, email=guest, verified=False, primary=True)
    erasing.erase(user=squatter)
    commentary.refresh_from_db()
    assert commentary.text == f"Ask {guest}."
    assert Participant.objects.filter(invitations__email=guest, name="Guest").exists()
    assert not User.objects.filter(email=guest).exists()


def test_a_longer_address_is_somebody_elses(assessment, bob):
    kept = f"x{bob.email} {bob.email}.au {bob.email}x"
    commentary = Commentary.objects.create(assessment=assessment, text=f"{kept} {bob.email}.", checksum="x")
    erasing.erase(user=bob)
    commentary.refresh_from_db()
    assert commentary.text == f"{kept} […]."


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_a_new_backup(real_file, file, everywhere, pat):
    """Every byte of it: what was deleted is not in free pages either."""
    call_command("backup", str(file), stdout=io.StringIO())
    assert PAT.encode() in file.read_bytes().lower()
    erasing.erase(user=pat)
    call_command("backup", str(file), stdout=io.StringIO())
    assert b"northfield" in file.read_bytes().lower()
    assert PAT.encode() not in file.read_bytes().lower()
    stored = [
        each for each in Path(default_storage.location).rglob("*") if each.is_file() and "sqlite3" not in each.name
    ]
    assert [path for path in stored if PAT.encode() in path.read_bytes().lower() or PAT in str(path)] == []


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


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
    shown = results.round_result(five, reader=None, may_read_comments=True)
    erasing.erase(user=pat)
    again = results.round_result(five, reader=None, may_read_comments=True)
    answers = Answer.objects.filter(submission__participant=part.pk).order_by("pk")
    assert list(answers.values_list("level", flat=True)) == levels
    assert again.result == shown.result
    assert len(again.answers.respondents) == 5
    roles = {person.id: person.role for person in again.answers.respondents}
    assert roles[part.pseudonym] == "other" and "ceo" in roles.values()
    frozen = five.results.get()
    assert frozen.checksum == results.checksum_of(frozen.result, frozen.answers)


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
    rounds.close(assessment=three, by=alice)
    assert len(results.round_result(three, reader=None, may_read_comments=True).answers.respondents) == 2


def test_a_later_result_does_not_count_from_one_that_is_gone(three, five, pat):
    Result.objects.filter(assessment=five).update(
        compared_with=three.results.get(), comparability="comparable", change=1.0, change_is_real=True
    )
    erasing.erase(user=pat)
    later = five.results.get()
    assert (later.compared_with, later.comparability, later.change, later.change_is_real) == (None, None, None, None)


def test_a_round_for_one_goes_with_its_organisation(pat, version):
    own = organisations.create(name="Pat alone", by=pat)
    rounds.start(organisation=own, bank_version=version, name="Me", by=pat, function="ceo", for_one=True)
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
    assert "Said bob" not in json.dumps(personal.copy_of(pat))
    erasing.erase(user=pat)
    answer = Answer.objects.get()
    assert (answer.comment, answer.answered_by) == ("Said bob", None)


def test_a_copy_holds_every_row_of_the_person(everywhere, pat):
    copied = personal.copy_of(pat)
    assert json.loads(json.dumps(copied)) == copied
    for model, held in personal.tables():
        name = personal.label_of(model).split(".")[1]
        assert len(copied["about_you"].get(name, [])) == personal.rows_about(pat, model, held).count(), name
    assert copied["about_you"]["User"][0]["email"] == pat.email
    own = Answer.objects.filter(submission__participant__user=pat).count()
    assert len(copied["about_you"]["Answer"]) == own > 0
    assert copied["about_you"]["Answer"][0]["comment"] == f"{PAT} comment"
    assert copied["noted_in_the_audit_log"]


def test_a_copy_holds_nothing_of_others_and_no_secret(everywhere, pat):
    text = json.dumps(personal.copy_of(pat))
    for word in ("hugo@lakeside", "somebody else comment", "alice@", "charlie@", pat.password, '"token_hash"'):
        assert word not in text, word
    assert Export.objects.exists() and "assessments_" not in text


def test_people_who_are_nobodys_concern_cost_no_more(five, pat, django_assert_max_num_queries):
    User.objects.bulk_create(User(email=f"extra{n}@x.example") for n in range(50))
    with django_assert_max_num_queries(120):
        personal.copy_of(pat)


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
    assert "numbers stay" in capsys.readouterr().out and User.objects.filter(pk=pat.pk).exists()
    call_command("erase_person", pat.email, "--yes")
    assert "Erased." in capsys.readouterr().out and not User.objects.filter(pk=pat.pk).exists()
    with pytest.raises(CommandError):
        call_command("erase_person", "nobody@nowhere.example")
