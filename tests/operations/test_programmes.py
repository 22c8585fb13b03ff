"""Programmes run by themselves: years of them by a clock that is set by hand, killed and doubled workers."""

import datetime
import zoneinfo
from dataclasses import replace
from unittest import mock

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assessments.actions import assessments, banks, organisations, programme_runs, programmes
from assessments.actions.invitations import Invitee
from assessments.actions.programmes import StepPlan
from assessments.formats.bank import read_bank
from assessments.models import (
    Assessment,
    AuditEvent,
    Membership,
    Organisation,
    OutgoingEmail,
    Programme,
    ProgrammeRun,
    Submission,
    User,
)
from assessments.operations import programmes as clockwork, reminders
from tests.actions.test_races import Beside
from tests.conftest import person
from tests.mailbox import BASE, browser_of

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
WEEKEND = [5, 6]
State, Problem = ProgrammeRun.State, ProgrammeRun.Problem
PEOPLE = [Invitee("bob@northfield.example", "Bob", "legal"), Invitee("erin@northfield.example", "Erin", "people")]
EASY = {
    "confidentiality": "confidential",
    "reminder_days": [7, 1],
    "keeps_targets": True,
    "release": "hand",
    "weekdays_off": WEEKEND,
    "days_off": [["12-24", "01-06"]],
}


def moment(text, zone="UTC"):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zoneinfo.ZoneInfo(zone))


def at(when):
    return mock.patch("django.utils.timezone.now", return_value=when)


def day(text):
    return datetime.date.fromisoformat(text)


def tick():
    return clockwork.run_due(base_url=BASE)


def days_from(first, last, zone="UTC", hours=(0, 9)):
    """The clock at these hours of each day, where the organisation is."""
    here = moment(first, zone)
    while here < moment(last, zone):
        for hour in hours:
            with at(here.replace(hour=hour)):
                yield here.replace(hour=hour)
        here += DAY


def run(first, last, **more):
    return sum(tick() for _moment in days_from(first, last, **more))


@pytest.fixture
def bank(version):
    return version.bank


def yearly(bank, first="2027-11-01", months=12, days=14, **more):
    return StepPlan(bank=bank, subset="", months=months, first_on=day(first), days=days, **more)


def set_up(organisation, by, steps, since="2027-01-04", **settings):
    with at(moment(f"{since} 10:00", organisation.time_zone)):
        people = settings.pop("people", PEOPLE)
        return programmes.save(organisation=organisation, by=by, steps=steps, people=people, **EASY | settings)


@pytest.fixture
def programme(northfield, alice, bank):
    return set_up(northfield, alice, [yearly(bank)])


def planned(programme, first, last):
    return [(str(each.opens), str(each.due)) for each in programme.planned(day(first), day(last))]


# Which days


@pytest.mark.parametrize(
    ("first", "months", "opens"),
    [
        (
            "2027-01-31",
            1,
            ["2027-02-01", "2027-03-01", "2027-03-31", "2027-04-30", "2027-05-31"],
        ),  # 28 February: Sunday
        ("2028-02-29", 12, ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-03-01"]),  # 2032: a Sunday
        ("2027-08-31", 6, ["2027-08-31", "2028-02-29", "2028-08-31", "2029-02-28", "2029-08-31"]),
        ("2027-12-25", 12, ["2028-01-07", "2029-01-08", "2030-01-07", "2031-01-07", "2032-01-07"]),  # off over new year
        ("2027-11-01", 3, ["2027-11-01", "2028-02-01", "2028-05-01", "2028-08-01", "2028-11-01"]),
    ],
)
def test_months_end_leap_and_have_days_off(northfield, alice, bank, first, months, opens):
    programme = set_up(northfield, alice, [yearly(bank, first, months)])
    found = [str(each.opens) for each in programme.planned(day(first), day("2033-01-01"))]
    assert found[:5] == opens


def test_whole_and_partial_views_of_the_plan_agree(northfield, alice, bank):
    """Whatever window is asked for, it shows what the whole plan has in it."""
    programme = set_up(northfield, alice, [yearly(bank, "2027-01-31", 1), yearly(bank, "2027-03-30", 3)])
    whole = programme.planned(day("2027-01-01"), day("2031-01-01"))
    assert len({(each.step.pk, each.period) for each in whole}) == len(whole) == 47
    for offset in range(0, 1400, 37):
        first, last = day("2027-01-01") + offset * DAY, day("2027-01-01") + (offset + 41) * DAY
        assert programme.planned(first, last) == [each for each in whole if first <= each.opens <= last]


def test_days_off_of_one_year_of_every_year_and_all(northfield, alice, bank):
    programme = set_up(northfield, alice, [yearly(bank)], days_off=[["2027-11-01", "2027-11-02"], ["11-03", "11-03"]])
    assert planned(programme, "2027-10-01", "2028-12-01") == [
        ("2027-11-04", "2027-11-18"),
        ("2028-11-01", "2028-11-15"),
    ]
    assert Programme(weekdays_off=[*range(7)]).working_day(day("2027-11-01")) == day("2027-11-01")


# What it does


def test_a_year_of_a_programme(programme, alice, emails):
    assert run("2027-10-01", "2027-10-25") == 0
    assert run("2027-10-25", "2027-10-26") == 1
    assert [(email.to, email.subject) for email in emails] == [
        ([alice.email], "An assessment opens on 1 November 2027: Northfield")
    ]
    assert "for 2 people" in emails[0].body and "It next opens" not in emails[0].body
    assert "Next dates: 1 November 2028; 1 November 2029" in emails[0].body
    emails.clear()
    assert run("2027-10-26", "2027-11-01") == 0
    assert run("2027-11-01", "2027-11-02", hours=(0, 7)) == 0, "nobody is invited at night"
    assert run("2027-11-01", "2027-11-02") == 1
    opened = Assessment.objects.get()
    assert (opened.name, opened.state, opened.due_on) == ("November 2027", "open", day("2027-11-15"))
    assert (opened.confidentiality, opened.reminder_days) == ("confidential", [7, 1])
    assert sorted(email.to[0] for email in emails) == [
        alice.email,
        "bob@northfield.example",
        "erin@northfield.example",
    ]
    assert "Alice invites you" in next(email.subject for email in emails if "bob" in email.to[0])
    submit(opened)
    emails.clear()
    assert run("2027-11-02", "2027-11-16") == 0
    assert run("2027-11-16", "2027-11-17") == 1
    opened.refresh_from_db()
    assert opened.state == "closed"
    assert [email.subject for email in emails] == ["An assessment has closed: Northfield"]
    assert "1 of 2 have submitted" in emails[0].body and f"/assessments/{opened.pk}/result/" in emails[0].body


def submit(assessment):
    """One of its people submits, without an answer."""
    Submission.objects.create(
        participant=assessment.participants.first(), state=Submission.State.SUBMITTED, submitted_at=timezone.now()
    )


def test_the_log_names_the_programme_as_the_one_that_acted(programme, alice):
    run("2027-10-20", "2027-11-02")
    submit(Assessment.objects.get())
    run("2027-11-10", "2027-11-17")
    acted = AuditEvent.objects.filter(actor=programme.pk).order_by("pk").values_list("verb", flat=True)
    assert list(acted) == ["drafted", "opened", "closed"]
    assert AuditEvent.objects.get(verb="programme started").actor == alice.actor.pk
    staff = User.objects.create_superuser("staff@x.example")
    assert "the programme of Northfield" in browser_of(staff).get("/admin/assessments/auditevent/").content.decode()


def test_the_page_of_an_assessment_says_that_the_programme_closes_it(programme, alice):
    run("2027-10-20", "2027-11-02")
    page = f"/assessments/{Assessment.objects.get().pk}/manage/"
    browser = browser_of(alice)
    assert "closes it after the due date" in browser.get(page).content.decode()
    assert "closes the assessment after this day" in browser.get(page.replace("manage", "due")).content.decode()


def test_what_is_released_by_itself(northfield, alice, bank):
    set_up(northfield, alice, [yearly(bank)], release="closed")
    run("2027-10-20", "2027-11-02")
    submit(Assessment.objects.get())
    run("2027-11-10", "2027-11-17")
    assert Assessment.objects.get().state == "released"


def test_targets_of_the_latest_assessment_on_the_same_bank(northfield, alice, bank, assessment):
    targets = {"culture": {"target": 3, "reason": "enough"}}
    Assessment.objects.update(targets=targets)
    programme = set_up(northfield, alice, [yearly(bank), yearly(bank, "2028-02-01")])
    run("2027-10-20", "2027-11-02")
    assert programme.runs.get().assessment.targets == targets
    Programme.objects.update(keeps_targets=False)
    run("2028-01-20", "2028-02-02")
    assert programme.runs.last().assessment.targets == {}


def three_years(programme, zone):
    """A clock that stands at midnight, at changes of the clock and at the opening: near what is planned, and weekly."""
    planned = programme.planned(day("2027-01-05"), day("2030-01-09"))
    near = {each.opens + n * DAY for each in planned for n in (-8, -7, -1, 0, 1)}
    near |= {each.due + n * DAY for each in planned for n in (0, 1)}
    for here in (day("2027-01-05") + n * DAY for n in range(1100)):
        if here in near or here.weekday() == 0:
            for hour in (0, 2, 8):
                with at(datetime.datetime.combine(here, datetime.time(hour), zoneinfo.ZoneInfo(zone))) as now:
                    yield now.return_value


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Berlin",
        pytest.param("Pacific/Kiritimati", marks=pytest.mark.long),
        pytest.param("America/Los_Angeles", marks=pytest.mark.long),
    ],
)
def test_three_years_open_each_assessment_once_and_send_each_mail_once(northfield, alice, bank, zone):
    Organisation.objects.update(time_zone=zone)
    northfield.refresh_from_db()
    steps = [yearly(bank, "2027-11-01"), yearly(bank, "2027-02-28", 3, days=7)]
    programme = set_up(northfield, alice, steps, days_off=[["12-24", "01-06"], ["2028-02-28", "2028-02-29"]])
    expected = programme.planned(day("2027-01-05"), day("2030-01-08"))
    assert len(expected) == 12, "in November only the first of them opens"
    opened = []
    for now in three_years(programme, zone):
        tick()
        for run in ProgrammeRun.objects.filter(state=State.OPENED).exclude(assessment__in=opened):
            opened.append(run.assessment_id)
            assert (now.date(), now.hour) == (run.opens_on, 8)
            submit(run.assessment)
    assert [(run.step_id, run.period, run.opens_on) for run in ProgrammeRun.objects.all()] == [
        (each.step.pk, each.period, each.opens) for each in expected
    ]
    assert set(ProgrammeRun.objects.values_list("state", flat=True)) == {State.CLOSED}
    assert Assessment.objects.count() == len(expected)
    sent = [(email.kind, email.about) for email in OutgoingEmail.objects.filter(kind__startswith="programme")]
    assert len(sent) == len(set(sent)) == 3 * len(expected)
    assert OutgoingEmail.objects.filter(kind="invitation").count() == 2 * len(expected)
    for assessment in Assessment.objects.all():
        assert timezone.localdate(assessment.closed_at, zoneinfo.ZoneInfo(zone)) == assessment.due_on + DAY
        assert not programme.is_off(assessment.due_on)


# What it waits for


def kinds():
    return list(OutgoingEmail.objects.order_by("pk").values_list("kind", "to"))


def nobody(programme):
    programme.people.all().delete()


def retired(programme):
    banks.retire(version=programme.steps.first().version, reason="x", by=programme.run_by)


def left(programme):
    Membership.objects.create(organisation=programme.organisation, user=person("dana@northfield.example"), role="lead")
    Membership.objects.filter(user=programme.run_by).delete()


@pytest.mark.parametrize(
    ("spoil", "problem", "to"),
    [
        (nobody, Problem.NO_PEOPLE, "alice@northfield.example"),
        (retired, Problem.NO_BANK, "alice@northfield.example"),
        (left, Problem.NO_RUNNER, "dana@northfield.example"),
    ],
)
def test_whoever_can_act_is_told_once_and_nothing_is_lost(programme, spoil, problem, to):
    run("2027-10-20", "2027-10-30")
    OutgoingEmail.objects.all().delete()
    spoil(programme)
    run("2027-10-30", "2027-11-12")
    assert kinds() == [("programme_waits", to)]
    assert programme.runs.get().problem == problem and not Assessment.objects.exists()
    run("2027-11-12", "2027-11-20")
    assert kinds() == [("programme_waits", to)] * 2, "it waits for two weeks"
    assert programme.runs.get().state == State.SKIPPED
    assert AuditEvent.objects.filter(verb="programme skipped", actor=programme.pk).count() == 1


def test_what_is_settled_in_time_opens_and_is_due_as_many_days_later(programme, alice):
    nobody(programme)
    run("2027-10-20", "2027-11-09")
    save(programme, alice)
    run("2027-11-09", "2027-11-10")
    assert Assessment.objects.get().due_on == day("2027-11-23")
    assert [kind for kind, _to in kinds() if "programme" in kind] == ["programme_waits", "programme_opened"]


def save(programme, by, **changes):
    settings = {name: getattr(programme, name) for name in programmes.SETTINGS}
    steps = [StepPlan(**columns(step)) for step in programme.steps.all()]
    fields = {"steps": steps, "people": PEOPLE, **settings, **changes}
    return programmes.save(organisation=programme.organisation, by=by, **fields)


def columns(step):
    names = ("bank", "subset", "months", "first_on", "days", "pk")
    return {name: getattr(step, name) for name in names}


def test_somebody_else_takes_it_over(programme):
    left(programme)
    run("2027-10-20", "2027-11-03")
    programmes.take_over(programme=programme, by=User.objects.get(email="dana@northfield.example"))
    run("2027-11-03", "2027-11-04")
    assert Assessment.objects.get().invitations.first().invited_by.email == "dana@northfield.example"


def test_the_current_version_of_the_bank_is_asked(programme, version, alice):
    run("2027-10-20", "2027-10-30")
    draft = banks.new_draft(version=version, by=alice)
    banks.publish(version=draft)
    run("2027-10-30", "2027-11-02")
    assert Assessment.objects.get().bank_version == draft


def test_a_pulse_is_asked_as_one(northfield, alice):
    version, _made = banks.load(bank=read_bank("fixtures/ai-leadership-2.yaml"))
    banks.publish(version=version)
    programme = set_up(northfield, alice, [replace(yearly(version.bank), subset="pulse")])
    run("2027-10-20", "2027-11-02")
    assert (Assessment.objects.get().subset, programme.runs.get().problem) == ("pulse", "")
    assert Assessment.objects.get().name == "Pulse, November 2027"
    page = browser_of(alice).get(f"/organisations/{northfield.pk}/programme/").content.decode()
    assert ": Pulse" in page
    assert f'value="{version.bank_id}:pulse" selected' in (
        browser_of(alice).get(f"/organisations/{northfield.pk}/programme/change/").content.decode()
    )


def test_after_years_away_nothing_opens_late_but_the_next_does(northfield, alice, bank):
    programme = set_up(northfield, alice, [yearly(bank, "2027-02-01", 3)])
    run("2030-02-20", "2030-02-23")
    runs = list(programme.runs.values_list("state", "problem"))
    assert runs == [(State.SKIPPED, Problem.TOO_LATE)] * 13
    assert kinds() == [("programme_waits", alice.email)]
    run("2030-04-20", "2030-05-02")
    assert Assessment.objects.get().name == "May 2030"


def test_after_a_week_away_it_is_announced_and_opens_the_next_day(programme):
    run("2027-11-08", "2027-11-09")
    assert not Assessment.objects.exists()
    run("2027-11-09", "2027-11-10")
    assert Assessment.objects.get().due_on == day("2027-11-23")


def test_nobody_has_submitted(programme, alice):
    run("2027-10-20", "2027-11-20")
    assert Assessment.objects.get().is_open
    assert kinds()[-1] == ("programme_waits", alice.email) and len(kinds()) == 5
    submit(Assessment.objects.get())
    run("2027-11-20", "2027-11-21")
    assert Assessment.objects.get().state == "closed"


def test_what_a_person_did_first_is_left_as_it_is(programme, alice):
    run("2027-10-20", "2027-11-02")
    opened = Assessment.objects.get()
    assessments.extend(assessment=opened, due_on=day("2027-12-01"), reminder_days=[], by=alice)
    submit(opened)
    assert run("2027-11-02", "2027-12-01") == 0
    assessments.close(assessment=opened, by=alice)
    before = kinds()
    assert run("2027-12-01", "2027-12-03") == 1
    assert kinds() == before and programme.runs.get().state == State.CLOSED


def test_a_pause_leaves_out_what_would_have_opened(northfield, alice, bank):
    programme = set_up(northfield, alice, [yearly(bank, "2027-02-01", 3)])
    run("2027-01-20", "2027-02-02")
    submit(Assessment.objects.get())
    programmes.pause(programme=programme, by=alice)
    assert run("2027-02-10", "2027-09-01", hours=(9,)) == 1, "what was open has closed"
    with at(moment("2027-09-01 10:00")):
        programmes.resume(programme=programme, by=alice)
    assert run("2027-09-02", "2027-10-20", hours=(9,)) == 0
    run("2027-10-20", "2027-11-02")
    assert set(Assessment.objects.values_list("name", flat=True)) == {"February 2027", "November 2027"}


def test_what_is_open_closes_after_the_end(programme, alice):
    run("2027-10-20", "2027-11-02")
    submit(Assessment.objects.get())
    programmes.end(programme=programme, by=alice)
    assert not programme.people.exists()
    run("2027-11-10", "2027-11-20")
    assert Assessment.objects.get().state == "closed"
    assert run("2028-10-20", "2028-11-05") == 0


def test_a_changed_date_is_announced_again_and_the_old_one_forgotten(programme, alice):
    run("2027-10-20", "2027-10-30")
    with at(moment("2027-10-30 10:00")):
        save(programme, alice)
        assert programme.runs.count() == 1, "nothing was changed"
        step = programme.steps.get()
        save(programme, alice, steps=[StepPlan(**columns(step) | {"first_on": day("2027-12-01")})])
    assert run("2027-10-30", "2027-11-20") == 0
    run("2027-11-20", "2027-12-02")
    assert Assessment.objects.get().name == "December 2027"


def test_reminders_wait_for_a_working_day(northfield, alice, bank):
    set_up(northfield, alice, [yearly(bank, "2027-11-02", days=13)])  # due on Monday the 15th
    run("2027-10-20", "2027-11-03")
    reminded = [
        now.date()
        for now in days_from("2027-11-08", "2027-11-16", hours=(9,))
        for _n in range(reminders.send_due(base_url=BASE))
    ]
    assert reminded == [day("2027-11-08")] * 2 + [day("2027-11-15")] * 2, "not on Sunday the 14th"


def test_a_broken_programme_does_not_stop_the_others(programme, lakeside, charlie, bank):
    set_up(lakeside, charlie, [yearly(bank)])
    honest = programme_runs.announce

    def announce(*, planned, **more):
        if planned.step.programme_id == programme.pk:
            raise ValueError
        return honest(planned=planned, **more)

    with mock.patch.object(programme_runs, "announce", announce):
        assert run("2027-10-25", "2027-10-26") == 1


# Killed and doubled workers


class Killed(BaseException):
    """What no code catches."""


def kill_at(number):
    """Die at the n-th statement that writes."""
    count = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal count
        count += sql.split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE")
        if count == number:
            raise Killed
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def counted():
    models = (Assessment, ProgrammeRun, OutgoingEmail, AuditEvent, Submission)
    return [model.objects.count() for model in models], list(ProgrammeRun.objects.values_list("state", flat=True))


@pytest.mark.parametrize("when", ["2027-10-25", "2027-11-01", "2027-11-16"])
def test_a_worker_killed_at_any_write_has_done_nothing_and_the_next_does_it_once(programme, when):
    run("2027-10-20", when, hours=(9,))
    for opened in Assessment.objects.all():
        submit(opened)
    before, kills = counted(), 0
    with at(moment(f"{when} 09:00")):
        for number in range(1, 100):
            try:
                with transaction.atomic(), kill_at(number):
                    tick()
                break
            except Killed:
                kills += 1
                assert counted() == before
        after = counted()
        assert after != before and kills > 1
        assert tick() == 0 and counted() == after


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_thing_once(version):
    alice = person("alice@northfield.example")
    northfield = organisations.create(name="Northfield", by=alice)
    programme = set_up(northfield, alice, [yearly(version.bank)])
    for when in ("2027-10-25 09:00", "2027-11-01 09:00", "2027-11-16 09:00"):
        with at(moment(when)):
            for other in (Beside(tick), Beside(tick)):
                assert other.ends() == "done" or other.outcome > 0
        for opened in Assessment.objects.filter(state="open", participants__submission=None)[:1]:
            submit(opened)
    assert [run.state for run in programme.runs.all()] == [State.CLOSED]
    assert Assessment.objects.get().results.count() == 1
    sent = sorted(OutgoingEmail.objects.values_list("kind", flat=True))
    assert sent == ["invitation"] * 2 + ["programme_closed", "programme_opened", "programme_soon"]
