"""Ids of another client in forms and query strings, and rights that end: both act like what was never there."""

import datetime
import re
import uuid

import pytest
from django.utils import timezone

from assessments.models import Assessment, Consultancy, Engagement, Export, Membership, User
from tests.mailbox import browser_of


@pytest.fixture
def dana(northfield):
    """A consultant of Northfield's."""
    user = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart Advisory")
    hart.consultants.add(user)
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    return user


def test_a_lead_who_is_one_no_longer_is_out_at_the_next_request(assessment, alice):
    browser = browser_of(alice)
    address = f"/assessments/{assessment.pk}/manage/"
    assert browser.get(address).status_code == 200
    Membership.objects.filter(user=alice).delete()
    assert browser.get(address).status_code == 404
    assert browser.post(f"/assessments/{assessment.pk}/close/").status_code == 404


@pytest.mark.parametrize(
    "end",
    [
        lambda dana: Engagement.objects.update(
            since=timezone.localdate() - datetime.timedelta(9), until=timezone.localdate() - datetime.timedelta(1)
        ),
        lambda dana: Engagement.objects.update(since=timezone.localdate() + datetime.timedelta(1)),
        lambda dana: dana.consultancies.clear(),
        lambda dana: Engagement.objects.all().delete(),
    ],
    ids=["over", "not begun", "no consultant any more", "taken back"],
)
def test_a_consultant_is_out_at_the_next_request(assessment, dana, end):
    browser = browser_of(dana)
    address = f"/assessments/{assessment.pk}/manage/"
    assert browser.get(address).status_code == 200
    end(dana)
    assert browser.get(address).status_code == 404


def test_an_account_that_was_closed_is_out_at_the_next_request(assessment, bob):
    browser = browser_of(bob)
    address = f"/assessments/{assessment.pk}/"
    assert browser.get(address).status_code == 200
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert "/accounts/login/" in browser.get(address)["Location"]


def answers(browser, method, address, sent, key):
    """(what was answered to a foreign id, to an absent one), the id itself aside."""
    return [
        (answer.status_code, sorted(answer.headers), _body(answer, value))
        for value in sent
        for answer in [getattr(browser, method)(address, {**_base(address), key: str(value)})]
    ]


def _base(address):
    if address == "/assessments/start/":
        return {"name": "Q1", "audience": "several", "function": "ceo", "confidentiality": "confidential"}
    return {}


def _body(answer, value):
    body = re.sub(r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", answer.content.decode())
    return body.replace(str(value), "")


@pytest.mark.parametrize(
    ("method", "address", "key"),
    [
        ("post", "/assessments/start/", "organisation"),
        ("get", "/compare/", "rounds"),
        ("get", "/compare.xlsx", "rounds"),
        ("get", "/portfolio/", "client"),
        ("post", "/exports/new/", "rounds"),
    ],
)
def test_a_foreign_id_in_a_form_or_query_is_like_an_absent_one(assessment, lakeside, charlie, method, address, key):
    """Charlie leads Lakeside, and sends the ids of Northfield's assessment or of Northfield itself."""
    foreign = assessment.pk if key == "rounds" else assessment.organisation_id
    before = Assessment.objects.count()
    seen, absent = answers(browser_of(charlie), method, address, (foreign, uuid.uuid4()), key)
    assert seen == absent
    assert "Northfield" not in seen[2]
    assert Assessment.objects.count() == before and not Export.objects.exists()
