"""Every command in the documents exists with its options, and was run: here, in another test, or for a stated reason not."""

import argparse
import io
import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError
from pptx import Presentation

from maturity.command import site_parser
from tests.documents import runs
from tests.documents.commands import ROOT, SITES, deployed, documented

COMMANDS, DEPLOYED = documented(), deployed()


def parser_of(name):
    if name in SITES:
        return site_parser(name.split()[1])
    app = get_commands()[name]
    command = app if isinstance(app, BaseCommand) else load_command_class(app, name)
    return command.create_parser("manage.py", name)


def wrong(words):
    """What the command's own parser says of these words; None if it takes them."""
    name, *rest = words
    if name not in (*SITES, *get_commands()):
        return f"no command is called {name}"
    parser = parser_of(name)
    parser.allow_abbrev = False  # an option that was renamed to a longer one
    parser.exit_on_error = False
    try:
        _parsed, unknown = parser.parse_known_args(rest)
    except (CommandError, argparse.ArgumentError) as error:
        return str(error)
    return f"unknown: {unknown}" if unknown else None


def test_every_command_of_ours_takes_its_options(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # what db_worker works for
    managed = [(command, words) for command in COMMANDS + DEPLOYED for words in command.managed]
    assert len(managed) > 60
    faults = {f"{command.page}: {' '.join(words)}": wrong(words) for command, words in managed}
    assert {place: fault for place, fault in faults.items() if fault} == {}


@pytest.mark.parametrize(
    "words", [("score", "--banks", "x", "--answers", "y"), ("scores",), ("load_bank", "x", "--publ")]
)
def test_a_command_or_option_that_was_renamed_is_noticed(words):
    assert wrong(words)


def test_every_target_of_make_exists_and_knows_its_variables():
    made = [command for command in COMMANDS if command.words[0] == "make"]
    targets = sorted({word for command in made for word in command.words[1:]})
    assert len(targets) > 8
    done = subprocess.run(["make", "--dry-run", *targets], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    code = "".join(path.read_text() for path in (ROOT / "tests" / "load").glob("*.py"))
    assert [name for command in made for name in command.variables if f'"{name}"' not in code] == []


def test_every_file_and_module_that_a_command_names_is_there():
    words = [(command.page, command.words) for command in COMMANDS]
    paths = {
        (page, word)
        for page, line in words
        for word in line
        if re.match(r"(deploy|tests|scripts|fixtures|docs)/", word)
    }
    assert len(paths) > 5
    assert {entry for entry in paths if not (ROOT / entry[1]).exists()} == set()
    modules = [line[2] for _page, line in words if line[:2] == ["python", "-m"]]
    assert modules and all(map(find_spec, modules))
    units = {word.removesuffix(".service") for _page, line in words for word in line if word.startswith("maturity-")}
    assert units <= {path.name.removesuffix(".service") for path in (ROOT / "deploy").glob("maturity-*")}


def options(words):
    return {word for word in map(str, words) if word.startswith("--")}


def was_run(command):
    """Whether the lists above have the command with these options, or for a synopsis, with each of them."""
    if not command.managed:
        return False
    name = command.managed[0][0]
    typed = [options(words) for words in runs.EVERY if words[0] == name]
    wanted = options(command.managed[0])
    return wanted <= set().union(*typed) if command.synopsis else wanted in typed


def test_every_command_was_run_or_has_a_reason_why_not():
    listed = (*runs.ELSEWHERE, *runs.NOT_RUN)
    left = [command for command in COMMANDS + DEPLOYED if not was_run(command)]
    assert [command for command in left if not command.typed.startswith(listed)] == []
    assert [start for start in listed if not any(command.typed.startswith(start) for command in left)] == []
    assert [place for place in runs.ELSEWHERE.values() if not (ROOT / place).exists()] == []
    assert all(runs.NOT_RUN.values())


# Running them


@pytest.mark.parametrize("words", runs.WITHOUT_DATABASE, ids=lambda words: words[0])
def test_commands_without_a_database_run(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answers = json.loads((ROOT / "fixtures" / "demo" / "small-answers.json").read_text())
    people = [person | {"unit": "north"} for person in answers["respondents"]]
    units = answers | {"units": [{"id": "north", "name": "North"}], "respondents": people}
    (tmp_path / "units.json").write_text(json.dumps(units))
    for year in (2024, 2025, 2026):
        (tmp_path / f"{year}.json").write_text(json.dumps(answers | {"date": f"{year}-11-30"}))
    out = io.StringIO()
    call_command(*map(str, words), stdout=out, stderr=out)
    assert out.getvalue()


@pytest.mark.long
def test_commands_with_a_database_run_one_after_the_other(tmp_path):
    """As `ai-leadership`, in an empty folder, on a database that the first of them makes."""
    Presentation().save(tmp_path / "own.pptx")
    assessment = head = ""
    for words in runs.WITH_DATABASE:
        filled = [{runs.ASSESSMENT: assessment, runs.HEAD: head}.get(word, str(word)) for word in words]
        said = typed(tmp_path, "site", *filled)
        if words == ("demo",):
            assessment = re.search(r"Released .* ([0-9a-f-]{36})", said)[1]
        if words == ("check_audit",):
            head = re.search(r"[0-9a-f]{64}", said)[0]
    for words in runs.IN_ANOTHER_DATABASE:
        typed(tmp_path, "another", *words)


def typed(folder, site, name, *rest):
    """What the command printed; its status is 0."""
    (folder / site).mkdir(exist_ok=True)
    left_out = ("DATABASE_URL", "SECRET_KEY", "MEDIA_ROOT", "DEMO", "DJANGO_SETTINGS_MODULE")
    given = {name: value for name, value in os.environ.items() if name not in left_out}
    given |= {"AI_LEADERSHIP_HOME": str(folder / site), "PYTHONPATH": str(ROOT)}
    given |= {"DJANGO_SUPERUSER_PASSWORD": "every-name-is-invented"}
    words = [str(ROOT / "manage.py"), name] if name == "demo" else ["-m", "maturity", name.replace("_", "-")]
    command = [sys.executable, *words, *map(str, rest)]
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{name} {rest}: {done.stdout[-1000:]}{done.stderr[-2000:]}"
    return done.stdout
