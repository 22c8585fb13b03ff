"""The demonstration in the database."""

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.test import override_settings

from assessments import access, results
from assessments.demo import demonstration
from assessments.demo.story import BANK, FOLDER
from assessments.formats.answers import read_one
from assessments.formats.bank import read_bank
from assessments.models import Answer, Assessment, Membership, Participant, Submission, User
from assessments.pages import questionnaire
from assessments.pages.result.page import changes
from assessments.scoring.result import score


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    """Made once for all tests of this file, and taken back at its end."""
    hashers = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with hashers, django_db_blocker.unblock(), transaction.atomic():
        yield demonstration.make()
        transaction.set_rollback(True)


@pytest.fixture
def made(once, db):
    return once


def assessment_of(organisation, name):
    return Assessment.objects.get(organisation__name=organisation, name=name)


def person(email):
    return User.objects.get(email=email)


def test_the_frozen_result_is_that_of_the_file(made):
    shown = results.assessment_result(assessment_of("Northfield", "Q4 2026"), reader=None, may_read_comments=True)
    bank = read_bank(BANK)
    expected = score(bank, read_one(FOLDER / "northfield-2026-q4.json", bank))
    assert shown.result.overall == expected.overall
    assert shown.result.pillars == expected.pillars
    assert (shown.result.answered, shown.result.invited) == (9, 11)
    assert len(shown.comments["infrastructure-data"]) == 3


def test_reasons_evidence_and_comments_are_stored(made):
    answer = Answer.objects.get(
        question__key="vision-direction",
        submission__participant__user__email="executive@northfield.example",
        submission__participant__assessment__name="Q4 2026",
    )
    assert (answer.level, answer.evidence_grade) == (5, 3)
    assert answer.evidence_text.startswith("Board minute")
    assert answer.evidence_link.startswith("https://intranet.northfield.example/")
    assert not Answer.objects.filter(other="not_applicable", reason="").exists()
    assert assessment_of("Northfield", "Q4 2026").targets["ethics"]["reason"].startswith("The regulator")


def test_the_executive_has_answered_a_part_of_the_open_assessment(made):
    submission = access.submission_for(
        person("executive@northfield.example"), assessment_of("Northfield", "Q1 2027").pk
    )
    sections = questionnaire.progress_of(submission).sections
    assert [section.answered for section in sections] == [7, 7, 3, 0, 0, 0, 0, 0]
    assert not submission.is_submitted


def test_answers_of_the_last_round_can_be_shown(made):
    submission = access.submission_for(
        person("executive@northfield.example"), assessment_of("Northfield", "Q1 2027").pk
    )
    assert questionnaire.pillar_page(submission, "ethics").last_choices["ethics-accountability"] == "4"


def test_the_open_assessment_has_answers_of_others(made):
    rows = Submission.objects.filter(participant__assessment=assessment_of("Northfield", "Q1 2027"))
    assert (rows.submitted().count(), rows.count()) == (2, 6)


def test_new_assessments_use_the_second_version_and_lakeside_has_one(made):
    assert [version.version for version in access.published_versions()] == ["2.1.0", "1.0.0"]
    assert all("de" in version.languages for version in access.published_versions())
    versions = {(each.organisation.name, each.name): each.bank_version.version for each in Assessment.objects.all()}
    assert [key for key, version in versions.items() if version == "2.1.0"] == [("Lakeside", "Q4 2026")]


def test_where_nothing_is_shared_a_sentence_says_so(made):
    shown = results.assessment_result(assessment_of("Lakeside", "Q4 2026"), reader=None, may_read_comments=False)
    section = changes(results.with_previous_round(shown, lambda assessment: True).view)
    assert (section.svg, len(section.sentences)) == (None, 1)
    assert section.sentences[0].startswith(
        "These were asked on different versions of the bank (Q3 2026: 1.0.0, Q4 2026: 2.1.0)."
    )


def test_dates_tell_the_story(made):
    for assessment in Assessment.objects.closed():
        frozen = assessment.results.get()
        assert assessment.created_at < assessment.opened_at < assessment.closed_at < assessment.released_at
        assert frozen.frozen_at == assessment.closed_at
        for row in Submission.objects.filter(participant__assessment=assessment):
            saved = row.answers.order_by("saved_at")
            assert assessment.opened_at <= row.started_at < saved.first().saved_at
            assert saved.last().saved_at < row.submitted_at < assessment.closed_at


def test_assessments_pair_by_pseudonym(made):
    def names(name):
        taken = Participant.objects.filter(assessment=assessment_of("Northfield", name), submission__state="submitted")
        return set(taken.values_list("pseudonym", flat=True))

    assert names("Q2 2026") == names("Q4 2026") != set()


def test_three_accounts_can_sign_in_and_nobody_else(made):
    able = {user.email for user in User.objects.all() if user.has_usable_password()}
    assert able == {"executive@northfield.example", "consultant@hart.example", "admin@demo.example"}
    for email in able:
        assert person(email).check_password(demonstration.PASSWORD)
        assert EmailAddress.objects.get(user__email=email, verified=True, primary=True).email == email


def test_each_account_sees_what_its_story_says(made):
    def run(email):
        return set(Assessment.objects.managed_by(person(email)).values_list("organisation__name", flat=True))

    assert run("executive@northfield.example") == {"Northfield"}
    assert run("consultant@hart.example") == {"Northfield", "Lakeside"}
    assert run("admin@demo.example") == set()
    assert person("admin@demo.example").is_superuser and not person("consultant@hart.example").is_staff
    assert not Participant.objects.filter(user=person("consultant@hart.example")).exists()


def test_each_organisation_has_one_lead(made):
    leads = Membership.objects.filter(role="lead", organisation__in=made.organisations)
    assert {lead.user.name for lead in leads} == {"Helen Ashworth", "Eleanor Marsh"}
