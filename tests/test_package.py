"""The installed package: it has everything that the site reads, and keeps what it writes outside of itself."""

import os
import re
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from maturity import command, places, serve

ROOT = Path(__file__).parents[1]
READ = ("templates", "static", "fixtures", "docs/help")  # folders from which the site reads at run time


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The package as it is built, without its tools in an environment of their own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def names(wheel):
    return set(zipfile.ZipFile(wheel).namelist())


def tracked(*folders):
    listed = subprocess.run(["git", "ls-files", *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(listed.stdout.split())


def test_the_package_has_the_code_and_everything_that_the_site_reads(names):
    assert tracked("assessments", "maturity") <= names
    assert {f"maturity/resources/{name}" for name in (*tracked(*READ), "docs/method.md")} <= names
    assert "maturity/resources/locale/de/LC_MESSAGES/django.mo" in names
    assert "maturity/resources/deploy/gunicorn.conf.py" in names


def test_the_package_has_no_secret_and_nothing_of_the_tests(wheel, names):
    planted = [name for name in names if Path(name).name in (".env", "env") or "/secrets/" in name or "/tls/" in name]
    assert planted == []
    assert not [name for name in names if name.startswith("tests/")]
    points = [name for name in names if name.endswith("entry_points.txt")]
    assert "ai-leadership = maturity.command:main" in zipfile.ZipFile(wheel).read(points[0]).decode()


# The folder of an installation


def test_a_checkout_keeps_its_files_in_its_own_folder(monkeypatch):
    monkeypatch.delenv(places.HOME, raising=False)
    assert places.RESOURCES == places.state_folder() == ROOT


def test_an_installed_package_keeps_them_with_its_user(monkeypatch):
    monkeypatch.delenv(places.HOME, raising=False)
    monkeypatch.setattr(places, "INSTALLED", True)
    monkeypatch.setenv("XDG_STATE_HOME", "/somewhere/state")
    assert places.state_folder() == Path("/somewhere/state/ai-leadership")
    monkeypatch.setenv(places.HOME, "/srv/leadership")
    assert places.state_folder() == Path("/srv/leadership")


def test_the_first_command_makes_a_key_for_this_user_alone_and_the_next_keeps_it(tmp_path):
    folder = tmp_path / "state" / "ai-leadership"
    command.prepare(folder, {})
    file = folder / ".env"
    first = file.read_text()
    assert first.startswith("SECRET_KEY=") and len(first) > 80
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700
    command.prepare(folder, {})
    assert file.read_text() == first


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FILE"])
def test_a_key_that_is_given_is_not_doubled(tmp_path, name):
    command.prepare(tmp_path, {name: "/run/secrets/key"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match="Set AI_LEADERSHIP_HOME to a folder that you can write to"):
        command.prepare(tmp_path / "file" / "state", {})


# The commands


def test_dashes_are_for_people(capsys):
    bank = str(ROOT / "fixtures" / "ai-leadership.yaml")
    command.main(["check-bank", bank])
    assert "8 pillars, 56 questions, 0 warnings" in capsys.readouterr().out


def test_without_a_command_the_usage_is_shown(capsys):
    command.main(["--help"])
    assert "ai-leadership COMMAND" in capsys.readouterr().out


@pytest.mark.parametrize(("setting", "only_here"), [({}, True), ({"ALLOWED_HOSTS": "a.example"}, False)])
def test_only_a_site_of_this_machine_alone_speaks_plain_http(monkeypatch, tmp_path, setting, only_here):
    for name in ("ALLOWED_HOSTS", "HTTPS", "SITE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(places.HOME, str(tmp_path))
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    assert serve.use_plain_http_on_this_machine() is only_here
    assert os.environ.get("HTTPS") == ("off" if only_here else None)


@pytest.mark.database
def test_an_older_database_is_not_changed_by_serving(monkeypatch, django_db_setup, django_db_blocker):
    from django.db.migrations.executor import MigrationExecutor

    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [("one", False)])
    with django_db_blocker.unblock(), pytest.raises(SystemExit, match="from an earlier version: 1 change"):
        serve.prepare()


def test_the_usage_names_commands_that_exist():
    """What the documents name, `tests/documents` checks and runs."""
    from django.core.management import get_commands

    names = set(re.findall(r"(?m)(?:^  | {3,})([a-z-]+) +[a-z]", command.USAGE))
    assert {"score", "restore", "preflight"} <= names
    assert {name.replace("-", "_") for name in names} - {"demo", "serve", "help"} <= set(get_commands())
