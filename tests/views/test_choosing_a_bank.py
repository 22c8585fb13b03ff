"""Choosing a bank: the shelf where there is a choice, and nothing where there is none."""

import pathlib

import pytest

from assessments.actions import banks, planning
from assessments.formats.bank import load_bank
from tests.mailbox import browser_of

START = "/assessments/start/"


@pytest.fixture
def second(version):
    small = pathlib.Path("fixtures/demo/small.yaml").read_text().replace("licence: CC-BY-4.0", "licence: CC BY-SA 4.0")
    loaded, _new = banks.load(bank=load_bank(small))
    banks.publish(version=loaded)
    return loaded


def test_the_shelf_says_what_helps_to_choose(alice, second):
    page = browser_of(alice).get(START).content.decode()
    for words in (
        "The vision pillar alone",
        "7 questions, about 5 minutes a person",
        "English",
        "CC BY-SA 4.0",
        "56 questions",
    ):
        assert words in page
    assert page.count('name="bank_version"') == 2
    assert page.count("checked") >= 1


def test_without_a_choice_there_is_nothing_to_choose(alice, northfield, version):
    page = browser_of(alice).get(START).content.decode()
    assert "bank_version" not in page
    assert "56 questions" in page


def test_preparing_shows_the_same_shelf(alice, northfield, version, second):
    draft = planning.begin(organisation=northfield, bank_version=version, by=alice, name="Q1")
    page = browser_of(alice).get(f"/assessments/{draft.pk}/prepare/basics/").content.decode()
    assert "7 questions, about 5 minutes a person" in page
