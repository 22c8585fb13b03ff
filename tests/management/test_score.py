"""`score`: one result a line, bad lines named, constant memory, no database."""

import json
import os
import subprocess
import sys

import pytest

from .files import ANSWERS, ROOT, SMALL, run, shell

LINE = json.dumps(json.loads(ANSWERS.read_text()))


def score(path, bank=SMALL):
    return run("score", "--bank", bank, "--answers", path)


def test_example_gives_the_golden_row():
    status, out, err = score(ANSWERS)
    assert (status, err) == (0, "")
    [line] = out.splitlines()
    result = json.loads(line)
    assert result["id"] == "acme-2026-q4"
    assert result["respondents"] == {"answered": 3, "invited": 8}
    [vision] = result["pillars"]
    assert vision["score"] == pytest.approx(3)
    assert vision["level"] == 3
    assert vision["interval"] == pytest.approx([2.4288064393037336, 3.5711935606962664])
    assert vision["blocking"][0] == {"question": "vision-funding", "because": "essential"}
    assert [blocker["question"] for blocker in vision["blocking"][1:]] == [
        "vision-visible",
        "vision-problems",
        "vision-direction",
    ]
    assert result["priorities"][0]["question"] == "vision-visible"
    assert result["priorities"][0]["gain"] == pytest.approx(8.333333333333334)
    assert result["bank"]["checksum"].startswith("sha256:")


def test_bad_lines_are_named_and_the_others_scored(tmp_path):
    path = tmp_path / "answers.jsonl"
    wrong = LINE.replace('"vision-value": 4', '"vision-value": 7', 1)
    path.write_text(f"{LINE}\n\noops\n{wrong}\n{LINE}\n")
    status, out, err = score(path)
    assert status == 1
    assert len(out.splitlines()) == 2
    assert [line.split(": ")[0] for line in err.splitlines()] == [f"{path}:3", f"{path}:4"]
    assert "respondents[0].answers.vision-value: a level from 1 to 5 expected" in err


def test_lines_are_told_from_one_object_whatever_the_name(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text(f"{LINE}\n{LINE}\n")
    assert len(score(path)[1].splitlines()) == 2
    path.write_text(json.dumps(json.loads(LINE), indent=4))
    assert len(score(path)[1].splitlines()) == 1


def test_empty_file_is_zero_results(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text("\n\n")
    assert score(path) == (0, "", "")


def test_nobody_answered_is_a_result_without_figures(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text('{"respondents": []}')
    status, out, _ = score(path)
    assert status == 0
    assert json.loads(out)["overall"]["index"] is None


def test_bad_bank_gives_no_results(tmp_path):
    bank = tmp_path / "bank.yaml"
    bank.write_text("format: maturity-bank/1\n")
    status, out, err = score(ANSWERS, bank)
    assert (status, out) == (1, "")
    assert f"{bank}:1: pillars: a bank needs at least one pillar" in err


def test_missing_files_are_sentences(tmp_path):
    for arguments in ((tmp_path / "none", SMALL), (ANSWERS, tmp_path / "none"), (tmp_path, SMALL)):
        status, out, err = score(*arguments)
        assert (status, out) == (1, "")
        assert "the file cannot be read" in err


def test_the_same_input_gives_the_same_bytes_in_every_process():
    one, other = (
        shell("score", "--bank", SMALL, "--answers", ANSWERS, env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    )
    assert one.returncode == 0
    assert one.stdout == other.stdout


@pytest.mark.parametrize("usage", [["score"], ["score", "--bank", "x"], ["score", "--bank"], ["score", "--nonsense"]])
def test_wrong_usage_is_status_2(usage):
    done = shell(*usage)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_no_database_is_touched_and_any_alphabet_comes_out(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text(LINE.replace("acme-2026-q4", "مؤسسة 😀"), encoding="utf-8")
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "PYTHONIOENCODING": "ascii"}
    done = shell("score", "--bank", SMALL, "--answers", path, env=nowhere)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["id"] == "مؤسسة 😀"


def test_a_reader_who_leaves_early_is_no_error(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text(f"{LINE}\n" * 2000)
    command = [sys.executable, "manage.py", "score", "--bank", str(SMALL), "--answers", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline().startswith(b'{"format"')
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def peak_of(path):
    """Kilobytes at most in use while scoring a file."""
    watch = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
    watch += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "manage.py", "score", "--bank", str(SMALL), "--answers", str(path)]
    done = subprocess.run([sys.executable, "-c", watch, *command], cwd=ROOT, capture_output=True, check=True)
    return int(done.stdout)


def test_memory_does_not_grow_with_the_number_of_lines(tmp_path):
    few, many = tmp_path / "few.jsonl", tmp_path / "many.jsonl"
    few.write_text(f"{LINE}\n" * 10)
    many.write_text(f"{LINE}\n" * 5_000)
    assert peak_of(many) - peak_of(few) < 8_000


def test_a_20_mb_string_stays_under_500_mb(tmp_path):
    path = tmp_path / "answers.json"
    path.write_text(LINE.replace("acme-2026-q4", "ж" * 10_000_000))
    assert peak_of(path) < 500_000


CROWD = json.dumps({f"k{number}": number for number in range(300_000)})[:-1]
FIRST = '"answers": {'


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('{"format"', f'{CROWD}, "format"', "1: k0: unknown field"),
        (FIRST, FIRST + CROWD[1:] + ", ", '1: respondents[0].answers.k0: this bank has no question "k0"'),
        ('"acme-2026-q4"', "[" * 100_000 + "]" * 100_000, "1: lists or objects are nested too deeply"),
        ('"invited": 8', f'"invited": {"9" * 10_000}', "1: invited: a whole number of people expected"),
        ('"vision": 4}', f'"vision": 3.{"3" * 10_000}}}', "1: targets.vision: a target from 1 to 5 expected"),
    ],
    ids=["unknown fields", "unknown questions", "nested arrays", "digits", "digits of a fraction"],
)
def test_bad_input_without_measure_is_named_and_the_next_line_scored(old, new, place, tmp_path):
    path = tmp_path / "answers.jsonl"
    assert old in LINE
    path.write_text(f"{LINE.replace(old, new, 1)}\n{LINE}\n")
    status, out, err = score(path)
    assert (status, len(out.splitlines())) == (1, 1)
    assert err.startswith(f"{path}:{place}")
    assert len(err.splitlines()) <= 101
