"""`trend`: the trend of three or more assessments, as one JSON object."""

import json

import pytest

from .files import SMALL, run

KEYS = ("direction", "value", "problems", "unity", "steering", "funding", "visible")
ROUNDS = (
    ("2025-03-01", ("2223222", "3332323", "2322222")),
    ("2025-09-01", ("2233222", "3333333", "2323232")),
    ("2026-03-01", ("3233232", "4333333", "3323232")),
    ("2026-09-01", ("3333332", "4433433", "3333332")),
)


def assessment(day, people):
    respondents = [
        {
            "id": f"r{n}",
            "answers": {f"vision-{key}": int(level) for key, level in zip(KEYS, levels, strict=True)},
        }
        for n, levels in enumerate(people)
    ]
    return {"respondents": respondents} | ({"date": day} if day else {})


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / f"{day}.json" for day, _ in ROUNDS]
    for path, one in zip(paths, ROUNDS, strict=True):
        path.write_text(json.dumps(assessment(*one)))
    return paths


def test_four_assessments(files):
    status, out, err = run("trend", "--bank", SMALL, *files)
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["overall", "pillars"]
    assert [*found["overall"]] == ["key", "points", "slope_per_year", "se", "interval", "verdict", "people"]
    (vision,) = found["pillars"]
    assert (vision["key"], vision["verdict"], vision["people"]) == ("vision", "rising", "same")
    assert [point["date"] for point in vision["points"]] == [day for day, _ in ROUNDS]
    assert vision["points"][0]["score"] == pytest.approx(49 / 21)
    assert vision["interval"][0] < vision["slope_per_year"] < vision["interval"][1]
    assert found["overall"] == vision | {"key": None}


def test_one_file_may_hold_them_all(files, tmp_path):
    every = tmp_path / "all.jsonl"
    every.write_text("".join(path.read_text() + "\n" for path in reversed(files)))
    assert run("trend", "--bank", SMALL, every) == run("trend", "--bank", SMALL, *files)


def test_a_missing_day_is_named(files):
    files[1].write_text(json.dumps(assessment(None, ROUNDS[1][1])))
    status, out, err = run("trend", "--bank", SMALL, *files)
    assert (status, out) == (1, "")
    assert "2025-09-01.json:1: date: the day of the assessment expected, written like 2026-11-30" in err


@pytest.mark.parametrize("day", ["2025-02-30", "1.3.2025", 20250301, "2025-03-01T10:00"])
def test_a_day_that_is_none_is_named(files, day):
    files[0].write_text(json.dumps(assessment(day, ROUNDS[0][1])))
    status, out, err = run("trend", "--bank", SMALL, *files)
    assert (status, out) == (1, "")
    assert "date: a day expected, written like 2026-11-30, found" in err


def test_two_are_no_trend(files):
    status, out, err = run("trend", "--bank", SMALL, *files[:2])
    assert (status, out) == (1, "")
    assert "a trend takes 3 to 1,000 assessments, found 2" in err
