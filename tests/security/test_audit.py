"""One append-only row a change of state, silent about words, addresses and keys; and logs that are as silent."""

import ast
import copy
import logging
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone, translation

from assessments.actions import agreeing, assessments, brands, export_removal, roadmap, scenarios, tokens
from assessments.models import (
    Actor,
    AgreedAnswer,
    ApiToken,
    AuditEvent,
    Consultancy,
    Export,
    Question,
    RoadmapAction,
    Scenario,
    Snippet,
)
from maturity import logs, settings
from tests.mailbox import token_in
from tests.security.tenants import tenant
from tests.security.test_sign_in import PASSWORD, account, code_in, enters_password
from tests.security.test_walk import addresses, path_of

# What writes across tables, wherever it lies
ACTIONS = [
    *(
        path
        for room in ("actions", "demo", "emails", "handover", "privacy")
        for path in Path(f"assessments/{room}").glob("*.py")
    ),
    Path("assessments/audit.py"),
    Path("assessments/encryption.py"),
    *Path("assessments/operations").glob("*.py"),
]
# Atomic actions without a row of their own -> why
SILENT = {
    "answering.save_answer": "a draft",
    "answering.store_late": "a draft",
    "answering.note_calibration": "a draft",
    "answering.rate_last_time": "a draft",
    "assessments.start_alone": "by `assessments.start`",
    "assessments.tell_completion": "an e-mail about submissions, which have rows",
    "kept_reports.forget": "copies of what can be made once more",
    "planning.set_basics": "a draft",
    "planning.set_dates": "a draft",
    "planning.set_targets": "a draft",
    "planning.plan_people": "a draft",
    "planning.drop": "a draft",
    "planning.copy_last": "a draft",
    "banks.remember_columns": "how a sheet is read, which changes no bank",
    "drafts.move": "a draft of a bank: models/edit.py remembers",
    "drafts.arrange": "a draft of a bank",
    "drafts.add_questions": "a draft of a bank",
    "drafts.duplicate": "a draft of a bank",
    "drafts.restore": "a draft of a bank",
    "banks.replace": "a draft of a bank",
    "banks.restore_whole": "a draft of a bank",
    "banks.new_draft": "a draft of a bank",
    "translations.load": "a draft of a translation: its own edits remember",
    "translations.change": "a draft of a translation",
    "translations.confirm": "a draft of a translation",
    "translations.carry_over": "a draft of a translation",
    "workshop_guests.join": "what a guest leaves is deleted when the workshop ends",
    "workshops.vote": "a vote is forgotten once it was counted",
    "banks.publish_draft": "by `banks.publish`",
    "evidence.change": "a part of an answer",
    "evidence.cite": "a part of an answer",
    "evidence.withdraw": "a part of an answer",
    "evidence_files.forget": "by whoever deletes it, or a part of an answer",
    "threads.reply": "the time of a row would tell who replied",
    "threads.follow_up": "the thread shows who asked what on which day",
    "delegation.send_again": "by `delegation.delegate`",
    "delegation.accept_as_new": "by `delegation.accept`",
    "invitations.accept_as_new": "by `invitations.accept`",
    "invitations.invite": "one row a person",
    "invitations.remind_all": "one row a person",
    "messages.with_token": "the key of a link, as its e-mail leaves",
    "tokens.revoke_all": "one row a token",
    "demonstration.make": "by the actions that it calls",
    "example_clients.add": "by the actions that it calls",
}


def actions_without_a_row():
    for path in sorted(ACTIONS):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                atomic = any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
                if atomic and "audit.record" not in ast.unparse(node):
                    yield f"{path.parent.name if path.stem == '__init__' else path.stem}.{node.name}"


def test_every_action_leaves_a_row_or_says_why_not():
    """A new atomic action: call `audit.record` in it, or name it above with the reason."""
    assert set(actions_without_a_row()) - set(SILENT) == set()


WRITES = (".save(", ".create(", ".update(", ".delete(", "_or_create(", ".bulk_create(")
# Actions that write without a transaction of their own -> why
LOOSE = {
    "answering.forget": "a draft",
    "answering.forget_expired": "a draft",
    "evidence_checks.take_back": "inside the transaction of whoever calls it",
    "evidence_files.save": "inside the transaction of whoever calls it",
    "evidence_files.sweep": "files",
    "evidence_register.register_closed": "inside closing",
    "health.storage": "a file, deleted at once",
    "threads.finish": "one row in a confidential assessment, whose time would tell who; else by `threads.close`",
    "threads.forget_replies": "inside erasing",
    "pending_uploads.forget": "a file",
    "pending_uploads.sweep": "files",
    "columns.arrive": "inside the transaction of whoever calls it",
    "bulk_copy.insert": "inside the transaction of whoever calls it",
    "drafts.record": "inside the transaction of whoever calls it",
    "programme_runs.announce": "inside the transaction of `programme_runs._locked`",
    "audit.record": "inside the transaction of whoever calls it",
    "demonstration.seat": "inside `demonstration.make`",
    "brand.client": "inside `demonstration.make`",
    "workshop.hold": "inside `demonstration.make`",
    "programme.start": "inside `demonstration.make`",
    "roadmap.plan": "inside `demonstration.make`",
    "exports.begin": "how far an export is",
    "exports.requeue": "how far an export is",
    "exports.has_room": "whether the storage takes files",
    "exports.note_storage": "whether the storage takes files",
    "storage.store": "a file",
    "outbox.deliver": "how far an e-mail is",
    "outbox.send_now": "how far an e-mail is",
    "emails.queue": "inside the transaction of whoever calls it",
    "read_results.link": "inside the transaction of whoever calls it",
    "read_units.take_in": "inside the transaction of whoever calls it",
    "read_units.add_figures": "inside the transaction of whoever calls it",
    "exports.resume": "how far an export is",
    "exports.store": "how far an export is",
    "exports.make_again": "how far an export is",
    "build_zip.pack": "how far an export is",
    "export_removal.empty_folder": "files",
    "export_removal.remove_of": "inside the transaction of whoever calls it",
    "name_reviews.ask": "inside the transaction of whoever calls it",
    "redaction.redact": "inside erasing",
    "links.ask_again": "inside the transaction of whoever calls it",
    "links.new_account": "inside the transaction of whoever calls it",
    "result_erasure.follow": "inside the transaction of whoever calls it",
    "result_erasure.keep_numbers": "inside erasing",
    "result_erasure.lose_result": "inside erasing",
    "draft_snapshots.put_anchors": "inside the transaction of whoever calls it",
    "draft_snapshots.put_question": "inside the transaction of whoever calls it",
    "draft_snapshots.put_version": "inside the transaction of whoever calls it",
    "people.choose_language": "a preference",
    "tokens.note_use": "when a token was used last",
    "calendars.note_use": "when a calendar was read last",
}


def loose_actions():
    """Public functions that write, or note what they did, outside a transaction."""
    for path in sorted(ACTIONS):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                source = ast.unparse(node)
                if "transaction.atomic" not in source and any(way in source for way in (*WRITES, "audit.record(")):
                    yield f"{path.parent.name if path.stem == '__init__' else path.stem}.{node.name}"


def test_whatever_writes_does_so_in_one_transaction_with_its_row():
    assert set(loose_actions()) == set(LOOSE)


def test_two_who_do_the_same_leave_one_row(assessment, alice):
    """Each holds the row as it was before either has done it."""
    action = RoadmapAction.objects.create(assessment=assessment, checksum="x", title="Ask", horizon="90d")
    scenario = Scenario.objects.create(assessment=assessment, name="What if", levels={}, checksum="x")
    snippet = Snippet.objects.create(consultancy=Consultancy.objects.create(name="Hart"), title="x", text="y")
    question = Question.objects.filter(pillar__version=assessment.bank_version).first()
    agreed = AgreedAnswer.objects.create(assessment=assessment, question=question, level=3, reason="x")
    token = ApiToken.objects.create(user=alice, name="x", token_hash="h", expires_at=timezone.now())
    export = Export.objects.create(user=alice, language="en", expires_at=timezone.now())
    twice = (
        lambda: roadmap.mark(action=copy.copy(action), status="done", by=alice),
        lambda: roadmap.remove(action=copy.copy(action), by=alice),
        lambda: scenarios.remove(scenario=copy.copy(scenario), by=alice),
        lambda: brands.remove_snippet(snippet=copy.copy(snippet), by=alice),
        lambda: agreeing.withdraw(agreed=copy.copy(agreed), by=alice),
        lambda: tokens.revoke(token=copy.copy(token), by=alice),
        lambda: export_removal.remove(export=copy.copy(export), by=alice),
    )
    for number, act in enumerate(twice):
        before = AuditEvent.objects.count()
        act()
        act()
        assert AuditEvent.objects.count() == before + 1, number


@pytest.mark.parametrize(
    "change", ["UPDATE assessments_auditevent SET verb = 'x'", "DELETE FROM assessments_auditevent"]
)
def test_the_log_only_grows(assessment, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_one_change_is_one_row_with_an_opaque_actor(assessment, alice):
    before = AuditEvent.objects.count()
    assessments.close(assessment=assessment, by=alice)
    event = AuditEvent.objects.order_by("-pk")[0]
    assert AuditEvent.objects.count() == before + 1
    assert (event.verb, event.object_id) == ("closed", str(assessment.pk))
    assert event.actor == Actor.objects.get(user=alice).pk


def test_what_is_refused_leaves_no_row(assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    before = AuditEvent.objects.count()
    with pytest.raises(assessments.WrongStateError):
        assessments.close(assessment=assessment, by=alice)
    assert AuditEvent.objects.count() == before


def test_no_word_of_anybody_stands_in_a_row(version, emails):
    tenant("ashcanary", version)
    rows = list(AuditEvent.objects.values_list("verb", "object_type", "object_id"))
    assert len(rows) > 20
    assert "ashcanary" not in str(rows).lower() and "@" not in str(rows)


# Accounts


def verbs_of(user):
    return list(AuditEvent.objects.filter(actor__in=Actor.objects.filter(user=user).values("pk")).values_list("verb"))


def test_signing_in_and_changing_what_opens_an_account_is_noted(db):
    gina = account("gina@northfield.example")
    browser = enters_password(gina)
    new = "another quiet violet boat"
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [verb for (verb,) in reversed(verbs_of(gina))] == ["signed in", "password changed"]


def test_signing_up_is_noted_once(db, mailoutbox):
    browser = Client()
    browser.post("/accounts/signup/", {"name": "Eve Berg", "email": "eve@northfield.example", "password1": PASSWORD})
    browser.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[-1])})
    verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs.count("signed up") == verbs.count("signed in") == 1


def test_a_wrong_password_changes_nothing_and_is_no_row(db):
    gina = account("gina@northfield.example")
    before = AuditEvent.objects.count()
    enters_password(gina, "wrong")
    assert AuditEvent.objects.count() == before


# Logs


class Heard(logging.Handler):
    """What the console would print."""

    def __init__(self):
        super().__init__()
        self.lines = []
        self.addFilter(logs.RedactionFilter())

    def emit(self, record):
        self.lines.append(logging.Formatter().format(record))


@pytest.fixture
def heard():
    handler = Heard()
    loggers = [logging.getLogger(name) for name in ("", "django")]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler.lines
    for logger in loggers:
        logger.removeHandler(handler)


def test_no_key_of_a_mailed_link_is_logged(version, emails, heard):
    made = tenant("ashcanary", version)
    tokens = [token_in(email) for email in emails if "/invitations/" in email.body or "/colleagues/" in email.body]
    for token in tokens:
        for way in ("invitations", "colleagues"):
            for method in ("get", "put", "delete"):
                getattr(Client(), method)(f"/{way}/{token}/")
    for _name, route in addresses():
        Client().post(path_of(route, pk=made.open.pk))
    text = "\n".join(heard)
    assert tokens and len(heard) > len(tokens)
    assert not [token for token in tokens if token in text]
    assert "ashcanary" not in text and "@" not in text.replace("…@…", "")


@pytest.mark.parametrize(
    ("said", "heard_of"),
    [
        ("/accounts/password/reset/key/3-set-password/ c", "/accounts/password/reset/key/…/ c"),
        ("Key (email)=(bob.o'neil+x@north-field.example) exists", "Key (email)=(…@…) exists"),
        ("Bearer mat_abcdefghijklmnopqrstuvwxyz0123456789", "Bearer mat_…"),
    ],
)
def test_what_is_taken_out(said, heard_of):
    assert logs.redact(said) == heard_of


def test_an_exception_is_logged_without_the_address_in_it(heard):
    address = "bob@northfield.example"
    try:
        raise ValueError(address)
    except ValueError:
        logging.getLogger("assessments").exception("It went wrong for %s", address)
    assert "Traceback" in heard[-1] and heard[-1].count("…@…") == 2
    assert address not in heard[-1]


def test_the_console_is_quiet():
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["request_id", "redact"]


@pytest.mark.parametrize(
    ("verb", "label"),
    [
        ("closed", "Geschlossen"),
        ("taken away as audit log csv", "Heruntergeladen audit log csv"),
        ("taken away by token as zip", "Mit einem Token heruntergeladen zip"),
        ("of another version", "of another version"),
    ],
)
def test_a_verb_is_shown_in_the_reader_s_language(verb, label):
    with translation.override("de"):
        assert AuditEvent.label_of(verb) == label
