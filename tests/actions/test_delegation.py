"""Passing a pillar to a colleague, and taking it back."""

import datetime

import pytest
from django.http import Http404
from django.utils import timezone

from assessments import access
from assessments.actions import answering, assessments, delegation, links
from assessments.actions.answering import AnsweringClosedError, Given
from assessments.models import Answer, AuditEvent, Delegation, Question
from tests.conftest import person
from tests.mailbox import BASE, token_in

GINA = "gina@northfield.example"


@pytest.fixture
def pass_on(submission, bob, version, emails):
    def pass_on(email=GINA, pillar="vision"):
        return delegation.delegate(
            submission=submission,
            pillar=version.pillars.get(key=pillar),
            email=email,
            name="Gina",
            note="The first two, please.",
            by=bob,
            base_url=BASE,
        )

    return pass_on


@pytest.fixture
def gina(db):
    return person(GINA)


@pytest.fixture
def passed(pass_on, gina, emails):
    """Vision, accepted by gina."""
    pass_on()
    return delegation.accept(token=token_in(emails[0]), user=gina)


def save(grant, user, key="vision-direction", level="4"):
    question = Question.objects.get(pillar__version__state="published", key=key)
    return answering.save_answer(
        submission=grant.submission,
        delegation=grant.delegation,
        question=question,
        given=Given(choice=level),
        revision=0,
        by=user,
    )


def test_the_link_goes_to_the_colleague_and_opens_the_pillar_once(pass_on, gina, emails, submission):
    pass_on()
    assert emails[0].to == [GINA]
    accepted = delegation.accept(token=token_in(emails[0]), user=gina)
    assert access.require_pillar(gina, submission.pk, "vision")[:2] == (submission, accepted)
    with pytest.raises(links.DeadLinkError):
        delegation.accept(token=token_in(emails[0]), user=gina)


def test_it_opens_that_pillar_alone(passed, gina, submission, assessment):
    for pk, key in ((submission.pk, "culture"), (assessment.pk, "vision")):
        with pytest.raises(Http404):
            access.require_pillar(gina, pk, key)
    with pytest.raises(Http404):
        access.require_question(gina, submission.pk, "culture-data")
    assert access.require_question(gina, submission.pk, "vision-direction").delegation == passed


def test_before_it_is_accepted_it_opens_nothing(pass_on, gina, submission):
    pass_on()
    with pytest.raises(Http404):
        access.require_pillar(gina, submission.pk, "vision")


def test_somebody_else_cannot_accept(pass_on, charlie, emails):
    pass_on()
    with pytest.raises(links.OtherAddressError):
        delegation.accept(token=token_in(emails[0]), user=charlie)
    assert Delegation.objects.get().used_at is None


def test_a_link_makes_the_account_of_its_address(pass_on, emails):
    pass_on()
    user, accepted = delegation.accept_as_new(token=token_in(emails[0]))
    assert (user.email, accepted.user) == (GINA, user)


def test_answers_count_as_the_respondents_and_say_who_gave_them(passed, gina, submission):
    answer = save(access.require_pillar(gina, submission.pk, "vision"), gina)
    assert (answer.submission, answer.answered_by, answer.level) == (submission, gina, 4)


def test_taking_it_back_ends_access_and_keeps_the_answers(passed, gina, bob, submission):
    save(access.require_pillar(gina, submission.pk, "vision"), gina)
    assert delegation.take_back(delegation=passed, by=bob)
    with pytest.raises(Http404):
        access.require_pillar(gina, submission.pk, "vision")
    assert Answer.objects.get().answered_by == gina
    assert not delegation.take_back(delegation=passed, by=bob)
    assert AuditEvent.objects.filter(verb="took back").count() == 1


def test_a_save_that_came_through_the_door_before_it_was_shut_is_refused(passed, gina, bob, submission):
    grant = access.require_pillar(gina, submission.pk, "vision")
    delegation.take_back(delegation=passed, by=bob)
    with pytest.raises(AnsweringClosedError):
        save(grant, gina)
    assert not Answer.objects.exists()


def test_taking_back_a_link_that_was_not_used_closes_it(pass_on, gina, bob, emails):
    delegation.take_back(delegation=pass_on(), by=bob)
    with pytest.raises(links.DeadLinkError):
        delegation.accept(token=token_in(emails[0]), user=gina)


def test_passing_it_to_another_ends_the_first_ones_access(passed, pass_on, gina, submission):
    pass_on("hana@northfield.example")
    with pytest.raises(Http404):
        access.require_pillar(gina, submission.pk, "vision")


def test_a_new_link_replaces_the_old_one(pass_on, gina, bob, emails):
    again = delegation.send_again(delegation=pass_on(), by=bob, base_url=BASE)
    old, new = map(token_in, emails)
    with pytest.raises(links.DeadLinkError):
        delegation.accept(token=old, user=gina)
    assert delegation.accept(token=new, user=gina) == again
    assert again.note == "The first two, please."


def test_a_used_link_is_not_sent_again(passed, bob):
    with pytest.raises(links.DeadLinkError):
        delegation.send_again(delegation=passed, by=bob, base_url=BASE)


def test_nobody_passes_a_pillar_to_themselves(pass_on, bob):
    with pytest.raises(delegation.DelegatedToOneselfError):
        pass_on(bob.email.upper())


def test_submitted_answers_are_neither_passed_on_nor_opened(pass_on, gina, bob, submission, emails):
    pass_on()
    answering.submit(submission=submission, by=bob)
    with pytest.raises(links.DeadLinkError):
        delegation.accept(token=token_in(emails[0]), user=gina)
    with pytest.raises(AnsweringClosedError):
        pass_on("hana@northfield.example")


def test_a_colleague_cannot_save_into_submitted_answers(passed, gina, bob, submission):
    answering.submit(submission=submission, by=bob)
    with pytest.raises(AnsweringClosedError):
        save(access.require_pillar(gina, submission.pk, "vision"), gina)


def test_a_closed_assessment_opens_nothing_to_a_link(pass_on, gina, assessment, alice, emails):
    pass_on()
    assessments.close(assessment=assessment, by=alice)
    with pytest.raises(links.DeadLinkError):
        delegation.accept(token=token_in(emails[0]), user=gina)


def test_so_many_links_a_day(pass_on, monkeypatch):
    monkeypatch.setattr(delegation, "EMAILS_PER_DAY", 2)
    pass_on()
    pass_on("hana@northfield.example")
    with pytest.raises(links.TooOftenError):
        pass_on("ivo@northfield.example")


def test_the_wish_for_a_new_link_goes_to_the_respondent_once_a_day(pass_on, bob, emails):
    pass_on()
    Delegation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    for _time in range(2):
        delegation.ask_for_new(token=token_in(emails[0]), base_url=BASE)
    assert [email.to for email in emails] == [[GINA], [bob.email]]
    delegation.ask_for_new(token="wrong", base_url=BASE)
    assert len(emails) == 2
