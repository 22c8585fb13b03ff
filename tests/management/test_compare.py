"""`compare`: what changed between two assessments, as one JSON object."""

import json

import pytest

from .files import ANSWERS, SMALL, run, shell

KEYS = ("direction", "value", "problems", "unity", "steering", "funding", "visible")
BEFORE = ("2323223", "3323323", "2223222", "2333233")
AFTER = ("3334333", "3433433", "3323323", "3334334")


def assessment_file(path, people, prefix="r"):
    respondents = [
        {
            "id": f"{prefix}{i}",
            "answers": {f"vision-{key}": int(level) for key, level in zip(KEYS, levels, strict=True)},
        }
        for i, levels in enumerate(people)
    ]
    path.write_text(json.dumps({"respondents": respondents}, indent=1))
    return path


@pytest.fixture
def before(tmp_path):
    return assessment_file(tmp_path / "before.json", BEFORE)


@pytest.fixture
def after(tmp_path):
    return assessment_file(tmp_path / "after.json", AFTER)


def test_golden_row_of_two_assessments(before, after):
    status, out, err = run("compare", "--bank", SMALL, "--before", before, "--after", after)
    assert (status, err) == (0, "")
    comparison = json.loads(out)
    assert list(comparison) == ["overall", "pillars"]
    assert comparison["overall"]["key"] is None
    [vision] = comparison["pillars"]
    assert vision["key"] == "vision"
    assert (vision["comparability"], vision["method"], vision["real"]) == ("comparable", "paired", True)
    assert vision["delta"] == pytest.approx(0.6071, abs=1e-4)
    assert vision["interval"] == pytest.approx([0.4256, 0.7887], abs=1e-4)


def test_other_people_are_compared_independently(before, tmp_path):
    after = assessment_file(tmp_path / "after.json", AFTER, prefix="other")
    out = run("compare", "--bank", SMALL, "--before", before, "--after", after)[1]
    assert json.loads(out)["pillars"][0]["method"] == "independent"


def test_earlier_round_may_have_its_own_bank(before, after, tmp_path):
    bank = tmp_path / "earlier.yaml"
    bank.write_text(
        SMALL.read_text().replace("version: 1.0.0", "version: 0.9.0").replace("vision-visible", "vision-seen")
    )
    assessment_file(before, BEFORE).write_text(before.read_text().replace("vision-visible", "vision-seen"))
    status, out, err = run("compare", "--bank", SMALL, "--before-bank", bank, "--before", before, "--after", after)
    assert (status, err) == (0, "")
    assert json.loads(out)["pillars"][0]["common_weight"] == pytest.approx(6 / 7)


def test_bad_answers_are_named_with_their_file(before, after):
    before.write_text(before.read_text().replace('"vision-value": 3', '"vision-value": 9', 1))
    status, out, err = run("compare", "--bank", SMALL, "--before", before, "--after", after)
    assert (status, out) == (1, "")
    assert err.startswith(f"{before}:7: respondents[0].answers.vision-value: ")


def test_two_assessments_in_a_file_are_refused(after, tmp_path):
    path = tmp_path / "before.jsonl"
    path.write_text(f"{json.dumps(json.loads(ANSWERS.read_text()))}\n" * 2)
    status, _, err = run("compare", "--bank", SMALL, "--before", path, "--after", after)
    assert status == 1
    assert "more than one assessment" in err


def test_wrong_usage_is_status_2():
    assert shell("compare", "--bank", SMALL).returncode == 2
