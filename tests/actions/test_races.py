"""Two connections at once: what one of them ends, the other does not go on with."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction

from assessments.actions import agreeing, answering, assessments, bank_migration, delegation, invitations, links
from assessments.actions.answering import AnsweringClosedError, Given
from assessments.actions.invitations import Invitee
from assessments.models import AgreedAnswer, Answer, Assessment, Delegation, Question, Submission, Workshop
from tests.actions.test_invitations import close_for_good
from tests.mailbox import BASE

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60  # seconds


class Beside(threading.Thread):
    """Somebody else, on a connection of their own; a database that is locked is asked again, as a browser would."""

    def __init__(self, act):
        super().__init__(daemon=True)
        self.act, self.outcome = act, None
        self.start()

    def run(self):
        while self.outcome is None:
            try:
                self.outcome = self.act() or "done"
            except OperationalError as problem:
                if "deadlock" in str(problem):
                    self.outcome = type(problem)
                time.sleep(0.01)
            except Exception as problem:
                self.outcome = type(problem)
            finally:
                close_for_good()

    def ends(self):
        self.join(PATIENCE)
        return self.outcome


BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pg_blocking_pids(pid) <> '{}'"


def wait(*others):
    """Whether all of them have come as far as a lock; SQLite's is on everything."""
    until = time.monotonic() + PATIENCE
    while all(other.is_alive() for other in others) and time.monotonic() < until:
        if connection.vendor == "sqlite" or blocked() == len(others):
            return True
        time.sleep(0.01)
    return False


def blocked():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(BLOCKED)
        return cursor.fetchone()[0]


@pytest.fixture
def save(submission, bob):
    question = Question.objects.get(pillar__version=submission.participant.assessment.bank_version, key="vision-value")

    def save():
        answering.save_answer(submission=submission, question=question, given=Given(choice="3"), revision=0, by=bob)

    return save


def test_what_has_waited_for_a_closing_is_refused(assessment, submission, save, alice, bob, emails):
    """A save behind another one of the same draft; submitting, closing again and inviting behind the closing itself."""
    eve = [Invitee("eve@northfield.example", "Eve", "legal")]
    acts = {
        save: AnsweringClosedError,
        lambda: answering.submit(submission=submission, by=bob): AnsweringClosedError,
        lambda: assessments.close(assessment=assessment, by=alice): assessments.WrongStateError,
        lambda: invitations.invite(
            assessment=assessment, invitees=eve, by=alice, base_url=BASE
        ): assessments.WrongStateError,
    }
    with transaction.atomic():
        answering.lock(submission)
        assessments.close(assessment=assessment, by=alice)
        others = [Beside(act) for act in acts]
        assert wait(*others)
    assert [other.ends() for other in others] == [*acts.values()]
    assert not Answer.objects.exists() and assessment.results.count() == 1


def test_closing_waits_for_a_save_that_is_under_way(assessment, save, alice):
    with transaction.atomic():
        save()
        closing = Beside(lambda: assessments.close(assessment=assessment, by=alice).pk)
        assert wait(closing)
    assert closing.ends() == assessment.results.get().pk


def test_what_is_submitted_before_a_closing_is_counted(assessment, submission, save, alice, bob):
    save()
    with transaction.atomic():
        answering.submit(submission=submission, by=bob)
        closing = Beside(lambda: assessments.close(assessment=assessment, by=alice).pk)
        assert wait(closing)
    closing.ends()
    assert '"vision-value": 3' in assessment.results.get().answers


def test_a_submission_is_not_given_back_once_it_was_counted(assessment, submission, alice, bob, emails):
    answering.submit(submission=submission, by=bob)
    with transaction.atomic():
        assessments.close(assessment=assessment, by=alice)
        back = Beside(lambda: assessments.reopen(submission=submission, reason="Why", by=alice, base_url=BASE))
        assert wait(back)
    assert back.ends() is assessments.WrongStateError
    submission.refresh_from_db()
    assert submission.is_submitted


def test_an_assessment_does_not_move_away_from_an_answer_that_is_being_saved(assessment, save, alice, monkeypatch):
    monkeypatch.setattr(bank_migration, "destinations", lambda current: [current.bank_version])
    with transaction.atomic():
        save()
        move = Beside(
            lambda: bank_migration.move_assessment(assessment=assessment, version=assessment.bank_version, by=alice)
        )
        assert wait(move)
    assert move.ends() is assessments.WrongStateError
    assert Assessment.objects.get(pk=assessment.pk).is_open and Answer.objects.exists()


def test_an_agreed_answer_is_taken_back_after_whoever_records_one(assessment, alice):
    """Neither holds what the other waits for."""
    workshop = Workshop.objects.create(assessment=assessment)
    question = Question.objects.get(pillar__version=assessment.bank_version, key="vision-value")
    agreed = AgreedAnswer.objects.create(assessment=assessment, question=question, level=3, reason="Why")
    with transaction.atomic():
        Workshop.objects.select_for_update().get(pk=workshop.pk)
        other = Beside(lambda: agreeing.withdraw(agreed=agreed, by=alice))
        assert wait(other)
        assert AgreedAnswer.objects.select_for_update(nowait=True).get() == agreed
    assert other.ends() == "done" and not AgreedAnswer.objects.exists()


def test_a_pillar_is_passed_on_again_after_whoever_takes_it_back(submission, version, bob, emails):
    sent = {"email": "gina@northfield.example", "name": "Gina", "note": ""}
    passed = delegation.delegate(submission=submission, pillar=version.pillars.first(), by=bob, base_url=BASE, **sent)
    with transaction.atomic():
        Submission.objects.select_for_update().get(pk=submission.pk)
        again = Beside(lambda: delegation.send_again(delegation=passed, by=bob, base_url=BASE))
        assert wait(again)
        assert Delegation.objects.select_for_update(nowait=True).get() == passed
        delegation.take_back(delegation=passed, by=bob)
    assert again.ends() is links.DeadLinkError
