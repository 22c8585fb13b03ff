"""Every address × method × identity. A new address fails here until somebody says who may open it."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from assessments.actions import assessments, delegation
from assessments.models import Answer, Assessment, AuditEvent, Consultancy, Engagement, Organisation, Participant, User

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")

# Who may open an address of Northfield's assessment: the name of the address -> the identities that do not get a 404
OUTSIDERS = {"outsider", "respondent_elsewhere", "unassigned"}  # Lakeside's lead and respondent, a firm without clients
EVERYBODY = {"nobody", "participant", "lead", "consultant", "staff"} | OUTSIDERS
SIGNED_IN = EVERYBODY - {"nobody"}
ROUND = {"participant", "lead"}  # whoever takes part; the lead does too
RUNS = {"lead", "consultant"}
CONSULTS = {"consultant", "unassigned"}
# Wrong ones are a 404 like any other address: views/test_shared_results.py, views/test_calendars.py
SECRETS = ("shared_result", "calendar_feed")
OPENED_BY = {
    "landing": EVERYBODY,
    "sample_report": EVERYBODY,
    "method": EVERYBODY,
    "help": EVERYBODY,
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    "metrics": set(),
    "trend": set(),  # three results are needed, and here is one
    "choose_language": EVERYBODY,
    "home": SIGNED_IN,
    "start": SIGNED_IN,
    "overview": ROUND,
    "calibration": ROUND,
    "answer_evidence": ROUND,
    "evidence_register": set(),  # of an organisation; who opens it is tested in views/test_evidence_register.py
    "evidence_csv": set(),
    "evidence_piece": set(),
    "evidence_file": set(),  # of one that is not there; who opens one is tested in views/test_evidence.py
    "last_time": ROUND,
    "last_time_pillar": ROUND,
    "pillar": ROUND,
    "answer": ROUND,
    "review": ROUND,
    "submit": ROUND,
    "session": SIGNED_IN,
    "result": RUNS | ROUND,
    "result_part": RUNS | ROUND,
    "share": RUNS,
    "resend_share": set(),  # the same
    "withdraw_share": set(),  # of a link that is not there; tested in views/test_shared_results.py
    "shared_result": set(),  # of a wrong token
    "report": RUNS | ROUND,
    "chart_file": RUNS | ROUND,
    "report_file": RUNS | ROUND,
    "result_logo": set(),  # of an assessment that has none; whose opens is tested in views/test_logos.py
    "commentary": RUNS,
    "commentary_whole": RUNS,
    "commentary_pillar": RUNS,
    "brand": {"consultant"},  # by the id of the client's own consultancy
    "consultancy_logo": {"consultant"},
    "consultancy_logo_file": set(),  # of one that has none
    "slides_template": {"consultant"},
    "word_template": {"consultant"},
    "slides_sample": set(),  # of one that has none
    "word_sample": set(),
    "snippets": {"consultant"},
    "new_snippet": {"consultant"},
    "snippet": set(),  # of one that is not there
    "remove_snippet": set(),
    "rename": RUNS,
    "organisation": set(),  # by the id of an organisation: tested in views/test_naming.py
    "client_logo": RUNS,
    "client_logo_file": set(),  # of one that has none
    "question": RUNS,  # whoever takes part, once they see the result; tested in views/test_threads.py
    "ask": RUNS,
    "threads": RUNS | ROUND,
    "threads_csv": RUNS,
    "thread": set(),  # of one that is not there; who opens one is tested in security/test_threads.py
    "close_thread": set(),
    "what_if": RUNS,
    "scenario": set(),  # of an assessment that has none; who opens one is tested in views/test_whatif.py
    "remove_scenario": set(),
    "roadmap": RUNS,
    "roadmap_status": RUNS | ROUND,
    "roadmap_add": RUNS,
    "roadmap_new": RUNS,
    "roadmap_csv": RUNS,
    "roadmap_tasks": RUNS,
    "roadmap_action": set(),  # of an action that is not there; tested in views/test_roadmap.py
    "own_action": set(),  # of an action that is not there; tested in views/test_roadmap_owners.py
    "roadmap_move": set(),
    "roadmap_mark": set(),
    "roadmap_note": set(),
    "roadmap_remove": set(),
    "programme": set(),  # of an organisation; who opens it is tested in views/test_programme.py
    "programme_change": set(),
    "programme_state": set(),
    "programme_end": set(),
    "assessment_units": RUNS,
    "central_questions": set(),  # of a bank that has none; tested in access/test_central.py
    "decide_objection": set(),
    "unit_part": set(),  # of an assessment that asks no units; tested in access/test_unit_leads.py
    "units_result": set(),  # of an assessment that asks no units; tested in views/test_unit_results.py
    "units": set(),  # of an organisation; who opens them is tested in views/test_units.py
    "new_unit": set(),
    "paste_units": set(),
    "systems": set(),
    "new_system": set(),
    "paste_systems": set(),
    "show_units": set(),
    "unit": set(),
    "unit_state": set(),
    "cohorts": SIGNED_IN,
    "peer_consent": set(),  # of an organisation; who opens it is tested in views/test_peers.py
    "manage": RUNS,
    "pillar_reviews": RUNS,
    "pillar_review": RUNS,
    "close": RUNS,
    "release": RUNS,
    "reopen_for_one": RUNS,
    "invite": RUNS,
    "invite_many": RUNS,
    "remind_all": RUNS,
    "correct_person": RUNS,
    "remind": RUNS,
    "invite_again": RUNS,
    "revoke": RUNS,
    "reopen": RUNS,
    "pass_on": ROUND,
    "pass_again": ROUND,
    "take_back": ROUND,
    "invitation": EVERYBODY,  # whoever has a token; of a wrong one everybody learns the same
    "ask_for_invitation": EVERYBODY,
    "delegation": EVERYBODY,
    "ask_for_delegation": EVERYBODY,
    "exports": SIGNED_IN,  # one's own; whose assessments can be exported is tested in views/test_exports.py
    "new_export": SIGNED_IN,
    "hand_over": SIGNED_IN,  # one's own clients; tested in views/test_hand_over.py
    "export": set(),  # of one that is not there
    "export_file": set(),
    "export_again": set(),
    "remove_export": set(),
    "tokens": SIGNED_IN,
    "calendar": SIGNED_IN,
    "withdraw_calendar": SIGNED_IN,
    "calendar_feed": set(),  # of a wrong secret
    "revoke_token": set(),  # one's own; tested in views/test_tokens.py
    "privacy": EVERYBODY,
    "profile": SIGNED_IN,
    "your_data": SIGNED_IN,
    "my_copy": SIGNED_IN,
    "sign_out_everywhere": SIGNED_IN,
    "sessions": SIGNED_IN,
    "end_session": set(),  # one's own; tested in views/test_sessions.py
    "end_other_sessions": SIGNED_IN,
    "erase": SIGNED_IN,
    "delete_organisation": set(),  # by the id of an organisation: tested in views/test_leaving.py
    "restore_organisation": set(),
    "name_review": set(),  # of none; who opens one is tested in views/test_names.py
    "portfolio": SIGNED_IN,
    "heat_map": SIGNED_IN,
    "add_demo": CONSULTS,
    "remove_demo": SIGNED_IN,
    "compare": SIGNED_IN,  # without assessments it says what to choose; whose assessments open is tested in views/test_compare.py
    "compare_pdf": SIGNED_IN,
    "compare_xlsx": SIGNED_IN,
    "plan_new": SIGNED_IN,
    "plan": RUNS,
    "plan_drop": RUNS,
    "plan_discard": RUNS,
    "due": RUNS,
    "interview": RUNS,
    "interview_ask": RUNS,
    "confirm": EVERYBODY,  # whoever has a token
    "join_workshop": EVERYBODY,  # with a code; tested in views/test_workshop_guests.py
    "join_with_code": EVERYBODY,
    "guest_vote": EVERYBODY,  # who is no guest is sent to the door
    "guest_now": EVERYBODY,
    "remove_guest": RUNS,
    "workshop": RUNS,
    "start_workshop": RUNS,
    "end_workshop": RUNS,
    "workshop_screen": RUNS,
    "workshop_ask": set(),  # of no question; tested in views/test_workshop.py
    "workshop_reveal": RUNS,
    "agreed_answer": RUNS,
    "withdraw_agreed": RUNS,
    "workshop_vote": ROUND,
    "workshop_now": RUNS | ROUND,
    "provider_sign_in": set(),  # of none; tested in test_provider.py
    "provider_answer": set(),
    "outbox": set(),  # exists only in the demonstration
    "styleguide": {"staff"},
}
ELSEWHERE = ("accounts/", "admin/", "api/")  # in test_walk_beyond.py, and tokens in api/test_doors.py


def addresses(patterns=None):
    """(name, route) of every address, those of `ELSEWHERE` left out."""
    for name, route in walked(get_resolver().url_patterns if patterns is None else patterns):
        if not route.startswith(ELSEWHERE):
            yield name, route


def walked(patterns, prefix=""):
    """(name, route) of every address."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walked(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, route


def path_of(route, *, pk, pillar="vision"):
    """The route with its holes filled: an assessment's id, bob's, a pillar's or question's key, a token that never was."""
    keyed = "answers/" in route or "questions/" in route
    key = {"vision": "vision-direction", "culture": "culture-data"}[pillar] if keyed else pillar
    bob = Participant.objects.filter(user__email="bob@northfield.example").first()
    holes = {"pk": str(pk), "key": key, "person": str(bob.pk if bob else pk), "chart_name": "pillars", "kind": "svg"}
    holes |= {"form": "csv", "scenario": str(pk), "step": "people", "action": str(pk), "way": "up", "state": "done"}
    holes |= {"tool": "jira", "unit": str(pk), "objection": str(pk)}
    holes |= {
        "topic": "answering",
        "part": "figures",
        "whose": "client",
        "snippet": str(pk),
        "guest": str(pk),
        "link": str(pk),
        "thread": str(pk),
        **owners_of(pk),
    }
    return "/" + re.sub(r"<(\w+):(\w+)>", lambda hole: holes.get(hole[2], "wrong-token"), route)


def owners_of(pk):
    """The client of an assessment and the consultancy that serves it; of an assessment that never was, its id."""
    client = Organisation.objects.filter(assessments=pk).first()
    firm = Consultancy.objects.filter(engagements__organisation=client).first() if client else None
    return {"client": str(client.pk if client else pk), "consultancy": str(firm.pk if firm else pk)}


@pytest.fixture
def identities(assessment, alice, bob, charlie, lakes_assessment, consultants):
    """A browser for each of eight: nobody, two respondents, two leads, two consultants, and staff."""
    admin = User.objects.create_superuser("admin@demo.example")
    people = {"participant": bob, "lead": alice, "outsider": charlie, "staff": admin, **consultants}
    people["respondent_elsewhere"] = lakes_assessment.participants.exclude(user=charlie).get().user
    clients = {"nobody": Client()}
    for identity, user in people.items():
        clients[identity] = Client()
        clients[identity].force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return clients


@pytest.fixture
def lakes_assessment(lakeside, charlie, version):
    """An open assessment of Lakeside in which charlie and gus take part."""
    started = assessments.start(organisation=lakeside, bank_version=version, name="Lake", by=charlie, function="ceo")
    gus = User.objects.create_user("gus@lakeside.example")
    assessments.add_participant(assessment=started, user=gus, function="legal", by=charlie)
    return started


@pytest.fixture
def consultants(northfield):
    """Dana serves Northfield; erin's firm serves nobody."""
    dana, erin = (User.objects.create_user(email) for email in ("dana@hart.example", "erin@loose.example"))
    for user, firm in ((dana, "Hart Advisory"), (erin, "Loose Ends")):
        Consultancy.objects.create(name=firm).consultants.add(user)
    Engagement.objects.create(consultancy=dana.consultancies.get(), organisation=northfield)
    return {"consultant": dana, "unassigned": erin}


def scrubbed(response):
    """Status, header names and body, without what differs at every request."""
    body = b"" if response.streaming else response.content
    body = re.sub(rb'(csrfmiddlewaretoken" value|nonce)="?[^"]*"', b"", body)
    return response.status_code, sorted(response.headers), body.replace(b"\n", b"")


def test_every_address_is_classified():
    assert {name for name, _route in addresses()} == set(OPENED_BY)


def test_the_walk_meets_a_planted_address():
    from django.urls import path

    planted = [*get_resolver().url_patterns, path("planted/", lambda request: None, name="planted")]
    assert "planted" in {name for name, _route in addresses(planted)}


@pytest.mark.parametrize("identity", ["nobody", "staff", *sorted(OUTSIDERS)])
def test_foreign_and_absent_look_the_same(identity, identities, assessment):
    """At every address, to all five who have nothing to do with Northfield: status, header names and body."""
    client, absent, before = identities[identity], uuid.uuid4(), rows()
    for route in [route for _name, route in addresses() if "<uuid:" in route]:
        addressed = path_of(route, pk=assessment.pk), path_of(route, pk=absent)
        for method in METHODS:
            foreign, nowhere = (getattr(client, method)(path) for path in addressed)
            assert anonymous(foreign, addressed[0]) == anonymous(nowhere, addressed[1]), (route, method)
            assert foreign.status_code in ((302, 401, 405) if identity == "nobody" else (404, 405)), (route, method)
            assert b"Northfield" not in foreign.content
    assert rows() == before
    assert Assessment.objects.get(pk=assessment.pk).is_open


def rows():
    """How much was answered and how much was recorded."""
    return Answer.objects.count(), AuditEvent.objects.count()


def anonymous(response, path):
    """What a response says, the ids that were asked for aside."""
    status, headers, body = scrubbed(response)
    for key in re.findall("[0-9a-f-]{36}", path):
        body = body.replace(key.encode(), b"id")
    return status, headers, body


@pytest.mark.parametrize(("name", "route"), list(addresses()), ids=lambda value: value)
def test_each_door_opens_for_those_it_is_meant_for(name, route, identities, assessment, alice):
    """On a closed, released assessment a GET (or the one method that the address takes) never gives 404 to its people."""
    of_a_result = {"result", "result_part", "report", "report_file", "chart_file", "what_if"}
    if name in of_a_result or (name or "").startswith(("roadmap", "commentary")):
        assessments.close(assessment=assessment, by=alice)
        assessments.release(assessment=assessment, by=alice, everyone=True)
    for identity, client in identities.items():
        response = client.get(path_of(route, pk=assessment.pk))
        if response.status_code == 405:
            response = client.put(path_of(route, pk=assessment.pk), b"{}", "application/json")
        if response.status_code == 405:
            response = client.post(path_of(route, pk=assessment.pk))
        allowed = identity in OPENED_BY[name]
        if (
            identity == "nobody"
            and not allowed
            and name not in ("outbox", "styleguide", "metrics", "provider_sign_in", "provider_answer", *SECRETS)
        ):
            assert response.status_code == 401 or "/accounts/login/" in response["Location"]
        else:
            assert (response.status_code != 404) == allowed, (identity, response.status_code)
            assert response.status_code < 500 or "Retry-After" in response  # another process prints a report


def test_each_address_of_a_button_explains_itself_and_leads_back(identities, assessment):
    """Opened from a bookmark or after signing in: status 405, a page of ours, and a link to one's assessments."""
    answers = {name: identities["lead"].get(path_of(route, pk=assessment.pk)) for name, route in addresses()}
    refused = {name: answer.content.decode() for name, answer in answers.items() if answer.status_code == 405}
    assert {"release", "remind", "invite_again", "take_back", "sign_out_everywhere", "choose_language"} <= set(refused)
    for name, page in refused.items():
        assert "This address belongs to a button on another page" in page, name
        assert 'class="button" href="/home/"' in page, name


def test_an_outsider_changes_nothing_at_addresses_without_an_assessment(identities):
    """What belongs to no assessment: those with one are walked above."""
    before = rows()
    for route in (route for _name, route in addresses() if "<uuid:" not in route):
        for method in METHODS:
            getattr(identities["outsider"], method)(path_of(route, pk=uuid.uuid4()))
    assert rows() == before


TOKENS = [route for name, route in addresses() if "<str:token>" in route and name not in SECRETS]


@pytest.mark.parametrize("route", TOKENS)
def test_a_wrong_token_tells_nobody_anything(route, identities, submission, bob, colleague, mailoutbox):
    before, sent, path = AuditEvent.objects.count(), len(mailoutbox), path_of(route, pk=submission.pk)
    for method in METHODS:
        cache.clear()  # how often one address has asked
        for identity, client in identities.items():
            response = getattr(client, method)(path)
            assert response.status_code in (405, 410, 200), (identity, method)
            assert b"Northfield" not in response.content
            assert response.status_code == 405 or method != "get" or b"no longer works" in response.content
    assert (AuditEvent.objects.count(), len(mailoutbox)) == (before, sent)


@pytest.fixture
def colleague(submission, bob, version):
    """Somebody to whom bob has passed one pillar: vision."""
    gina = User.objects.create_user("gina@northfield.example")
    passed = delegation.delegate(
        submission=submission,
        pillar=version.pillars.get(key="vision"),
        email=gina.email,
        name="Gina",
        note="",
        by=bob,
        base_url="http://testserver/",
    )
    type(passed).objects.update(user=gina, used_at=passed.created_at)
    client = Client()
    client.force_login(gina, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("method", METHODS)
def test_a_colleague_reaches_one_pillar_and_nothing_else(method, colleague, submission, assessment):
    opened = set()
    for pk in (submission.pk, assessment.pk):
        for pillar in ("vision", "culture"):
            for name, route in addresses():
                if "<uuid:pk>" in route and (pillar == "vision" or "<str:key>" in route):
                    response = getattr(colleague, method)(path_of(route, pk=pk, pillar=pillar))
                    if response.status_code not in (404, 405):
                        opened.add((name, pk == submission.pk, pillar))
    page = {"pillar", "answer_evidence"}
    expected = {"get": page, "head": page, "post": page, "put": {"answer"}}
    assert opened == {(name, True, "vision") for name in expected.get(method, ())}


def test_a_pillar_taken_back_is_closed_like_any_other(colleague, submission):
    from assessments.models import Delegation

    address = path_of("assessments/<uuid:pk>/pillars/<str:key>/", pk=submission.pk)
    assert colleague.get(address).status_code == 200
    Delegation.objects.update(revoked_at="2026-01-01T00:00Z")
    assert colleague.get(address).status_code == 404


def test_rights_that_end_act_at_the_next_request(identities, assessment, alice, bob):
    """A lead, a respondent and a consultant lose what made them one; all addresses of the assessment are then absent."""
    from assessments.models import Membership

    gone = {
        "lead": lambda: Membership.objects.filter(user=alice).delete(),
        "participant": lambda: Participant.objects.filter(user=bob).delete(),
        "consultant": lambda: Engagement.objects.all().delete(),
    }
    Participant.objects.filter(user=alice).delete()
    first = {"participant": f"/assessments/{assessment.pk}/"}
    for identity, end in gone.items():
        client = identities[identity]
        address = first.get(identity, f"/assessments/{assessment.pk}/manage/")
        assert client.get(address).status_code == 200, identity
        end()
        for _name, route in addresses():
            if "<uuid:pk>" in route:
                assert client.get(path_of(route, pk=assessment.pk)).status_code in (404, 405), (identity, route)
