"""The worked example of docs/authoring.md is a bank that loads."""

import pathlib
import re

from assessments.formats.bank import load_bank

TEXT = pathlib.Path("docs/authoring.md").read_text(encoding="utf-8")


def test_the_worked_bank_loads_and_is_the_one_of_the_tables():
    bank = load_bank(re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[1])
    assert [question.key for question in bank.pillars[0].questions] == ["reporting-writing", "reporting-blame"]
    for level, summary in enumerate((level.summary for level in bank.levels), start=1):
        assert f"| {level} | {bank.levels[level - 1].name} | {summary} |" in TEXT
    for level, anchor in enumerate(bank.questions["reporting-writing"].anchors, start=1):
        assert f"| {level} | {anchor} |" in TEXT


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (pathlib.Path("docs") / target).exists()
