"""The papers that an organisation asks for, held to the code and to the formats that they follow."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from ruamel.yaml import YAML

from assessments.privacy import record
from assessments.privacy.register import REGISTER

ROOT = Path(__file__).parents[1]
LEVEL_A = """
1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4
2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2
"""
LEVEL_AA = """
1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2
3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3
"""
LEVELS = {"supports", "partially-supports", "does-not-support", "not-applicable", "not-evaluated"}


def load(name):
    return YAML(typ="safe").load(ROOT / name)


# The record of processing


def test_the_record_is_what_the_code_says():
    """If it differs: `manage.py processing_record > docs/data-protection.md`."""
    assert (ROOT / "docs" / "data-protection.md").read_text() == record.text()


def test_every_table_with_personal_data_has_one_purpose():
    named = [label for _why, _who, labels in record.PURPOSES.values() for label in labels]
    assert sorted(named) == sorted(REGISTER)


def test_a_period_is_found_by_the_rows_that_a_rule_deletes():
    assert record._period("assessments.Invitation") == "`KEEP_LINKS_DAYS`"
    assert record._period("assessments.User") == "`KEEP_UNPROVEN_DAYS`, `KEEP_IDLE_DAYS`"
    assert record._period("assessments.Answer") == "as long as what it belongs to"


# The accessibility report


@pytest.fixture(scope="module")
def report():
    return load("openacr.yaml")


def test_the_report_judges_every_criterion_once(report):
    chapters = report["chapters"]
    for chapter, wanted in (("success_criteria_level_a", LEVEL_A), ("success_criteria_level_aa", LEVEL_AA)):
        assert [each["num"] for each in chapters[chapter]["criteria"]] == wanted.split()
    assert report["product"]["name"] and isinstance(report["version"], int) and "email" in report["author"]


def test_each_judgement_has_a_level_and_a_reason_and_names_files_that_there_are(report):
    both = [each for name in list(report["chapters"])[:2] for each in report["chapters"][name]["criteria"]]
    parts = [part for each in both for part in each["components"]]
    assert {part["adherence"]["level"] for part in parts} <= LEVELS
    assert min(len(part["adherence"]["notes"]) for part in parts) > 15
    named = {path for part in parts for path in re.findall(r"`([\w/]+\.\w+)`", part["adherence"]["notes"])}
    assert len(named) >= 8
    assert [path for path in named if not (ROOT / path).exists()] == []


# For catalogues of public software


def test_the_entry_for_catalogues_has_what_its_standard_requires():
    entry = load("publiccode.yml")
    required = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    assert required | {"description", "legal", "maintenance", "localisation"} <= entry.keys()
    assert entry["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert entry["maintenance"]["type"] == "community" and entry["maintenance"]["contacts"]
    for text in entry["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
    languages = set(entry["localisation"]["availableLanguages"])
    assert languages == set(entry["description"]) == {"en", "de"}


# Runbooks


def test_runbooks_name_commands_that_there_are():
    text = "".join((ROOT / "docs" / name).read_text() for name in ("runbooks.md", "operating.md", "install.md"))
    named = set(re.findall(r"manage\.py ([a-z_]+)", text)) - {"help"}
    assert {"backup", "restore", "migrate", "preflight", "check_health", "check_audit"} <= named
    assert named <= set(get_commands())
