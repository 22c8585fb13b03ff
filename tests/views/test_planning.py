"""Preparing an assessment step by step."""

import datetime
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assessments.actions import organisations, planning, translations
from assessments.actions.invitations import Invitee
from assessments.formats.translation import translations_beside
from assessments.models import Assessment, Consultancy, Engagement, User
from assessments.results import bank_of
from tests.mailbox import browser_of
from tests.markup import flat

START = "/assessments/start/"
BASICS = {"name": "Q1", "audience": "several", "confidentiality": "named"}
PASTED = "Erin <erin@northfield.example>, legal\nfrank@northfield.example"


@pytest.fixture
def lead(alice):
    return browser_of(alice)


@pytest.fixture
def draft(northfield, version, alice):
    return planning.begin(organisation=northfield, bank_version=version, by=alice, name="Q1")


@pytest.fixture
def base(draft):
    return f"/assessments/{draft.pk}/prepare/"


def said(response):
    return [str(message) for message in response.context["messages"]]


def in_days(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def test_the_first_step_makes_a_draft(lead, northfield, version, emails):
    form = BASICS | {"organisation": northfield.pk}
    done = lead.post(START, form)
    draft = Assessment.objects.get()
    assert done["Location"] == f"/assessments/{draft.pk}/prepare/people/"
    assert (draft.is_draft, draft.is_named, draft.organisation) == (True, True, northfield)


def test_pressing_twice_prepares_one_assessment(lead, northfield, version):
    form = BASICS | {"organisation": northfield.pk}
    first, second = (lead.post(START, form)["Location"] for _ in range(2))
    assert first == second
    assert lead.post(START, form | {"name": "Q2"})["Location"] != first


NEW = BASICS | {"organisation_name": "Östliche Werke", "time_zone": "Europe/Berlin"}


def test_a_consultant_adds_a_client_for_the_whole_firm(northfield, version):
    dana, erin = (User.objects.create_user(f"{name}@hart.example") for name in ("dana", "erin"))
    hart = Consultancy.objects.create(name="Hart")
    hart.consultants.add(dana, erin)
    browser, form = browser_of(dana), NEW
    assert "Name of the client" in browser.get(START).content.decode()
    first, second = (browser.post(START, form)["Location"] for _ in range(2))
    assert first == second, "pressed twice"
    draft = Assessment.objects.get()
    assert (draft.organisation.name, draft.organisation.time_zone) == ("Östliche Werke", "Europe/Berlin")
    assert browser_of(erin).get(first).status_code == 200
    assert not draft.participants.exists() and not draft.organisation.memberships.exists()
    Engagement.objects.update(since=in_days(-2), until=in_days(-1))
    assert browser.get(first).status_code == 404


def test_of_two_firms_one_is_chosen(version):
    dana, other = User.objects.create_user("dana@hart.example"), Consultancy.objects.create(name="Foreign")
    firms = [Consultancy.objects.create(name=name) for name in ("Hart", "Stone")]
    for firm in firms:
        firm.consultants.add(dana)
    browser, form = browser_of(dana), NEW
    for chosen in ({}, {"consultancy": other.pk}):
        page = browser.post(START, form | chosen)
        assert "<title>Error:" in flat(page.content.decode())
    browser.post(START, form | {"consultancy": firms[1].pk})
    assert Engagement.objects.get().consultancy == firms[1]


def test_who_works_for_no_firm_leads_the_new_client(version, charlie):
    done = browser_of(charlie).post(START, NEW)
    assert Assessment.objects.get().organisation.memberships.get().user == charlie
    assert done["Location"].endswith("/prepare/people/")


def test_the_bank_is_named_in_the_language_of_whoever_prepares(lead, northfield, version):
    (german,) = translations_beside(Path("fixtures/ai-leadership.yaml"), bank_of(version))
    row, _new = translations.load(version=version, translation=german.translation)
    translations.offer(row=row, offered=True)
    page = lead.get(START, headers={"accept-language": "de"}).content.decode()
    assert "Reifegrad der KI-Führung 1.0.0" in page
    assert "AI leadership maturity 1.0.0" not in page


def test_a_client_of_somebody_else_is_no_choice(lead, northfield, lakeside, version):
    form = BASICS | {"organisation": lakeside.pk}
    assert b"Lakeside" not in lead.post(START, form).content
    assert not Assessment.objects.exists()


def test_the_former_address_of_the_first_step_leads_on(lead, northfield):
    assert lead.get("/assessments/prepare/")["Location"] == START
    assert lead.get(f"/assessments/prepare/?client={northfield.pk}")["Location"] == f"{START}?client={northfield.pk}"


def test_the_only_organisation_is_preselected(lead, northfield, version, alice):
    assert f'value="{northfield.pk}" selected' in lead.get(START).content.decode()
    organisations.create(name="Other", by=alice)
    assert f'value="{northfield.pk}" selected' not in lead.get(START).content.decode()
    assert f'value="{northfield.pk}" selected' in lead.get(f"{START}?client={northfield.pk}").content.decode()


def test_one_person_answers_at_once(lead, northfield, version, alice):
    form = BASICS | {"organisation": northfield.pk, "audience": "one"}
    first, second = (lead.post(START, form | {"function": "ceo"})["Location"] for _ in range(2))
    alone = Assessment.objects.get()
    assert first == second == f"/assessments/{alone.pk}/pillars/vision/"
    assert (alone.for_one, alone.participants.get().user, alone.participants.get().function) == (True, alice, "ceo")


def test_one_person_need_not_say_which_function(lead, northfield, version):
    label = re.search(r'<label[^>]*for="id_function".*?</label>', lead.get(START).content.decode(), re.DOTALL)[0]
    assert "(optional)" in label
    lead.post(START, BASICS | {"organisation": northfield.pk, "audience": "one"})
    assert Assessment.objects.get().participants.get().function == "other"


def test_a_name_that_is_used_is_refused_kindly(lead, northfield, assessment):
    form = BASICS | {"organisation": northfield.pk, "name": assessment.name.lower()}
    assert f"Northfield already has an assessment called “{form['name']}”." in lead.post(START, form).content.decode()
    page = lead.post(START, BASICS | {"organisation_name": "northfield"}).content.decode()
    assert "Northfield is there already: choose it above, or enter another name." in page
    assert Assessment.objects.get() == assessment


def test_the_name_of_a_draft_is_no_used_one(lead, base, draft, assessment, version):
    form = {"bank_version": version.pk, "name": assessment.name.upper(), "confidentiality": "named"}
    form["token"] = lead.get(base + "basics/").context["form"]["token"].value()
    assert "Northfield already has an assessment called" in lead.post(base + "basics/", form).content.decode()
    assert Assessment.objects.get(pk=draft.pk).name == "Q1"


def test_the_name_proposed_is_free(lead, northfield, version, alice):
    proposed = [lead.get(START).context["form"]["name"].value()]
    for _each in range(2):
        begun = planning.begin(organisation=northfield, bank_version=version, by=alice, name=proposed[-1])
        Assessment.objects.filter(pk=begun.pk).update(state="open")
        proposed.append(lead.get(START).context["form"]["name"].value())
    assert proposed[1:] == [f"{proposed[0]} (2)", f"{proposed[0]} (3)"]


@pytest.mark.parametrize(("told", "kept"), [("Asia/Tokyo", "Asia/Tokyo"), ("Mars/Base", "UTC"), ("", "UTC")])
def test_the_first_organisation_has_the_time_zone_of_the_browser(version, charlie, told, kept):
    first = {"organisation_name": "Firstfield", "name": "Q4", "audience": "one", "function": "ceo", "time_zone": told}
    browser_of(charlie).post(START, first)
    assert Assessment.objects.get().organisation.time_zone == kept


def test_whoever_prepares_answers_too(lead, base, draft, alice):
    page = lead.post(base + "people/", {"me": "1", "function": ""}).content.decode()
    assert "<title>Error:" in flat(page)
    done = lead.post(base + "people/", {"me": "1", "function": "ceo"}, follow=True)
    assert (draft.participants.get().user, draft.participants.get().function) == (alice, "ceo")
    assert "Do you answer too?" in page
    assert "Do you answer too?" not in done.content.decode()


@pytest.mark.parametrize("function", ["", "ceo"])
def test_adding_oneself_keeps_the_lines_that_were_pasted(lead, base, draft, function):
    page = lead.post(base + "people/", {"me": "1", "function": function, "people": PASTED})
    assert page.context["form"]["people"].value() == PASTED
    assert draft.participants.count() == bool(function)
    assert ("1 person is now on the list. Nothing has been sent." in said(page)) == bool(function)


def test_a_pasted_list_is_shown_then_kept(lead, base, draft, emails):
    page = lead.post(base + "people/", {"people": PASTED})
    assert "2 people will be added to the list." in page.content.decode()
    assert not draft.participants.exists()
    done = lead.post(base + "people/", {"people": PASTED, "add": "1"}, follow=True)
    assert said(done) == ["2 people are now on the list. Nothing has been sent."]
    assert draft.participants.count() == 2
    assert emails == []


def upload(content):
    return {"people": "", "file": SimpleUploadedFile("people.csv", content)}


@pytest.mark.parametrize(
    "content",
    [
        b"Name,E-mail,Function\nErin,erin@northfield.example,legal\n,frank@northfield.example,\n",
        b"\xef\xbb\xbfemail;name\r\nerin@northfield.example;Erin\r\nfrank@northfield.example;\r\n",
        "erin@northfield.example\tErin\tLegal\nfrank@northfield.example\n".encode("utf-16"),
        b"erin@northfield.example,Erin\rfrank@northfield.example,Fran\xe7ois\r",
    ],
)
def test_a_file_is_read_whatever_wrote_it(lead, base, content):
    page = lead.post(base + "people/", upload(content)).content.decode()
    assert "2 people will be added to the list." in page
    assert "Erin &lt;erin@northfield.example&gt;" in page, "the preview carries the lines on"


def test_each_bad_row_of_a_file_is_named(lead, base, draft):
    rows = "".join(f"person {n},nowhere,legal\n" for n in range(20))
    page = lead.post(base + "people/", upload(b"name,email,function\n" + rows.encode()))
    html = page.content.decode()
    assert "<title>Error:" in flat(html)
    assert [row.line for row in page.context["form"].wrong] == list(range(2, 22)), "numbered as in the file"
    assert html.count("Enter an e-mail address such as") == 20, "each once, in the table"
    assert html.count("We couldn’t read 20 lines.") == 2, "in the summary and at the field"
    assert not draft.participants.exists()


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"\xff\xfe\x00", b"a,b,c", b'"unclosed\n<script>alert(1)</script>', b"," * 5000]
)
def test_what_is_no_list_adds_nobody(lead, base, draft, content):
    page = lead.post(base + "people/", upload(content))
    assert page.status_code == 200
    assert "<title>Error:" in flat(page.content.decode())
    assert b"<script>alert" not in page.content
    assert not draft.participants.exists()


def test_a_file_that_is_far_too_long_is_not_read(lead, base):
    assert "too large" in lead.post(base + "people/", upload(b"a" * 300_000)).content.decode()


def test_a_list_and_a_file_are_not_mixed(lead, base):
    page = lead.post(base + "people/", upload(b"gina@northfield.example") | {"people": PASTED})
    assert "not both" in page.content.decode()


def test_people_are_taken_off_again(lead, base, draft, alice):
    planning.plan_people(assessment=draft, invitees=[Invitee("erin@n.example", "Erin", "legal")], by=alice)
    done = lead.post(f"{base}people/{draft.participants.get().pk}/drop", follow=True)
    assert len(said(done)) == 1
    assert not draft.participants.exists()


def test_dates_are_kept(lead, base, draft):
    lead.post(base + "dates/", {"due_on": str(in_days(20)), "reminder_days": ["3", "14"]})
    draft.refresh_from_db()
    assert (draft.due_on, draft.reminder_days) == (in_days(20), [14, 3])


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"due_on": "2020-01-01"}, "Choose today or a later date."),
        ({"reminder_days": ["3"]}, "Reminders count back from this date"),
        ({"due_on": "2099-01-01", "reminder_days": ["5"]}, "Error:"),
    ],
)
def test_dates_that_cannot_be(lead, base, draft, form, sentence):
    assert sentence in lead.post(base + "dates/", form).content.decode()
    draft.refresh_from_db()
    assert (draft.due_on, draft.reminder_days) == (None, [])


def test_a_target_is_kept_with_its_reason_approver_and_date(lead, base, draft):
    form = {"target-vision": "3.5", "reason-vision": "Good enough", "approved_by": "The board"}
    lead.post(base + "targets/", form | {"approved_on": "2026-01-02"})
    draft.refresh_from_db()
    kept = {"target": 3.5, "reason": "Good enough", "approved_by": "The board", "approved_on": "2026-01-02"}
    assert draft.targets == {"vision": kept}
    assert 'value="3.5"' in lead.get(base + "targets/").content.decode()


@pytest.mark.parametrize("missing", ["reason-vision", "approved_by", "approved_on"])
def test_a_target_says_why_and_who(lead, base, draft, missing):
    form = {"target-vision": "3", "reason-vision": "x", "approved_by": "Board", "approved_on": "2026-01-02"}
    page = lead.post(base + "targets/", {**form, missing: ""})
    assert list(page.context["form"].errors) == [missing]
    draft.refresh_from_db()
    assert draft.targets == {}


def test_what_is_wrong_with_targets_is_said_in_the_order_of_the_page(lead, base):
    html = lead.post(base + "targets/", {"target-vision": "3", "target-ethics": "9"}).content.decode()
    wanted = ["Vision: explain why this is good enough.", "Ethics: enter a number from 1 to 5.", "Enter who approved"]
    assert sorted(wanted, key=html.index) == wanted


def test_targets_are_said_to_be_optional_once_and_can_be_skipped(lead, base, draft):
    html = lead.get(base + "targets/").content.decode()
    assert (html.count("optional"), html.count("Needed if you set a target.")) == (1, 8)
    assert f'href="{base}letter/">Skip: set no targets' in html
    wanted = {"target-vision": "3", "reason-vision": "x", "approved_by": "B", "approved_on": "2026-01-02"}
    assert lead.post(base + "targets/", wanted)["Location"] == base + "letter/"
    assert "Skip:" not in lead.get(base + "targets/").content.decode(), "saved targets are kept by skipping"


@pytest.mark.parametrize("target", ["0.5", "5.1", "nan", "inf", "high"])
def test_a_target_is_between_1_and_5(lead, base, draft, target):
    lead.post(
        base + "targets/",
        {"target-vision": target, "reason-vision": "x", "approved_by": "B", "approved_on": "2026-01-02"},
    )
    draft.refresh_from_db()
    assert draft.targets == {}


def test_the_email_is_shown_as_it_will_be(lead, base, draft, alice):
    html = lead.get(base + "letter/").content.decode()
    assert "Alice invites you: Northfield, Q1" in html
    assert "56 questions" in html


def test_the_assessment_opens_once_and_the_emails_go_out(lead, base, draft, emails):
    lead.post(base + "people/", {"people": PASTED, "add": "1"})
    assert "Open assessment and send 2 invitations" in lead.get(base + "confirm/").content.decode()
    assert emails == []
    done = lead.post(base + "confirm/", follow=True)
    assert said(done) == ["The assessment is open, and 2 invitations are on their way."]
    assert len(emails) == 2
    assert said(lead.post(base + "confirm/", follow=True)) == ["The assessment has already been opened."]
    assert len(emails) == 2


def test_an_assessment_without_people_is_not_offered_to_open(lead, base, draft):
    page = lead.get(base + "people/").content.decode()
    assert re.search(rf'href="{base}dates/"\s*>\s*Continue without people', page)
    assert "The list is empty" in lead.get(base + "confirm/").content.decode()
    lead.post(base + "confirm/")
    draft.refresh_from_db()
    assert draft.is_draft


def test_the_last_round_is_copied(lead, assessment, base, draft):
    assert "Copy from Q4" in lead.get(base + "people/").content.decode()
    lead.post(base + "people/", {"copy": "1"})
    assert draft.participants.count() == 2


def test_a_colleague_goes_on_where_another_stopped(base, draft, northfield, lead):
    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    lead.post(base + "people/", {"people": PASTED, "add": "1"})
    assert "2 people are on the list." in browser_of(dana).get(base + "people/").content.decode()


def test_the_assessment_leads_to_where_it_was_left(lead, draft, base):
    assert lead.get(f"/assessments/{draft.pk}/manage/")["Location"] == base + "people/"


def test_who_is_on_the_list_hears_nothing_of_it(base, draft, alice, bob):
    planning.plan_people(assessment=draft, invitees=[Invitee(bob.email, "", "legal")], by=alice)
    type(draft).objects.update(name="Autumn assessment")
    browser = browser_of(bob)
    assert b"Autumn assessment" not in browser.get("/home/").content
    assert browser.get(f"/assessments/{draft.pk}/").status_code == 404
    assert browser.get(base + "people/").status_code == 404


def test_a_draft_is_discarded_once_that_is_confirmed(lead, base, draft, alice):
    planning.plan_people(assessment=draft, invitees=[Invitee("erin@northfield.example", "Erin", "legal")], by=alice)
    assert "list with 1 person" in lead.get(base + "discard").content.decode()
    assert Assessment.objects.exists()
    lead.post(base + "discard")
    assert not Assessment.objects.exists()


def test_nothing_of_an_open_assessment_is_prepared_again(lead, assessment):
    base = f"/assessments/{assessment.pk}/prepare/"
    for step in ("basics", "people", "dates", "targets", "letter", "confirm"):
        assert lead.get(f"{base}{step}/")["Location"] == f"/assessments/{assessment.pk}/manage/"
    assert lead.get(base + "discard")["Location"] == f"/assessments/{assessment.pk}/manage/"
    lead.post(base + "discard")
    assert Assessment.objects.filter(pk=assessment.pk).exists()


@pytest.mark.parametrize("step", ["people", "confirm"])
def test_a_long_list_costs_no_more_queries(lead, base, draft, alice, django_assert_max_num_queries, step):
    many = [Invitee(f"p{n}@northfield.example", "", "other") for n in range(60)]
    planning.plan_people(assessment=draft, invitees=many, by=alice)
    with django_assert_max_num_queries(12):
        lead.get(f"{base}{step}/")
