"""A body over the limit is refused by what its head says, files included."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from maturity.middleware.body_limit import HAND_OVER


@pytest.fixture
def browser(db):
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("said", [str(settings.BODY_LIMIT + 1), "9" * 5_000, "-1", "1e9", "²"])
def test_a_body_that_says_it_is_too_large_is_not_read(browser, said):
    response = browser.post("/accounts/login/", {"login": "x"}, CONTENT_LENGTH=said)
    assert response.status_code == 413
    assert "That is too long to save" in response.content.decode()


def test_a_large_file_is_a_large_body(browser):
    file = SimpleUploadedFile("people.csv", b"x" * settings.BODY_LIMIT)
    assert browser.post("/accounts/login/", {"file": file}).status_code == 413


def test_what_is_within_the_limit_is_read(browser):
    assert browser.post("/accounts/login/", {"login": "x" * 100_000}).status_code == 200
    assert browser.get("/", CONTENT_LENGTH="").status_code == 200


def test_a_hand_over_may_be_larger_and_has_its_own_limit(browser):
    assert browser.post(HAND_OVER, CONTENT_LENGTH=str(settings.BODY_LIMIT + 1)).status_code != 413
    assert browser.post(HAND_OVER, CONTENT_LENGTH=str(settings.HAND_OVER_LIMIT + 1)).status_code == 413


def test_that_page_is_where_hand_overs_come_in():
    from django.urls import resolve

    assert resolve(HAND_OVER).url_name == "assessments_organisation_arrival"


def test_many_files_are_refused(browser):
    files = {f"file{number}": SimpleUploadedFile("x.csv", b"x") for number in range(20)}
    assert browser.post("/accounts/login/", files).status_code == 413
