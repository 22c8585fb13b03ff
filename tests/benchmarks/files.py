"""What the commands take for large files and for bad ones: seconds and megabytes of a process of its own."""

import json
import pathlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

ROOT = pathlib.Path(__file__).parents[2]
BANK = ROOT / "fixtures" / "ai-leadership.yaml"
SMALL = ROOT / "fixtures" / "demo" / "small.yaml"
ANSWERS = ROOT / "fixtures" / "demo" / "small-answers.json"
ASSESSMENTS = 10_000

WATCH = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


class Run(NamedTuple):
    """How a command went."""

    seconds: float
    processor: float  # seconds that others on the machine cannot lengthen
    megabytes: float
    status: int


def run(*command: object) -> Run:
    """A command of manage.py, watched from outside."""
    watched = [sys.executable, "-c", WATCH, sys.executable, "manage.py", *map(str, command)]
    start = time.perf_counter()
    done = subprocess.run(watched, cwd=ROOT, capture_output=True, check=True, text=True)
    seconds = time.perf_counter() - start
    status, peak, processor = done.stdout.split()
    return Run(seconds, float(processor), int(peak) / 1024, int(status))


def streamed(folder: pathlib.Path, people: int) -> Run:
    """10,000 assessments of 56 questions by so many people each, one a line."""
    from assessments.formats.bank import read_bank

    keys, chance = [*read_bank(BANK).questions], random.Random(1)
    path = folder / f"{people}.jsonl"
    with path.open("w") as file:
        for number in range(ASSESSMENTS):
            respondents = [
                {"id": f"r{n}", "answers": {key: chance.randint(1, 5) for key in keys}} for n in range(people)
            ]
            file.write(json.dumps({"id": f"a{number}", "invited": people + 2, "respondents": respondents}) + "\n")
    found = run("score", "--bank", BANK, "--answers", path)
    path.unlink()
    return found


def bad_answers() -> Iterator[tuple[str, str]]:
    """Answers that somebody sends to see what happens: a name, and the file."""
    good = json.loads(ANSWERS.read_text())
    line = json.dumps(good)
    crowd = {f"k{number}": number for number in range(300_000)}
    yield "300,000 unknown keys", json.dumps({**good, **crowd})
    yield "300,000 keys, one a line", json.dumps({**good, **crowd}, indent=1)
    yield "300,000 unknown questions", line.replace('"answers": {', f'"answers": {json.dumps(crowd)[:-1]}, ', 1)
    yield "100,000 nested arrays", line.replace('"acme-2026-q4"', "[" * 100_000 + "]" * 100_000)
    yield "a string of 20 MB", line.replace("acme-2026-q4", "x" * 20_000_000)
    yield "a key of 20 MB", line.replace("acme-2026-q4", 'a", "' + "x" * 20_000_000 + '": "')
    yield "a literal of 10,000 digits", line.replace('"invited": 8', '"invited": ' + "9" * 10_000)


def bad_banks() -> Iterator[tuple[str, str]]:
    """The same for banks."""
    good = SMALL.read_text()
    yield "300,000 unknown keys", good + "".join(f"k{number}: 1\n" for number in range(300_000))
    yield "100,000 nested arrays", f"{good}more: {'[' * 100_000}{']' * 100_000}\n"
    yield "100,000 nested mappings", "? " * 100_000
    yield "a million empty arrays", f"{good}more: [{'[], ' * 990_000}[]]\n"
    yield "a string of 20 MB", good.replace("title: ", f"title: {'x' * 20_000_000}", 1)
    yield "a string of 3.9 MB", good.replace("title: ", f"title: {'x' * 3_900_000}", 1)
    yield "a literal of 10,000 digits", good.replace("essential_at: 4", f"essential_at: {'4' * 10_000}", 1)
    yield "as many nodes as are read", f"{good}more:\n" + f"  - [{'a, ' * 4_900}a]\n" * 21


def refused(folder: pathlib.Path) -> Iterator[tuple[str, Run]]:
    """Every bad file, and how its command went."""
    for name, text in bad_answers():
        (folder / "answers.json").write_text(text)
        yield f"answers: {name}", run("score", "--bank", SMALL, "--answers", folder / "answers.json")
    for name, text in bad_banks():
        (folder / "bank.yaml").write_text(text)
        yield f"bank: {name}", run("check_bank", folder / "bank.yaml")
