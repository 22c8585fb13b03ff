"""A cache that cannot be written says so, instead of "too many attempts" or no limit at all."""

from unittest import mock

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client

PASSWORD = "four quiet violet boats"


@pytest.fixture
def shared(db, settings):
    """The cache as the site has it."""
    settings.CACHES = {"default": {"BACKEND": "maturity.cache.LoudDatabaseCache", "LOCATION": "cache"}}
    return caches["default"]


really = CursorWrapper._execute


def no_room(cursor, sql, *arguments):
    if sql.startswith(("INSERT INTO", "UPDATE")) and '"cache"' in sql:
        raise OperationalError("database or disk is full")
    return really(cursor, sql, *arguments)


def full_disk():
    return mock.patch.object(CursorWrapper, "_execute", no_room)


@pytest.fixture
def full(shared):
    with full_disk():
        yield shared


def test_it_keeps_and_adds_once(shared):
    shared.set("a", 1)
    assert (shared.get("a"), shared.add("a", 2), shared.add("b", 3), shared.get("b")) == (1, False, True, 3)


@pytest.mark.parametrize("write", ["set", "add"])
def test_a_full_disk_is_told(full, write):
    with pytest.raises(OperationalError):
        getattr(full, write)("a", 1)


def test_a_count_that_cannot_go_on_is_told(shared):
    shared.set("a", 1)
    with full_disk(), pytest.raises(OperationalError):
        shared.set("a", 2)


def test_signing_in_with_a_full_disk_is_no_attempt_too_many(full):
    """The page of a database that does not answer: in a few minutes, by itself."""
    browser = Client(raise_request_exception=False)
    response = browser.post("/accounts/login/", {"login": "gina@northfield.example", "password": PASSWORD})
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Too many" not in response.content.decode()
