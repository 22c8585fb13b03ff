"""The style sheets of the report: every class in them is used."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
USERS = ("templates/assessments/report", "templates/assessments/compare", "assessments/reports", "assessments/charts")
BUILT = re.compile(r"l[1-7](-[1-7])?")  # the shades of levels, whose names are put together


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "static/css").glob("report*.css")))
def test_every_class_is_used(name):
    rules = re.sub(r"/\*.*?\*/", "", (ROOT / "static/css" / name).read_text(), flags=re.S)
    files = (path for folder in USERS for path in (ROOT / folder).rglob("*.*") if path.suffix in (".py", ".html"))
    used = set(re.findall(r"[a-z][a-z0-9-]*", " ".join(path.read_text() for path in files)))
    classes = set(re.findall(r"\.([a-z][a-z0-9-]*)", rules))
    assert sorted(each for each in classes - used if not BUILT.fullmatch(each)) == []
