"""The pages link figures to paragraphs of the method note, so its headings must stay."""

from pathlib import Path

import pytest

NOTE = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
HEADINGS = [
    "Score",
    "Coverage and status",
    "Bounds",
    "Level",
    "What blocks the next level",
    "Index",
    "Organisation level",
    "Interval",
    "Agreement",
    "Gap and target",
    "Priorities",
    "Change between assessments",
    "Peers",
    "Who sees what",
    "Limits",
    "Choices",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_heading(heading):
    assert NOTE.count(f"\n## {heading}\n") == 1
