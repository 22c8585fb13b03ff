"""Settings from the environment, and secrets from the files that it names."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from assessments.operations.backup import postgres
from maturity.environment import Env

SAID = "from maturity import settings as s; import json; print(json.dumps([s.SECRET_KEY, s.DATABASES['default']]))"


def test_secrets_come_from_the_files_that_are_named(tmp_path):
    """Those of a process as it starts; a file is before what the environment or `.env` says."""
    key, database = tmp_path / "secret_key", tmp_path / "database_url"
    key.write_text("from a file\n")
    database.write_text("postgres://maturity:password@db.example:5433/maturity?sslmode=verify-full\n")
    own = {"SECRET_KEY": "from the environment", "SECRET_KEY_FILE": str(key), "DATABASE_URL_FILE": str(database)}
    said = subprocess.run([sys.executable, "-c", SAID], env=os.environ | own, capture_output=True, check=True)
    found, where = json.loads(said.stdout)
    assert found == "from a file"
    assert (where["NAME"], where["PORT"], where["OPTIONS"]) == ("maturity", 5433, {"sslmode": "verify-full"})


def test_a_file_that_is_not_there_is_a_sentence(monkeypatch):
    monkeypatch.setenv("SECRET_KEY_FILE", "/nowhere/secret_key")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE names '/nowhere/secret_key': No such file"):
        Env().str("SECRET_KEY")


def test_the_samples_name_settings_that_there_are():
    known = set(re.findall(r"(?m)^#? ?([A-Z_]+)=", Path(".env.example").read_text()))
    named = {name for path in Path("deploy").iterdir() for name in re.findall(r"\b([A-Z_]+)_FILE\b", path.read_text())}
    assert {"SECRET_KEY", "DATABASE_URL"} <= named <= known | {"POSTGRES_PASSWORD"}


def test_no_image_holds_a_secret():
    """What the samples and the set-up call a place of secrets or data is left out of it, and out of the repository."""
    left_out, ignored = (set(Path(name).read_text().split("\n")) for name in (".dockerignore", ".gitignore"))
    assert {".env", ".git", "*.sqlite3*", "media", "deploy/env", "deploy/secrets", "deploy/tls"} <= left_out
    assert {".env", "/deploy/env", "/deploy/secrets/", "/deploy/tls/"} <= ignored


# The database without a password


def test_a_backup_speaks_with_the_database_as_safely_as_the_site(monkeypatch):
    address = (
        "postgres://maturity@db.example/maturity?sslmode=verify-full&sslrootcert=/c/ca&sslcert=/c/own&sslkey=/c/key"
    )
    said = postgres._environment(Env.db_url_config(address))
    assert said["PGHOST"] == "db.example" and "PGPASSWORD" not in said.keys() - os.environ.keys()
    assert (said["PGSSLMODE"], said["PGSSLROOTCERT"]) == ("verify-full", "/c/ca")
    assert (said["PGSSLCERT"], said["PGSSLKEY"]) == ("/c/own", "/c/key")


def test_a_socket_of_the_same_machine_is_an_address():
    """There PostgreSQL knows the user of the process by itself (`peer`)."""
    found = Env.db_url_config("postgres:////run/postgresql/maturity")
    assert (found["HOST"], found["NAME"], found["PASSWORD"]) == ("/run/postgresql", "maturity", "")


def test_prepared_statements_are_asked_for_only_where_they_are_wanted():
    url = {"DATABASE_URL": "postgres://maturity@db.example/maturity?sslmode=verify-full"}
    for wanted, options in (("off", {}), ("on", {"server_side_binding": True, "prepare_threshold": 5})):
        own = os.environ | url | {"PREPARED_STATEMENTS": wanted}
        said = subprocess.run([sys.executable, "-c", SAID], env=own, capture_output=True, check=True)
        assert json.loads(said.stdout)[1]["OPTIONS"] == options | {"sslmode": "verify-full"}
