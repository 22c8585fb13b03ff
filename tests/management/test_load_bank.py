from pathlib import Path

import pytest
from django.core.management import call_command

from assessments.formats.bank import read_bank
from assessments.formats.dump import dump_bank
from assessments.models import Anchor, AuditEvent, BankVersion, QuestionBank
from assessments.results import bank_of

SMALL = Path("fixtures/demo/small.yaml")


@pytest.fixture
def file(tmp_path, db):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.read_text("utf-8"), "utf-8")
    return path


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        call_command("load_bank", *arguments)
    assert ended.value.code == 1
    return capsys.readouterr().err


def small():
    return BankVersion.objects.get(bank__key="small")


def test_a_file_becomes_a_draft_with_the_same_content(file, capsys):
    call_command("load_bank", str(file))
    assert capsys.readouterr().out == "small 1.0.0: loaded as a draft.\n"
    assert small().state == "draft"
    assert dump_bank(bank_of(small())) == dump_bank(read_bank(file))


def test_publishing_seals_it_with_the_checksum_of_the_file(file, capsys):
    call_command("load_bank", str(file), "--publish")
    assert capsys.readouterr().out == "small 1.0.0: loaded and published.\n"
    assert (small().state, small().checksum) == ("published", read_bank(file).checksum)


@pytest.mark.parametrize("options", [[], ["--publish"]])
def test_the_same_file_twice_changes_nothing(file, capsys, options):
    call_command("load_bank", str(file), *options)
    before = (small().state, small().published_at, Anchor.objects.count(), AuditEvent.objects.count())
    call_command("load_bank", str(file), *options)
    assert "already there; nothing was changed" in capsys.readouterr().out
    assert (small().state, small().published_at, Anchor.objects.count(), AuditEvent.objects.count()) == before


def test_a_draft_can_be_published_later(file, capsys):
    call_command("load_bank", str(file))
    call_command("load_bank", str(file), "--publish")
    assert "small 1.0.0: published." in capsys.readouterr().out
    assert small().state == "published"


def test_other_content_under_the_same_version_is_refused(file, capsys):
    call_command("load_bank", str(file))
    change(file, "title: Vision, in seven questions", "title: Something else")
    assert "different content" in refused(capsys, str(file))
    assert small().title == "Vision, in seven questions"


def test_a_new_version_stands_beside_the_old_one(file):
    call_command("load_bank", str(file), "--publish")
    change(file, "version: 1.0.0", "version: 1.1.0")
    call_command("load_bank", str(file), "--publish")
    assert QuestionBank.objects.get(key="small").versions.published().count() == 2


def test_every_error_is_named_with_its_line_and_nothing_is_written(file, capsys):
    change(file, "language: en", "language: no such language\ncolour: blue")
    change(file, "key: small", "key: '!'")
    said = refused(capsys, str(file))
    assert f"{file}:2: key" in said and f"{file}:5: language" in said and f"{file}:6: " in said
    assert not QuestionBank.objects.filter(key__in=("small", "!")).exists()


def test_a_missing_file_is_a_sentence(db, capsys, tmp_path):
    assert "cannot be read" in refused(capsys, str(tmp_path / "none.yaml"))


def test_a_retired_version_is_not_published_again(file, capsys):
    call_command("load_bank", str(file), "--publish")
    BankVersion.objects.filter(bank__key="small").update(state="retired")
    assert "retired" in refused(capsys, str(file), "--publish")
    assert small().state == "retired"
