from dataclasses import replace

import pytest
from django.apps import apps
from django.core.management import call_command

from assessments.demo import demonstration
from assessments.demo.story import BANK
from assessments.formats.bank import read_bank
from assessments.models import BankVersion, Organisation


def everything():
    """Every row of every table, to compare before and after."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed
    }


def run(capsys):
    call_command("demo")
    return capsys.readouterr().out


def test_it_says_what_there_is_and_how_to_sign_in(db, capsys):
    told = run(capsys)
    for words in ("Northfield", "Lakeside", "9 of 11 answered", "index 2.9, level 2", "Open"):
        assert words in told
    for email in ("executive@northfield.example", "consultant@hart.example", "admin@demo.example"):
        assert email in told
    assert demonstration.PASSWORD in told


def test_twice_changes_nothing(db, capsys):
    run(capsys)
    before = everything()
    assert "nothing was changed" in run(capsys)
    assert everything() == before


def test_twice_is_harmless_whatever_else_the_database_holds(db, capsys, charlie, lakeside, monkeypatch):
    """Its bank retired here, and polished in the files since."""
    run(capsys)
    BankVersion.objects.update(state="retired")
    bank = read_bank(BANK)
    monkeypatch.setattr(demonstration, "read_bank", lambda path: replace(bank, title="Polished"))
    before = everything()
    run(capsys)
    assert everything() == before


def test_a_known_password_is_warned_of_outside_the_demonstration(db, capsys, settings):
    settings.DEMO = False
    assert "never use these accounts on a site that others can reach" in run(capsys)
    settings.DEMO = True
    assert "never use these accounts" not in run(capsys)


def test_another_bank_in_the_way_is_a_sentence(db, capsys, monkeypatch):
    bank = read_bank(BANK)
    monkeypatch.setattr(demonstration, "read_bank", lambda path: replace(bank, title="Another"))
    with pytest.raises(SystemExit) as ended:
        call_command("demo")
    assert ended.value.code == 1
    assert "different question bank" in capsys.readouterr().err
    assert not Organisation.objects.exists()


def test_a_retired_bank_in_the_way_is_a_sentence(db, capsys):
    BankVersion.objects.update(state="retired")
    with pytest.raises(SystemExit) as ended:
        call_command("demo")
    assert ended.value.code == 1
    assert "retired" in capsys.readouterr().err
    assert not Organisation.objects.exists()
