"""Priorities become actions: chosen, dated, put in order, followed, and told to whoever has a minute."""

import datetime
import html
import re

import pytest
from django.utils import timezone

from assessments.actions import roadmap as actions
from assessments.models import AuditEvent, RoadmapAction, User
from assessments.results import decisions
from tests.mailbox import browser_of
from tests.markup import flat
from tests.views.test_results import another, answered, counted, finished


@pytest.fixture
def closed(assessment, alice):
    """A released assessment of five in which everybody answered level 2."""
    answered(assessment, 5, level=lambda person, question: 2)
    finished(assessment, alice)
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def lead(alice):
    return browser_of(alice)


@pytest.fixture
def base(closed):
    return f"/assessments/{closed.pk}/roadmap/"


def own(base, lead, title, **fields):
    sent = {"title": title, "horizon": "90d", "status": "planned", "owner": "Ada", **fields}
    response = lead.post(f"{base}new/", sent)
    assert response.status_code == 302, text_of(response)
    return RoadmapAction.objects.get(title=title)


def text_of(response):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def titles(base, lead):
    return re.findall(r'<b dir="auto">(.*?)</b>', lead.get(base).content.decode())


class TestFromPriorities:
    def test_a_move_becomes_an_action_with_owner_effort_and_date(self, base, lead, closed):
        response = lead.post(f"{base}add/", {"moves": ["vision-direction"]})
        assert response["Location"] == base
        action = RoadmapAction.objects.get()
        assert (action.assessment, action.question, action.status) == (closed, "vision-direction", "planned")
        assert action.checksum == closed.results.get().checksum
        assert action.owner
        assert action.effort
        assert action.due_on == actions.end_of(action.horizon, timezone.localdate())
        assert AuditEvent.objects.filter(verb="decided", object_type="roadmapaction").count() == 1
        assert action.title in text_of(lead.get(base))

    def test_what_a_move_requires_is_tied_to_it(self, base, lead):
        lead.post(f"{base}add/", {"moves": ["vision-problems", "vision-direction"]})
        then = RoadmapAction.objects.get(question="vision-problems")
        assert [first.question for first in then.requires.all()] == ["vision-direction"]
        assert "Waits for:" in text_of(lead.get(base))

    def test_a_move_is_offered_once(self, base, lead):
        lead.post(f"{base}add/", {"moves": ["vision-direction"]})
        assert b'value="vision-direction"' not in lead.get(f"{base}add/").content
        again = lead.post(f"{base}add/", {"moves": ["vision-direction"]})
        assert again.status_code == 422
        assert RoadmapAction.objects.count() == 1

    def test_the_same_moves_sent_at_once_are_added_once(self, closed, alice):
        proposal = actions.Proposal("vision-direction", "Act", "Ada", 1.0, "6m", ())
        for _again in range(2):
            actions.add(assessment=closed, proposals=[proposal], checksum="c", by=alice)
        assert RoadmapAction.objects.count() == 1

    def test_nothing_ticked_says_so(self, base, lead):
        response = lead.post(f"{base}add/", {})
        assert response.status_code == 422
        assert "Select at least one move." in text_of(response)

    def test_the_budget_chooses_and_explains(self, base, lead):
        page = lead.get(f"{base}add/", {"budget": "3"})
        words = text_of(page)
        ticked = re.findall(r'value="([\w-]+)" checked', flat(page.content.decode()))
        assert f"{len(ticked)} of " in words
        assert "moves fit best into 3 person-months" in words
        assert "No other set of the moves that were weighed adds up to more within the budget" in words
        assert "This is an estimate" in words
        assert "Left out: what is chosen adds up to more" in words
        lead.post(f"{base}add/", {"moves": ticked})
        assert sum(action.effort for action in RoadmapAction.objects.all()) <= 3
        for action in RoadmapAction.objects.prefetch_related("requires"):
            assert {first.question for first in action.requires.all()} <= set(ticked)

    @pytest.mark.parametrize("budget", ["", "0", "-1", "nan", "1e9", "x"])
    def test_a_budget_that_is_none_says_so(self, budget, base, lead):
        page = lead.get(f"{base}add/", {"budget": budget})
        assert page.status_code == 200
        assert "id_budget_error" in page.content.decode()
        assert not re.search(r"\schecked\b", page.content.decode())

    def test_gains_of_few_answers_are_neither_shown_nor_counted(self, assessment, alice, lead):
        answered(assessment, 2)
        finished(assessment, alice)
        page = lead.get(f"/assessments/{assessment.pk}/roadmap/add/", {"budget": "20"})
        words = text_of(page)
        assert "No move fits into 20 person-months" in words
        assert "have no gain that may be shown" in words
        assert "Gain +" not in words


class TestOwnActions:
    def test_it_is_edited_and_done(self, base, lead):
        action = own(base, lead, "Hire two engineers", due_on="2027-03-01", effort="1.5")
        sent = {"title": "Hire three", "horizon": "6m", "status": "done", "owner": "Grace", "due_on": "", "effort": ""}
        assert lead.post(f"{base}{action.pk}/", sent)["Location"] == f"{base}#action-{action.pk}"
        action.refresh_from_db()
        assert (action.title, action.horizon, action.owner, action.due_on, action.effort) == (
            *("Hire three", "6m", "Grace"),
            *(None, None),
        )
        assert action.done_on == timezone.localdate()

    def test_started_then_done_then_planned_again(self, base, lead):
        action = own(base, lead, "Act")
        for state, done_on in (("started", None), ("done", timezone.localdate()), ("planned", None)):
            lead.post(f"{base}{action.pk}/mark/{state}")
            action.refresh_from_db()
            assert (action.status, action.done_on) == (state, done_on)
        assert lead.post(f"{base}{action.pk}/mark/late").status_code == 404

    def test_it_moves_without_dragging_within_its_time(self, base, lead):
        one, two, _far = own(base, lead, "One"), own(base, lead, "Two"), own(base, lead, "Far", horizon="12m")
        assert titles(base, lead) == ["One", "Two", "Far"]
        lead.post(f"{base}{two.pk}/move/up")
        assert titles(base, lead) == ["Two", "One", "Far"]
        lead.post(f"{base}{one.pk}/move/down")  # last of its time already
        assert titles(base, lead) == ["Two", "One", "Far"]
        assert lead.post(f"{base}{one.pk}/move/sideways").status_code == 404

    def test_it_never_waits_for_itself(self, base, lead):
        one, two, three = (own(base, lead, title) for title in ("One", "Two", "Three"))
        fields = {"horizon": "90d", "status": "planned"}
        lead.post(f"{base}{two.pk}/", {**fields, "title": "Two", "requires": [str(one.pk)]})
        lead.post(f"{base}{three.pk}/", {**fields, "title": "Three", "requires": [str(two.pk)]})
        response = lead.post(f"{base}{one.pk}/", {**fields, "title": "Changed", "requires": [str(three.pk)]})
        assert "already depends on this action" in text_of(response)
        one.refresh_from_db()
        assert (one.title, list(one.requires.all())) == ("One", [])

    def test_a_question_has_one_action(self, base, lead):
        own(base, lead, "One", question="vision-direction")
        assert b'value="vision-direction"' not in lead.get(f"{base}new/").content

    def test_two_who_choose_the_same_question_at_once(self, base, lead, closed, alice):
        own(base, lead, "One", question="vision-direction")
        fields = actions.ActionFields(
            title="Two",
            question="vision-direction",
            owner="",
            due_on=None,
            horizon="90d",
            effort=None,
            status="planned",
        )
        with pytest.raises(actions.QuestionTakenError):
            actions.decide(assessment=closed, fields=fields, requires=[], checksum="c", by=alice)

    def test_it_is_removed(self, base, lead):
        action = own(base, lead, "One")
        assert lead.post(f"{base}{action.pk}/remove")["Location"] == base
        assert not RoadmapAction.objects.exists()

    def test_it_stays_removed_where_somebody_else_has_it_open(self, base, lead, monkeypatch):
        action = own(base, lead, "One")
        monkeypatch.setattr(decisions, "action_of", lambda *_where: action)
        RoadmapAction.objects.all().delete()
        page = lead.post(f"{base}{action.pk}/", {"horizon": "90d", "status": "planned", "title": "Two"})
        assert "Someone else has removed this action" in text_of(page) and b'value="Two"' in page.content
        assert not RoadmapAction.objects.exists()

    def test_a_full_roadmap_refuses_more(self, base, lead, monkeypatch):
        monkeypatch.setattr(actions, "MAX_ACTIONS", 1)
        own(base, lead, "One")
        response = lead.post(f"{base}new/", {"title": "Two", "horizon": "90d", "status": "planned"})
        assert "A roadmap can have 1 actions at most" in text_of(response)
        lead.post(f"{base}add/", {"moves": ["vision-direction"]})
        assert RoadmapAction.objects.count() == 1

    @pytest.mark.parametrize(
        ("field", "value"), [("title", ""), ("effort", "0"), ("effort", "inf"), ("horizon", "2y"), ("due_on", "soon")]
    )
    def test_what_makes_no_sense_is_not_saved(self, field, value, base, lead):
        sent = {"title": "One", "horizon": "90d", "status": "planned", field: value}
        assert b"error-summary" in lead.post(f"{base}new/", sent).content
        assert not RoadmapAction.objects.exists()


class TestStatusPage:
    def test_it_counts_and_names_the_next_dates_late_ones_first(self, base, lead):
        today = timezone.localdate()
        for title, days, status in (
            ("Soon", 9, "planned"), ("Later", 60, "started"), ("Overdue", -3, "started"), ("Over", -9, "done"),
            ("Gone", -9, "dropped"), ("Far", 90, "planned"),
        ):  # fmt: skip
            own(base, lead, title, status=status, due_on=(today + datetime.timedelta(days=days)).isoformat())
        page = lead.get(f"{base}status/")
        words = text_of(page)
        assert "One of five actions is done, one is late" in words
        assert re.search(r"Done 1 .*Late 1 .*Started 1 .*Planned 2", words)
        places = [
            words.index(part) for part in ("3 days late Overdue Ada", "in 9 days Soon Ada", "in 60 days Later Ada")
        ]
        assert places == sorted(places)
        assert "Far" not in words
        assert "1 other was dropped" in words

    def test_whoever_may_see_the_result_may_read_it_and_nothing_else(self, base, lead, bob, charlie):
        action = own(base, lead, "One")
        respondent, outsider = browser_of(bob), browser_of(charlie)
        assert respondent.get(f"{base}status/").status_code == 200
        assert b"Edit roadmap" not in respondent.get(f"{base}status/").content
        assert outsider.get(f"{base}status/").status_code == 404
        for client in (respondent, outsider):
            for path in ("", "add/", "new/", "roadmap.csv", f"{action.pk}/"):
                assert client.get(base + path).status_code == 404, path
            for path in ("add/", "new/", f"{action.pk}/", f"{action.pk}/move/up", f"{action.pk}/remove"):
                assert client.post(base + path, {}).status_code == 404, path
            assert client.post(f"{base}{action.pk}/mark/done").status_code == 404
        action.refresh_from_db()
        assert action.status == "planned"

    def test_an_action_opens_only_under_its_own_assessment(self, base, lead, alice, closed):
        action = own(base, lead, "One")
        other = another(closed, alice, "Other")
        finished(other, alice)
        assert lead.get(f"/assessments/{other.pk}/roadmap/{action.pk}/").status_code == 404

    def test_an_empty_one_says_so(self, base, lead):
        assert "No actions yet" in text_of(lead.get(f"{base}status/"))
        assert "No actions yet" in text_of(lead.get(base))


def test_pages_cost_the_same_for_two_and_for_thirty(base, lead, closed):
    def many(n):
        RoadmapAction.objects.bulk_create(
            RoadmapAction(assessment=closed, title=f"{n} {each}", horizon="6m", position=each) for each in range(n)
        )

    many(2)
    few = [counted(lead, base + path)[1] for path in ("", "status/", "add/?budget=9")]
    many(30)
    assert [counted(lead, base + path)[1] for path in ("", "status/", "add/?budget=9")] == few
    assert max(few) <= 16


def test_the_file_has_a_row_an_action_and_no_formula(base, lead):
    own(base, lead, "=HYPERLINK(1)", owner="+Ada", question="vision-direction", effort="0.5")
    response = lead.get(f"{base}roadmap.csv")
    assert response["Content-Disposition"] == 'attachment; filename="northfield-q4-roadmap.csv"'
    head, row, *more = response.content.decode("utf-8-sig").splitlines()
    assert head.startswith("Action,Pillar,Key,Owner,Due on")
    assert row.startswith("'=HYPERLINK(1),Vision,vision-direction,'+Ada,,90 days,Planned,,0.5,")
    assert more == []


class TestNextRound:
    def test_the_lead_reads_what_was_worked_on_since(self, base, lead, closed, alice, bob):
        own(base, lead, "Done", question="vision-direction", status="done")
        own(base, lead, "Open", question="vision-value")
        later = another(closed, alice, "Q1")
        for path in ("", "manage/"):
            words = text_of(lead.get(f"/assessments/{later.pk}/{path}"))
            assert "actions on" not in words
            assert "Since the last round, an action on one question was completed." in words
            assert "Direction" in words

    def test_respondents_and_first_rounds_read_nothing(self, base, lead, closed, alice, bob):
        from assessments.actions import assessments

        own(base, lead, "Done", question="vision-direction", status="done")
        later = another(closed, alice, "Q1")
        assessments.add_participant(assessment=later, user=bob, function="legal", by=alice)
        assert "Since the last round" not in text_of(browser_of(bob).get(f"/assessments/{later.pk}/"))

    def test_what_was_done_before_the_last_round_closed_is_old(self, base, lead, closed, alice):
        action = own(base, lead, "Done", question="vision-direction", status="done")
        RoadmapAction.objects.filter(pk=action.pk).update(done_on=timezone.localdate() - datetime.timedelta(days=2))
        later = another(closed, alice, "Q1")
        assert "Since the last round" not in text_of(lead.get(f"/assessments/{later.pk}/manage/"))


@pytest.mark.parametrize(
    ("today", "horizon", "end"),
    [
        ("2026-11-25", "90d", "2027-02-23"),
        ("2026-11-25", "6m", "2027-05-25"),
        ("2026-08-31", "6m", "2027-02-28"),
        ("2024-02-29", "12m", "2025-02-28"),
        ("2026-12-31", "12m", "2027-12-31"),
    ],
)
def test_the_end_of_a_time(today, horizon, end):
    assert actions.end_of(horizon, datetime.date.fromisoformat(today)).isoformat() == end


def test_a_consultant_runs_it_like_a_lead(base, closed):
    from assessments.models import Consultancy, Engagement

    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart Advisory")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=closed.organisation)
    assert browser_of(dana).post(f"{base}add/", {"moves": ["vision-direction"]}).status_code == 302
