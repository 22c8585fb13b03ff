"""`check_bank`: what is wrong with a bank, and what its author should look at."""

import pytest

from tests.formats.minimal import BANK

from .files import ROOT, SMALL, run, shell


def test_good_bank_is_summed_up_in_one_line():
    status, out, err = run("check_bank", ROOT / "fixtures" / "ai-leadership.yaml")
    assert (status, err) == (0, "")
    assert ": ai-leadership " in out.splitlines()[-1]
    assert "8 pillars, 56 questions, " in out.splitlines()[-1]


def test_warnings_have_lines_and_keep_the_exit_status():
    status, out, err = run("check_bank", SMALL)
    assert (status, err) == (0, "")
    first = out.splitlines()[0]
    assert first.startswith(f"{SMALL}:")
    assert "]: warning: " in first or ".covers: warning: " in first
    assert out.splitlines()[-1].endswith(tuple("0123456789abcdef"))


def test_errors_go_to_stderr_with_lines_and_status_1(tmp_path):
    path = tmp_path / "bank.yaml"
    path.write_text(BANK.replace("          - All\n", "").replace("- Half", "- No"))
    status, out, err = run("check_bank", path)
    assert (status, out) == (1, "")
    assert err.splitlines() == [
        f"{path}:21: pillars[0].questions[0].anchors: five anchors expected, four found",
        f'{path}:24: pillars[0].questions[0].anchors[2]: some readers take a bare No for true or false; quote it: "No"',
    ]


@pytest.mark.parametrize("name", ["none.yaml", "."])
def test_unreadable_file_is_a_sentence(name, tmp_path):
    status, out, err = run("check_bank", tmp_path / name)
    assert (status, out) == (1, "")
    assert "the file cannot be read" in err


@pytest.mark.parametrize(
    ("tail", "place"),
    [
        ("".join(f"k{number}: 1\n" for number in range(300_000)), "75: k42: nothing in a bank has more than 50 fields"),
        ("more: " + "[" * 100_000, "33: more[0]"),
        ("? " * 100_000, "33: a field's name must be text"),
        (f"more: {'x' * 20_000_000}\n", "1: a file longer than 4,000,000 bytes is not read"),
    ],
    ids=["keys", "arrays", "mappings", "string"],
)
def test_bad_input_without_measure_is_named(tail, place, tmp_path):
    path = tmp_path / "bank.yaml"
    path.write_text(BANK + tail)
    status, out, err = run("check_bank", path)
    assert (status, out) == (1, "")
    assert err.startswith(f"{path}:{place}")


def test_wrong_usage_is_status_2():
    done = shell("check_bank")
    assert done.returncode == 2
    assert b"usage:" in done.stderr
    assert b"Traceback" not in done.stderr
