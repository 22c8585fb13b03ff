"""`score --by-unit`: a result for each unit, then the roll-up."""

import json

import pytest

from .files import SMALL, run

QUESTIONS = ("direction", "value", "problems", "unity", "steering", "funding", "visible")


def person(name, level, **fields):
    return {"id": name, "answers": {f"vision-{key}": level for key in QUESTIONS}, **fields}


def written(tmp_path, units, respondents):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"units": units, "respondents": respondents}))
    return path


def test_results_of_units_and_their_rollup(tmp_path):
    units = [{"id": "g", "name": "Group"}, {"id": "l", "name": "Logistics", "parent": "g", "weight": 30}]
    units.append({"id": "r", "name": "Retail", "parent": "g", "weight": 10})
    path = written(tmp_path, units, [person("1", 2, unit="l"), person("2", 4, unit="r")])
    status, out, err = run("score", "--bank", SMALL, "--answers", path, "--by-unit")
    assert (status, err) == (0, "")
    group, logistics, retail, rollup = map(json.loads, out.splitlines())
    assert [(each["id"], each["overall"]["index"]) for each in (group, logistics, retail)] == [
        ("g", 3), ("l", 2), ("r", 4)
    ]  # fmt: skip
    shares = {"1": 0, "2": 0.5, "3": 0, "4": 0.5, "5": 0}
    whole = {"key": None, "share_by_level": shares, "mean": 2.5, "interval": None, "weakest": "l"}
    assert rollup == {"format": "maturity-rollup/1", "pillars": [whole | {"key": "vision"}], "overall": whole}


def test_without_the_option_units_change_nothing(tmp_path):
    people = [person("1", 2, unit="a"), person("2", 4)]
    plain = [{name: value for name, value in each.items() if name != "unit"} for each in people]
    with_units = run("score", "--bank", SMALL, "--answers", written(tmp_path, [{"id": "a", "name": "A"}], people))
    assert with_units == run("score", "--bank", SMALL, "--answers", written(tmp_path, None, plain))


CASES = {
    "there is no unit": ([{"id": "a", "name": "A", "parent": "x"}], [person("1", 2, unit="a")], "units[0].parent"),
    "is above itself": (
        [{"id": "a", "name": "A", "parent": "b"}, {"id": "b", "name": "B", "parent": "a"}],
        [],
        "units[0].parent",
    ),
    "more than 6 units deep": (
        [{"id": str(n), "name": str(n), "parent": str(n - 1) if n else None} for n in range(7)],
        [],
        "units[6].parent",
    ),
    "is taken by units[0]": ([{"id": "a", "name": "A"}, {"id": "a", "name": "B"}], [], "units[1].id"),
    "under the same parent is called": ([{"id": "a", "name": "A"}, {"id": "b", "name": "A"}], [], "units[1].name"),
    "a weight above 0": ([{"id": "a", "name": "A", "weight": 0}], [], "units[0].weight"),
    'no unit "z"': ([{"id": "a", "name": "A"}], [person("1", 2, unit="z")], "respondents[0].unit"),
    "answers for expected": ([{"id": "a", "name": "A"}], [person("1", 2)], "respondents[0].unit"),
    "this assessment has none": ([], [person("1", 2)], ""),
}


@pytest.mark.parametrize("sentence", CASES)
def test_bad_units_are_named(tmp_path, sentence):
    units, respondents, place = CASES[sentence]
    path = written(tmp_path, units, respondents)
    status, out, err = run("score", "--bank", SMALL, "--answers", path, "--by-unit")
    assert (status, out) == (1, "")
    assert sentence in err
    assert f"{path}:1: {place}" in err
