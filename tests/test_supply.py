"""What we are made of: locked by hash, under licences that we may use, and no secret among our own files."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from maturity import licences

SECRETS = {
    "private key": re.compile(r"-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY"),
    "cloud key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "forge token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,}|glpat-[\w-]{20})\b"),
    "our own token": re.compile(r"\bmat_[\w-]{43}\b"),
    "chat or mail token": re.compile(r"\b(?:xox[abpr]-[\w-]{20,}|SG\.[\w-]{20,}\.[\w-]{20,}|sk_live_\w{20,})\b"),
    "password in an address": re.compile(
        r"\b(?:postgres(?:ql)?|smtp(?:\+tls)?|redis)://[^:\s/]+:(?!password)[^@\s<{]{4,}@"
    ),
    "secret key": re.compile(r"(?m)^SECRET_KEY=['\"]?[\w-]{20,}"),
}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_locked_by_hash(name):
    entries = re.split(r"\n(?=[A-Za-z0-9])", Path(name).read_text().strip())
    assert len(entries) > 30
    for entry in entries:
        assert "==" in entry and "--hash=sha256:" in entry, entry.split("\n")[0]
        assert "http" not in entry.replace("https://", "http", 1) or "@ " not in entry, entry


def test_the_lock_and_the_product_name_the_same_packages():
    locked = {
        re.sub(r"[_.]", "-", name).lower() for name, _v in licences.PINNED.findall(Path("requirements.txt").read_text())
    }
    wanted = tomllib.loads(Path("pyproject.toml").read_text())["project"]["dependencies"]
    assert {re.split(r"[\[<>=~! ]", each)[0].lower().replace(".", "-") for each in wanted} <= locked


def test_every_licence_is_one_that_we_may_use():
    found = list(licences.parts())
    assert len(found) > 40
    assert [part for part in found if not licences.is_allowed(part.licence)] == []


@pytest.mark.parametrize("licence", ["unknown", "AGPL-3.0-only", "Proprietary", "MIT AND Commons Clause", ""])
def test_another_licence_is_refused(licence):
    assert not licences.is_allowed(licence)


def tracked():
    names = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split("\n")
    return [Path(name) for name in names if name and Path(name).is_file() and Path(name).suffix not in (".png", ".mo")]


def secrets_in(text):
    return [name for name, pattern in SECRETS.items() if pattern.search(text)]


def test_no_secret_is_among_our_files():
    found = {str(path): names for path in tracked() if (names := secrets_in(path.read_text("utf-8", "replace")))}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN " + "PRIVATE KEY-----",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a" * 36,
        "mat_" + "b" * 43,
        "postgres://maturity:" + "hunter22@db.example/maturity",
        "SECRET_KEY=" + "x" * 64,
    ],
)
def test_a_planted_secret_is_found(text):
    assert secrets_in(text)


def test_the_linter_looks_for_insecure_code():
    rules = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert "S" in rules["select"] and not [rule for rule in rules["ignore"] if rule.startswith("S")]


def test_the_security_page_names_only_what_is_there():
    named = re.findall(r"`((?:tests|assessments|maturity)/[\w/.]+)`", Path("docs/security.md").read_text())
    assert len(named) >= 10
    assert [name for name in named if not Path(name).exists()] == []
