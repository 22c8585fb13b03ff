"""The demonstration a second time, and with something in its way."""

from dataclasses import replace

import pytest

from assessments.actions.banks import BankConflictError
from assessments.demo import demonstration
from assessments.demo.story import BANK
from assessments.formats.bank import read_bank
from assessments.models import Assessment, Organisation, User


def test_what_is_missing_is_made_again(db):
    demonstration.make()
    Organisation.objects.get(name="Lakeside").delete()
    again = demonstration.make()
    assert again.made == ("Lakeside",)
    assert Assessment.objects.count() == 12


def test_other_organisations_of_the_same_name_are_left_alone(northfield, alice):
    made = demonstration.make()
    assert Organisation.objects.filter(name="Northfield").count() == 2
    assert northfield.pk not in {organisation.pk for organisation in made.organisations}
    assert not Assessment.objects.filter(organisation=northfield).exists()


def test_people_who_are_there_keep_their_password(db):
    User.objects.create_user("executive@northfield.example", "a word of her own")
    demonstration.make()
    executive = User.objects.get(email="executive@northfield.example")
    assert executive.check_password("a word of her own")


def test_it_is_made_whole_or_not_at_all(db, monkeypatch):
    def break_off(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(demonstration.assessments, "release", break_off)
    with pytest.raises(OSError, match="disk full"):
        demonstration.make()
    assert not Organisation.objects.exists() and not User.objects.exists()


def test_another_bank_under_the_same_version_is_a_conflict(db, monkeypatch):
    bank = read_bank(BANK)
    monkeypatch.setattr(demonstration, "read_bank", lambda path: replace(bank, title="Another"))
    with pytest.raises(BankConflictError):
        demonstration.make()
    assert not Organisation.objects.exists()
