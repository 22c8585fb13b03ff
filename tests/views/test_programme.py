"""The pages of a programme: set up, changed, paused and ended by those who manage the organisation."""

import datetime
import re

import html5lib
import pytest
from django.utils import timezone

from assessments.actions import banks, programmes
from assessments.forms.programme import lines_of
from assessments.models import AuditEvent, Consultancy, Engagement, Membership, Programme, ProgrammeRun, User
from tests.mailbox import browser_of

DAY = datetime.timedelta(days=1)
BOB = "Bob <bob@northfield.example>, legal"


@pytest.fixture
def dana(northfield):
    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    return dana


@pytest.fixture
def address(northfield):
    return f"/organisations/{northfield.pk}/programme/"


def soon(days=30):
    return timezone.localdate() + days * DAY


def fields(version, **more):
    sent = {
        "what_1": f"{version.bank_id}:",
        "months_1": "12",
        "first_on_1": str(soon()),
        "days_1": "14",
        "months_2": "",
        "people": BOB,
        "confidentiality": "confidential",
        "reminder_days": ["7", "1"],
        "weekdays_off": ["5", "6"],
        "days_off": "",
        "release": "hand",
        "keeps_targets": "on",
    }
    return {**sent, **more}


def as_filled_in(page):
    """What a browser sends of the form on a page when nothing on it is touched."""
    sent = {}
    for each in html5lib.parse(page.content.decode(), namespaceHTMLElements=False).find(".//main").iter():
        if each.tag not in ("input", "textarea", "select"):
            continue
        name, kind = each.get("name"), each.get("type")
        if name is None or (kind in ("checkbox", "radio") and each.get("checked") is None):
            continue
        chosen = [option.get("value") for option in each.iter("option") if option.get("selected") is not None]
        value = (
            (each.text or "").removeprefix("\n")
            if each.tag == "textarea"
            else each.get("value", "on" if kind == "checkbox" else "")
        )
        if each.tag == "select":
            value = chosen[0] if chosen else next(each.iter("option")).get("value")
        sent.setdefault(name, []).append(value)
    return sent


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_lead_sets_one_up(address, northfield, alice, version):
    browser = browser_of(alice)
    assert browser.get(address)["Location"] == f"{address}change/"
    assert browser.post(f"{address}change/", fields(version))["Location"] == address
    page = words(browser.get(address))
    assert "opens by itself on" in page and "Every year" in page and "Alice" in page
    programme = Programme.objects.get()
    assert (programme.run_by, programme.people.get().name, programme.steps.get().days) == (alice, "Bob", 14)
    assert (programme.reminder_days, programme.weekdays_off, programme.keeps_targets) == ([7, 1], [5, 6], True)
    assert AuditEvent.objects.filter(verb="programme started", object_id=str(programme.pk)).count() == 1


def test_what_the_last_assessment_had_is_proposed_and_saved_untouched(address, assessment, alice, bob, version):
    """Nothing has to be typed: one button sets it up."""
    assessment.due_on, assessment.reminder_days = timezone.localdate() + 21 * DAY, [14]
    assessment.confidentiality = "named"
    assessment.save()
    browser = browser_of(alice)
    sent = as_filled_in(browser.get(f"{address}change/"))
    assert browser.post(f"{address}change/", sent).status_code == 302
    programme = Programme.objects.get()
    assert set(programme.people.values_list("email", "function")) == {(alice.email, "ceo"), (bob.email, "legal")}
    assert (programme.reminder_days, programme.confidentiality) == ([14], "named")
    step = programme.steps.get()
    assert (step.months, step.days) == (12, 21)
    assert 364 <= (step.first_on - timezone.localdate()).days <= 366 and step.first_on.weekday() < 5


def test_saving_it_untouched_changes_nothing(address, alice, version):
    browser = browser_of(alice)
    second = {
        "what_2": f"{version.bank_id}:",
        "months_2": "3",
        "first_on_2": f"{timezone.localdate().year + 1}-01-31",
        "days_2": "7",
    }
    browser.post(f"{address}change/", fields(version, days_off="12-24 – 01-06\n2027-05-06", **second))
    programme = Programme.objects.get()
    before = programmes.version_token(programme)
    browser.post(f"{address}change/", as_filled_in(browser.get(f"{address}change/")))
    assert programmes.version_token(Programme.objects.get()) == before, "the last day of the month stays the last"
    assert not AuditEvent.objects.filter(verb="programme changed").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"people": ""}, "Enter at least one person to invite."),
        ({"people": "nobody"}, "Enter an e-mail address such as"),
        ({"first_on_1": str(soon(0))}, "Choose a date from tomorrow on"),
        ({"first_on_1": str(soon(-400))}, "Choose a date from tomorrow on"),
        ({"first_on_1": "9999-12-31"}, "Choose a date from tomorrow on"),
        ({"first_on_1": "soon"}, "Enter a valid date"),
        ({"months_2": "3"}, "“Next opens on” is still empty"),
        ({"days_1": "0"}, "greater than or equal to 1"),
        ({"days_1": "91"}, "less than or equal to 90"),
        ({"months_1": "1", "days_1": "28"}, "It would still be open when the next one opens"),
        ({"months_1": "2"}, "Select a valid choice"),
        ({"what_1": "999:"}, "Select a valid choice"),
        ({"weekdays_off": list("0123456")}, "Leave at least one day of the week"),
        ({"weekdays_off": ["7"]}, "Select a valid choice"),
        ({"days_off": "01-01 – 12-31"}, "Leave at least one working day in the year"),
        ({"days_off": "Easter"}, "We couldn’t read “Easter”"),
        ({"release": "never"}, "Select a valid choice"),
    ],
    ids=str,
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(address, alice, version, wrong, sentence):
    page = browser_of(alice).post(f"{address}change/", fields(version, **wrong))
    assert page.status_code == 200 and sentence in words(page)
    assert not Programme.objects.exists()
    assert wrong.get("days_off", "14") in page.content.decode()


def test_somebody_else_saved_in_the_meantime(address, northfield, alice, dana, version):
    browser_of(alice).post(f"{address}change/", fields(version))
    sent = as_filled_in(browser_of(dana).get(f"{address}change/"))
    browser_of(alice).post(
        f"{address}change/", as_filled_in(browser_of(alice).get(f"{address}change/")) | {"days_1": "9"}
    )
    page = browser_of(dana).post(f"{address}change/", sent | {"days_1": "8"})
    assert "Someone else has saved this step in the meantime" in words(page)
    assert Programme.objects.get().steps.get().days == 9
    again = as_filled_in(page)
    assert browser_of(dana).post(f"{address}change/", again).status_code == 302
    assert Programme.objects.get().steps.get().days == 8


def test_a_double_click_sets_up_one(address, alice, version):
    browser = browser_of(alice)
    sent = as_filled_in(browser.get(f"{address}change/")) | {"people": BOB}
    for _click in range(2):
        assert browser.post(f"{address}change/", sent).status_code == 302
    assert Programme.objects.count() == 1
    assert AuditEvent.objects.filter(verb__startswith="programme").count() == 1


def test_a_month_that_had_its_assessment_is_refused(address, alice, version):
    browser = browser_of(alice)
    browser.post(f"{address}change/", fields(version))
    programme = Programme.objects.get()
    month = soon(60).replace(day=1)
    ProgrammeRun.objects.create(
        programme=programme,
        step=programme.steps.get(),
        period=month,
        opens_on=month,
        announced_on=month,
        state="closed",
    )
    page = browser.post(f"{address}change/", fields(version, first_on_1=str(month.replace(day=28))))
    assert "already had its assessment in that month" in words(page)


def test_it_is_paused_resumed_taken_over_and_ended(address, northfield, alice, dana, version):
    browser_of(alice).post(f"{address}change/", fields(version))
    browser = browser_of(dana)
    for act, seen in (
        ("pause", "Paused: nothing opens"),
        ("resume", "The next assessment"),
        ("take_over", "dana@hart"),
    ):
        for _twice in range(2):
            assert browser.post(f"{address}state", {"do": act})["Location"] == address
        assert seen in words(browser.get(address))
    browser.post(f"{address}state", {"do": "explode"})
    assert Programme.objects.get().run_by == dana
    assert "End the programme?" in words(browser.get(f"{address}end/"))
    assert browser.post(f"{address}end/").status_code == 302
    assert browser.post(f"{address}end/").status_code == 404
    verbs = AuditEvent.objects.filter(verb__startswith="programme").order_by("pk").values_list("verb", flat=True)
    assert [verb.removeprefix("programme ") for verb in verbs] == [
        "started",
        "paused",
        "resumed",
        "taken over",
        "ended",
    ]
    assert browser.get(address)["Location"] == f"{address}change/", "another can be set up"


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_learns_whether_there_is_one(address, northfield, alice, bob, charlie, version, method):
    browser_of(alice).post(f"{address}change/", fields(version))
    Membership.objects.create(organisation=northfield, user=bob, role="member")
    for user in (bob, charlie):
        for end in ("", "change/", "state", "end/"):
            asked = getattr(browser_of(user), method)(f"{address}{end}", fields(version))
            assert asked.status_code in (404, 405), end
    assert Programme.objects.get().paused_at is None


def test_what_it_waits_for_is_said_on_its_page_and_at_home(address, northfield, alice, bob, version):
    browser_of(alice).post(f"{address}change/", fields(version))
    programme = Programme.objects.get()
    banks.retire(version=version, reason="x", by=alice)
    Membership.objects.create(organisation=northfield, user=bob, role="lead")
    Membership.objects.filter(user=alice).delete()
    ProgrammeRun.objects.create(
        programme=programme,
        step=programme.steps.get(),
        period=soon().replace(day=1),
        opens_on=soon(),
        announced_on=soon(),
        problem="no bank",
    )
    page = words(browser_of(bob).get(address))
    assert "Nobody who manages the organisation runs the programme" in page
    assert "Its question bank has been withdrawn" in page
    assert "Programme waits for you : Northfield" in words(browser_of(bob).get("/home/"))
    assert "waits for you" not in words(browser_of(alice).get("/home/"))


def test_a_list_reads_back_as_it_was(address, alice, version):
    people = [
        ("a@x.example", "", "ceo"),
        ("b@x.example", "Ana Maria da Silva", "people"),
        ("c@x.example", "李", "other"),
    ]
    browser_of(alice).post(f"{address}change/", fields(version, people=lines_of(people)))
    assert list(Programme.objects.get().people.values_list("email", "name", "function")) == people
