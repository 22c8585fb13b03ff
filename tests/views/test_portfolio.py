"""The list of assessments, the heat map, and invented clients, as whoever runs assessments sees them."""

import datetime
import re
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from assessments.actions import assessments, organisations
from assessments.demo import example_clients
from assessments.models import (
    Assessment,
    AuditEvent,
    Consultancy,
    Engagement,
    Organisation,
    Participant,
    PillarResult,
    Result,
    User,
)
from assessments.pages.portfolio import selection
from tests.markup import flat
from tests.results.test_changes import played
from tests.views.many import assessments_by_the_thousand

URL, MAP = "/portfolio/", "/portfolio/pillars/"


def signed_in(user):
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def browser(alice):
    """Alice's browser."""
    return signed_in(alice)


@pytest.fixture
def dana(db):
    """A consultant who has no client yet."""
    dana = User.objects.create_user("dana@hart.example", name="Dana")
    Consultancy.objects.create(name="Hart Advisory").consultants.add(dana)
    return dana


def lines(response):
    return [(line.assessment.organisation.name, line.assessment.name) for line in response.context["portfolio"].lines]


def open_assessment(organisation, version, by, name, **columns):
    made = assessments.start(organisation=organisation, bank_version=version, name=name, by=by)
    Assessment.objects.filter(pk=made.pk).update(**columns)
    return made


# The list


def test_an_assessment_says_where_it_stands(browser, northfield, version, alice):
    played(northfield, version, alice, "Q1", [2])
    played(northfield, version, alice, "Q2", [3])
    page = browser.get(URL)
    latest = page.context["portfolio"].lines[0]
    assert (latest.submitted, latest.invited, latest.verdict) == (3, 3, "real")
    text = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert "Northfield Q2 Closed 3 of 3 3 3.0 +1.0 clear change" in text
    earlier = Assessment.objects.get(name="Q1").pk
    assert f"/compare/?rounds={earlier}&amp;rounds={latest.assessment.pk}" in page.content.decode()


def test_only_assessments_that_one_runs_are_listed(browser, northfield, lakeside, version, alice, bob, charlie):
    open_assessment(northfield, version, alice, "Mine")
    foreign = open_assessment(lakeside, version, charlie, "Theirs")
    assessments.add_participant(assessment=foreign, user=alice, function="ceo", by=charlie)
    assert lines(browser.get(URL)) == [("Northfield", "Mine")]
    assert b"No assessments yet" in signed_in(bob).get(URL).content


def test_an_engagement_that_has_ended_closes_the_list(dana, northfield, version, alice):
    open_assessment(northfield, version, alice, "Q4")
    engagement = Engagement.objects.create(consultancy=Consultancy.objects.get(), organisation=northfield)
    assert lines(signed_in(dana).get(URL)) == [("Northfield", "Q4")]
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Engagement.objects.filter(pk=engagement.pk).update(since=yesterday, until=yesterday)
    assert b"No assessments yet" in signed_in(dana).get(URL).content


@pytest.mark.parametrize("typed", ["östliche", "ÖSTLICHE", "Östliche", "straße", "东方"])
@pytest.mark.parametrize("address", [URL, MAP])
def test_search_knows_large_and_small_letters_beyond_ascii(browser, version, alice, address, typed):
    played(organisations.create(name="Östliche Straße 东方", by=alice), version, alice, "Q1", [2])
    played(organisations.create(name="Other", by=alice), version, alice, "Q1", [2])
    page = browser.get(address, {"q": typed}).content.decode()
    assert ("Östliche" in page.split("<tbody>")[1], "Other" in page.split("<tbody>")[1]) == (True, False)


def test_search_takes_parts_of_both_names(browser, northfield, version, alice):
    open_assessment(northfield, version, alice, "Spring")
    open_assessment(northfield, version, alice, "Autumn")
    assert lines(browser.get(URL, {"q": "north autu"})) == [("Northfield", "Autumn")]
    assert b"No matching assessments" in browser.get(URL, {"q": "zebra"}).content


def test_overdue_is_judged_where_the_client_works(browser, version, alice, monkeypatch):
    """Half past ten in the evening of the 10th in London is the 11th in Auckland, and the middle of the 10th in Lima."""
    now = datetime.datetime(2026, 3, 10, 22, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    for zone in ("Pacific/Auckland", "America/Lima"):
        organisation = organisations.create(name=zone, by=alice, time_zone=zone)
        open_assessment(organisation, version, alice, "Q1", due_on=datetime.date(2026, 3, 10))
    page = browser.get(URL, {"state": "overdue"})
    assert lines(page) == [("Pacific/Auckland", "Q1")]
    assert page.context["portfolio"].counted.overdue == 1
    assert [line.is_overdue for line in browser.get(URL).context["portfolio"].lines] == [False, True]


def test_a_closed_assessment_is_never_overdue(browser, northfield, version, alice):
    closed = played(northfield, version, alice, "Q1", [2])
    Assessment.objects.filter(pk=closed.pk).update(due_on=datetime.date(2020, 1, 1))
    assert lines(browser.get(URL, {"state": "overdue"})) == []
    assert lines(browser.get(URL, {"state": "closed"})) == [("Northfield", "Q1")]


def test_the_client_filter_tells_no_foreign_id_from_an_absent_one(
    browser, northfield, lakeside, version, alice, charlie
):
    open_assessment(northfield, version, alice, "Q4")
    open_assessment(lakeside, version, charlie, "Q4")
    own, foreign, absent = (
        lines(browser.get(URL, {"client": pk})) for pk in (northfield.pk, lakeside.pk, uuid.uuid4())
    )
    assert (own, foreign, absent) == ([("Northfield", "Q4")], [], [])


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("client", ["Ash", "Birch", "Cedar"]),
        ("-client", ["Cedar", "Birch", "Ash"]),
        ("-completion", ["Ash", "Birch", "Cedar"]),
        ("completion", ["Birch", "Ash", "Cedar"]),
        ("due", ["Birch", "Ash", "Cedar"]),
        ("-due", ["Ash", "Birch", "Cedar"]),
        ("-activity", ["Cedar", "Ash", "Birch"]),
        ("-index", ["Birch", "Ash", "Cedar"]),
        ("index", ["Ash", "Birch", "Cedar"]),
        ("nonsense", ["Ash", "Birch", "Cedar"]),
    ],
)
def test_sorting_puts_what_is_absent_last(browser, version, alice, sort, expected):
    now = timezone.now()
    for number, name in enumerate(("Ash", "Birch", "Cedar")):
        organisation = organisations.create(name=name, by=alice)
        if name == "Cedar":
            made = open_assessment(organisation, version, alice, "Q1")
        else:
            made = played(organisation, version, alice, "Q1", [2 + number])
            due = now.date() + datetime.timedelta(days=5 - number)
            Assessment.objects.filter(pk=made.pk).update(due_on=due)
            made.participants.filter(submission__isnull=False).first().submission.answers.update(saved_at=now)
        if name == "Birch":
            Participant.objects.create(assessment=made)
        else:
            later = now + datetime.timedelta(hours=1 + number)
            Assessment.objects.filter(pk=made.pk).update(released_at=later)
    assert [client for client, _assessment in lines(browser.get(URL, {"sort": sort}))] == expected


def test_an_answer_that_was_saved_counts_as_activity(browser, assessment, submission):
    moment = timezone.now() + datetime.timedelta(hours=2)
    question = assessment.bank_version.pillars.first().questions.first()
    submission.answers.create(question=question, level=3, saved_at=moment)
    assert browser.get(URL).context["portfolio"].lines[0].last_activity == moment


def test_pages_keep_search_and_sort_in_the_address(browser, alice):
    assessments_by_the_thousand(alice, 10, 3)
    page = browser.get(URL, {"q": "client", "sort": "-index", "page": 1})
    assert len(page.context["portfolio"].lines) == 25
    for field in ('name="q" value="client"', 'name="sort" value="-index"', 'name="page" value="2"'):
        assert field in page.content.decode().split('action="/compare/"')[1]
    assert len(browser.get(URL, {"q": "client", "sort": "-index", "page": 2}).context["portfolio"].lines) == 5
    assert len(browser.get(URL, {"page": "many"}).context["portfolio"].lines) == 25


@pytest.mark.parametrize("address", [URL, f"{URL}?sort=-activity&q=round&state=open", f"{URL}?sort=completion", MAP])
def test_ten_and_two_hundred_assessments_cost_the_same(browser, alice, django_assert_max_num_queries, address):
    browser.get(URL)
    assessments_by_the_thousand(alice, 5, 2)
    with django_assert_max_num_queries(12) as few:
        browser.get(address)
    assessments_by_the_thousand(alice, 38, 5)
    with django_assert_max_num_queries(12) as many:
        browser.get(address)
    assert len(few) == len(many)


def test_five_thousand_assessments_take_no_more_queries(browser, alice, django_assert_max_num_queries):
    assessments_by_the_thousand(alice, 500, 10, answers=0)
    for address in (URL, f"{URL}?sort=-activity", f"{URL}?sort=change&q=client", MAP):
        with django_assert_max_num_queries(12):
            assert browser.get(address).status_code == 200


# The heat map


def test_clients_stand_in_the_order_of_their_latest_index(browser, version, alice):
    for name, levels in (("Ash", [2]), ("Birch", [4]), ("Cedar", [3])):
        organisation = organisations.create(name=name, by=alice)
        played(organisation, version, alice, "Old", [5])
        played(organisation, version, alice, "New", levels)
    (group,) = browser.get(MAP).context["heat_map"].groups
    assert [(line.organisation.name, line.assessment.name) for line in group.lines] == [
        ("Birch", "New"),
        ("Cedar", "New"),
        ("Ash", "New"),
    ]
    assert [column.name for column in group.columns][:2] == ["Vision", "Culture"]


def test_a_cell_says_score_and_level_in_words(browser, northfield, version, alice):
    played(northfield, version, alice, "Q1", [3])
    result = Result.objects.get()
    PillarResult.objects.filter(result=result, key="culture").update(score=None, level=None, status="insufficient")
    PillarResult.objects.filter(result=result, key="talent").update(level=None, status="provisional")
    text = re.sub(r"</?a\b[^>]*>", "", flat(browser.get(MAP).content.decode()))
    assert '<td class="cell l3"><b>3.0</b><span class="what">level 3</span></td>' in text
    assert '<td class="cell out"><span class="what">no score</span></td>' in text
    assert '<td class="cell open"><b>3.0</b><span class="what">no level</span></td>' in text


def test_cells_lead_to_their_pillar_and_are_no_stops_of_their_own(browser, northfield, version, alice):
    played(northfield, version, alice, "Q1", [3])
    page = flat(browser.get(MAP).content.decode())
    address = f"/assessments/{Result.objects.get().assessment_id}/result/figures/"
    assert f'<a tabindex="-1" href="{address}#explain-culture">' in page
    assert page.count(f'href="{address}#explain-') == page.count(f'tabindex="-1" href="{address}#explain-') == 8


def test_another_bank_is_a_group_of_its_own(browser, northfield, version, alice):
    from assessments.actions import banks
    from assessments.formats.bank import read_bank

    small, _made = banks.load(bank=read_bank("fixtures/demo/small.yaml"))
    banks.publish(version=small)
    small.refresh_from_db()
    other = organisations.create(name="Other", by=alice)
    played(northfield, version, alice, "Q1", [3])
    played(other, small, alice, "Q1", [3])
    groups = browser.get(MAP).context["heat_map"].groups
    assert [[line.organisation.name for line in group.lines] for group in groups] == [["Northfield"], ["Other"]]
    assert len(groups[0].columns) == 8 != len(groups[1].columns)


def test_open_assessments_and_foreign_clients_are_not_on_the_map(browser, assessment, lakeside, version, charlie):
    played(lakeside, version, charlie, "Q1", [3])
    page = browser.get(MAP)
    assert page.context["heat_map"].groups == ()
    assert b"No result yet" in page.content


# Nothing yet, and invented clients


def test_a_consultant_without_clients_may_explore(dana, bob):
    page = signed_in(dana).get(URL).content.decode()
    assert "Add a client" in page
    assert "Explore with demo data" in page
    assert "Explore with demo data" not in signed_in(bob).get(URL).content.decode()


def test_only_a_consultant_gets_invented_clients(bob):
    assert signed_in(bob).post("/portfolio/demo/add").status_code == 404
    assert not Organisation.objects.exists()


def test_invented_clients_are_marked_and_go_again(dana, northfield, assessment):
    browser = signed_in(dana)
    Engagement.objects.create(consultancy=Consultancy.objects.get(), organisation=northfield)
    people = User.objects.count()
    assert browser.post("/portfolio/demo/add").status_code == 302
    assert browser.post("/portfolio/demo/add").status_code == 302
    names = [client.name for client in browser.get(URL).context["portfolio"].clients]
    assert names == ["Brightwater (demo)", "Lakeside (demo)", "Northfield", "Northfield (demo)"]
    assert not User.objects.filter(email__endswith="@demo.invalid", is_active=True).exists()
    assert "Lakeside (demo)" in browser.get("/portfolio/demo/remove/").content.decode()
    assert Organisation.objects.count() == 4
    assert browser.post("/portfolio/demo/remove/").status_code == 302
    assert list(Organisation.objects.all()) == [northfield]
    assert User.objects.count() == people
    assert Assessment.objects.filter(pk=assessment.pk).exists()
    assert AuditEvent.objects.filter(verb="demo removed").count() == 3


def test_a_real_client_is_never_removed_as_invented(northfield, alice):
    example_clients.remove(organisations=[northfield], by=alice)
    assert Organisation.objects.filter(pk=northfield.pk).exists()


def test_nobody_removes_the_invented_clients_of_others(dana, charlie):
    signed_in(dana).post("/portfolio/demo/add")
    assert signed_in(charlie).post("/portfolio/demo/remove/").status_code == 302
    assert Organisation.objects.count() == 3


# A selection over several pages


def sent_by(response, **more):
    """What the form of the list sends with its boxes as they stand."""
    html = flat(response.content.decode())
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html.split('action="/compare/"')[1])
    ticked = re.findall(r'name="rounds" value="([^"]+)" checked', html)
    return {**dict(fields), "rounds": ticked, **more}


def test_what_is_ticked_stays_ticked_on_other_pages(browser, alice):
    assessments_by_the_thousand(alice, 30, 4)
    wanted = {"q": "client", "state": "closed"}
    first = browser.get(URL, wanted)
    ticked = [str(line.assessment.pk) for line in first.context["portfolio"].lines[:3]]
    second = browser.get(URL, sent_by(first, rounds=ticked, page=2))
    assert "3 more assessments are selected on other pages." in second.content.decode()
    other = str(second.context["portfolio"].lines[0].assessment.pk)
    back = browser.get(URL, sent_by(second, rounds=[other], page=1))
    assert sent_by(back)["rounds"] == ticked
    assert sent_by(back)["q"] == "client"
    chosen = browser.get("/exports/new/", sent_by(back)).context["selection"]
    assert {str(row.pk) for row in chosen.assessments} == {*ticked, other}
    assert len(browser.get("/exports/new/", sent_by(back, rounds=ticked[1:])).context["selection"].assessments) == 3


def test_what_is_ticked_on_the_heat_map_stays_ticked_on_its_other_pages(browser, alice, monkeypatch):
    monkeypatch.setattr("assessments.pages.portfolio.heat_map.CLIENTS_PER_PAGE", 3)
    assessments_by_the_thousand(alice, 5, 2)
    first = browser.get("/portfolio/pillars/", {"q": "client"})
    ticked = [str(line.assessment.pk) for line in first.context["groups"][0].lines[:2]]
    second = browser.get("/portfolio/pillars/", sent_by(first, rounds=ticked, page=2))
    assert "2 more assessments are selected on other pages." in second.content.decode()
    assert sent_by(second)["q"] == "client"
    back = browser.get("/portfolio/pillars/", sent_by(second, page=1))
    assert sent_by(back)["rounds"] == ticked


def test_a_search_keeps_what_is_ticked(browser, alice):
    made = assessments_by_the_thousand(alice, 2, 4)
    page = browser.get(URL, {"rounds": made[1].pk})
    kept = re.search(r'name="chosen" value="([\w-]{22})"', page.content.decode().split('action="/compare/"')[0])[1]
    assert (
        "1 more assessment is selected on another page."
        in browser.get(URL, {"q": "Client 0001", "chosen": kept}).content.decode()
    )


def test_a_selection_holds_only_ones_own_assessments(browser, alice, charlie):
    assessments_by_the_thousand(alice, 1, 4)
    theirs = assessments_by_the_thousand(charlie, 1, 4)
    chosen = selection.packed([theirs[1].pk, uuid.uuid4()])
    for sent in ({"chosen": chosen}, {"rounds": [theirs[1].pk]}, {"chosen": "nonsense" * 9}):
        page = browser.get(URL, sent)
        assert (page.context["ticked"].elsewhere, page.context["ticked"].here) == ((), frozenset())
    assert browser.get("/exports/new/", {"chosen": chosen}).status_code == 404
    assert browser.get("/compare/", {"chosen": chosen}).status_code == 404


def test_a_hundred_assessments_fit_into_an_address(browser, alice):
    made = [row for row in assessments_by_the_thousand(alice, 65, 4) if row.has_result]
    page = browser.get(URL, {"q": "zebra", "chosen": selection.packed(row.pk for row in made)})
    assert len(page.context["ticked"].elsewhere) == 100
    assert page.context["ticked"].too_many == 30
    chosen = page.context["ticked"].packed
    assert len(browser.get("/exports/new/", {"chosen": chosen}).request["QUERY_STRING"]) < 2500


@pytest.mark.parametrize("address", [URL, MAP])
def test_a_selection_that_is_cut_says_so(browser, alice, address):
    made = [row for row in assessments_by_the_thousand(alice, 65, 4) if row.has_result]
    chosen = {"q": "Client 0001", "chosen": selection.packed(row.pk for row in made)}
    assert "any beyond that are left out" in browser.get(address, chosen).content.decode()
    assert (
        "any beyond that are left out" not in browser.get(address, chosen | {"q": ""} | {"chosen": ""}).content.decode()
    )


def test_the_next_round_of_a_client_is_one_click_away(browser, northfield, version, alice):
    played(northfield, version, alice, "Q1", [2])
    link = f"/assessments/start/?client={northfield.pk}"
    for address in (URL, MAP):
        assert link in browser.get(address).content.decode()
    assert f'<option value="{northfield.pk}" selected>' in browser.get(link).content.decode()
