"""The demonstration in the database."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.test import override_settings

from assessments import access, results
from assessments.demo import demonstration
from assessments.demo.story import AFTER_OPENING, BANK, FOLDER, opened_months_ago
from assessments.formats.answers import read_one
from assessments.formats.bank import read_bank
from assessments.models import Answer, Assessment, Membership, Participant, Programme, Submission, User
from assessments.pages import questionnaire
from assessments.pages.pulse import pulse_page
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
    newest = results.bank_in(access.published_versions()[0], "de")
    assert (newest.subset("pulse").title, newest.pillars[6].name) == ("Pulsbefragung", "Wandel gestalten")
    versions = {(each.organisation.name, each.name): each.bank_version.version for each in Assessment.objects.all()}
    on_second = [key for key, version in versions.items() if version == "2.1.0" and key[0] != "Brightwater"]
    assert on_second == [("Lakeside", "Q4 2026")]


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
    assert run("consultant@hart.example") == {"Northfield", "Lakeside", "Brightwater"}
    assert run("admin@demo.example") == set()
    assert person("admin@demo.example").is_superuser and not person("consultant@hart.example").is_staff
    assert not Participant.objects.filter(user=person("consultant@hart.example")).exists()


def test_each_organisation_has_one_lead(made):
    leads = Membership.objects.filter(role="lead", organisation__in=made.organisations)
    assert {lead.user.name for lead in leads} == {"Helen Ashworth", "Eleanor Marsh", "Miriam Castell"}


def test_brightwater_measures_every_quarter_and_shows_a_trend(made):
    latest = Assessment.objects.full().filter(organisation__name="Brightwater").latest("closed_at")
    shown = results.assessment_result(latest, reader=None, may_read_comments=False)
    history = results.trend_of(shown, lambda assessment: True)
    verdicts = {trend.key: trend.verdict for trend in history.trends.pillars}
    assert {key for key, verdict in verdicts.items() if verdict == "rising"} >= {"ethics", "infrastructure"}
    assert "falling" in verdicts.values() and "none" in verdicts.values()
    assert latest.organisation.assessments.exclude(subset="").count() == 3


def test_its_latest_pulse_says_what_has_changed(made):
    pulse = Assessment.objects.filter(organisation__name="Brightwater").latest("closed_at")
    shown = results.assessment_result(pulse, reader=None, may_read_comments=False)
    page = pulse_page(results.with_previous_round(shown, lambda assessment: True))
    assert pulse.is_pulse and pulse.name.startswith("Pulse, ")
    assert all(pillar.delta and len(pillar.rows) == 2 for pillar in page.pillars)


def test_its_programme_has_opened_everything_and_goes_on(made):
    programme = Programme.objects.get(organisation__name="Brightwater")
    assert programme.runner.name == "Miriam Castell"
    assert set(programme.runs.values_list("assessment", flat=True)) == set(
        programme.organisation.assessments.values_list("pk", flat=True)
    )
    planned = programme.planned(programme.runs.first().opens_on, programme.runs.last().opens_on)
    opened = [(run.step, run.period, run.opens_on) for run in programme.runs.select_related("step")]
    assert [(each.step, each.period, each.opens) for each in planned] == opened
    assert [each.step.subset for each in programme.coming(programme.organisation.today)[:2]] == ["", "pulse"]


def test_its_roadmap_has_owners_notes_and_one_action_that_is_late(made):
    latest = Assessment.objects.full().filter(organisation__name="Brightwater").latest("closed_at")
    actions = list(results.decisions.actions_of(latest))
    today = latest.organisation.today
    assert all(action.owner_account and not action.owner_left for action in actions)
    assert [action.question for action in actions if action.is_late(today)] == ["change-why"]
    assert all(action.created_at.date() <= (action.done_on or today) <= today for action in actions)
    before = latest.organisation.assessments.full().filter(closed_at__lt=latest.closed_at).latest("closed_at")
    assert len(results.decisions.completed_between(before, latest)) == 2


@pytest.mark.parametrize("day", ["2026-01-31", "2027-03-01", "2028-02-29", "2026-12-31"])
def test_regular_assessments_are_released_before_today_on_working_days(day):
    today = datetime.date.fromisoformat(day)
    for months in (1, 4, 7, 10, 13, 16):
        opened = opened_months_ago(months, today)
        assert opened.weekday() < 5
        assert opened + datetime.timedelta(AFTER_OPENING["released"]) < today
        assert (today.year - opened.year) * 12 + today.month - opened.month == months
