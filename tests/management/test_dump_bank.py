from dataclasses import replace

import pytest
from django.core.management import call_command

from assessments.actions import banks
from assessments.formats.bank import load_bank, read_bank
from assessments.formats.dump import dump_bank

SHIPPED = "fixtures/ai-leadership.yaml"


@pytest.fixture
def small(db):
    """A bank with a published 1.0.0 and a draft 1.1.0."""
    first = read_bank("fixtures/demo/small.yaml")
    version, _made = banks.load(bank=first)
    banks.publish(version=version)
    banks.load(bank=replace(first, version="1.1.0"))
    return first


def dumped(capsys, *arguments):
    call_command("dump_bank", *arguments)
    return capsys.readouterr().out


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        call_command("dump_bank", *arguments)
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_what_was_loaded_comes_out_again(db, capsys):
    text = dumped(capsys, "ai-leadership")
    assert text == dump_bank(read_bank(SHIPPED))
    assert load_bank(text) == read_bank(SHIPPED)


def test_the_published_version_comes_first_not_the_draft(small, capsys):
    assert "version: 1.0.0\n" in dumped(capsys, "small")


def test_the_version_published_last_is_the_default(small, capsys):
    version, _made = banks.load(bank=replace(small, version="1.1.0"))
    banks.publish(version=version)
    assert "version: 1.1.0\n" in dumped(capsys, "small")


def test_a_version_can_be_named_drafts_included(small, capsys):
    assert "version: 1.1.0\n" in dumped(capsys, "small", "--version", "1.1.0")


def test_an_unknown_key_is_a_sentence(db, capsys):
    assert refused(capsys, "nothing") == "There is no question bank with the key nothing.\n"


def test_an_unknown_version_names_those_there_are(small, capsys):
    assert refused(capsys, "small", "--version", "9.0.0") == (
        "There is no version 9.0.0 of small; there are: 1.0.0, 1.1.0.\n"
    )


def test_a_bank_without_a_published_version_asks_for_one(db, capsys):
    banks.load(bank=read_bank("fixtures/demo/small.yaml"))
    assert refused(capsys, "small") == "No version of small is published. Name one: 1.0.0.\n"
