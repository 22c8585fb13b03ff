"""`check_translation`, `load_translation`, `dump_translation`."""

import pytest
from django.core.management import call_command

from tests.formats.minimal import BANK
from tests.formats.test_translation import GERMAN

from .files import run


@pytest.fixture
def files(tmp_path):
    bank, german = tmp_path / "tiny.yaml", tmp_path / "tiny.de.yaml"
    bank.write_text(BANK, encoding="utf-8")
    german.write_text(GERMAN, encoding="utf-8")
    return bank, german


def test_check_names_gaps_and_sums_up(files):
    bank, german = files
    status, out, err = run("check_translation", german, "--bank", bank)
    assert (status, err) == (0, "")
    assert f"{german}:22: questions/q1/anchors/2: warning: the source has changed since this was translated" in out
    assert f"{german}: questions/q2/anchors/5: missing" in out
    assert out.splitlines()[-1].endswith("tiny 1.0.0 de 1.2.0: 18 of 24 texts, 6 missing, 1 with a changed source")


def test_check_refuses_another_bank(files):
    bank, german = files
    bank.write_text(BANK.replace("1.0.0", "1.1.0"), encoding="utf-8")
    status, out, err = run("check_translation", german, "--bank", bank)
    assert (status, out) == (1, "")
    assert 'bank: there is no question bank "tiny 1.0.0" here; load it first' in err


@pytest.mark.django_db
def test_loaded_file_is_dumped_again(files, capsys):
    bank, german = files
    call_command("load_bank", bank, "--publish")
    call_command("load_translation", german, "--offer")
    call_command("load_translation", german, "--offer")
    assert "Already there; nothing was changed." in capsys.readouterr().out
    call_command("dump_translation", "tiny", "de")
    again = capsys.readouterr().out
    assert "source_changed:\n  - questions/q1/anchors/2\n" in again
    german.write_text(again, encoding="utf-8")
    call_command("load_translation", german)
    assert "nothing was changed" in capsys.readouterr().out


@pytest.mark.django_db
def test_bad_file_changes_nothing(files, capsys):
    bank, german = files
    call_command("load_bank", bank, "--publish")
    german.write_text(GERMAN.replace("from: 1", "from: 2"), encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("load_translation", german)
    assert "keep the bank's order" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        call_command("dump_translation", "tiny", "de")
    assert "has no translation de" in capsys.readouterr().err
