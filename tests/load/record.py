"""What was seen, as a Markdown table and as JSON in build/: written anew after each row, so that nothing seen is lost."""

import json
import statistics
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BUILD = Path(__file__).resolve().parents[2] / "build"
HEADS = {
    "load": ("", "requests", "a second", "5xx", "failed", "save p95", "page p95", "bare p95", "reports", "exports", "a web process", "growth"),
    "knee": ("", "people", "saves a second", "failed", "save p95", "page p95", "bare p95", "as many as", "what has no more to give"),
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """Milliseconds of each request by its name, how often each status came, and who had the processor."""

    milliseconds: dict[str, list[float]]
    statuses: dict[str, int]
    shares: dict[str, float]
    seconds: int

    def p95(self, name: str) -> float:
        """In milliseconds; infinite where nothing came back."""
        times = self.milliseconds.get(name, [])
        return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("inf")

    def ratio(self, name: str) -> str:
        return f"{self.p95(name):.0f} ms ({self.p95(name) / self.p95('bare'):.1f}×)"

    def count(self, name: str) -> int:
        return len(self.milliseconds.get(name, []))

    @property
    def requests(self) -> int:
        return sum(self.statuses.values())

    @property
    def failures(self) -> int:
        return sum(times for status, times in self.statuses.items() if status.endswith("failed"))

    @property
    def server_errors(self) -> int:
        """5xx, but for a report that was put off."""
        return sum(
            times
            for status, times in self.statuses.items()
            if " 5" in status and not status.startswith("report put off")
        )


def load_row(name: str, seen: Seen, memory: list[tuple[float, float]], exports: dict[str, int]) -> list[str]:
    put_off = f", {seen.count('report put off')} put off" if seen.count("report put off") else ""
    return [
        name,
        f"{seen.requests:,}",
        f"{seen.requests / seen.seconds:.1f}",
        str(seen.server_errors),
        str(seen.failures),
        seen.ratio("save"),
        seen.ratio("page"),
        f"{seen.p95('bare'):.0f} ms",
        f"{seen.count('report')}{put_off}",
        f"{exports.get('ready', 0)} of {sum(exports.values())} made, fetched {seen.count('fetch')}×",
        ", ".join(f"{before:.0f} → {after:.0f} MB" for before, after in memory),
        ", ".join(f"{after / before - 1:+.1%}" for before, after in memory),
    ]


def knee_row(name: str, people: int, seen: Seen, over: bool, said: str) -> list[str]:
    clicks = (seen.requests - seen.count("bare")) / seen.seconds
    return [
        name,
        str(people),
        f"{seen.count('save') / seen.seconds:.0f}",
        str(seen.failures),
        seen.ratio("save"),
        seen.ratio("page"),
        f"{seen.p95('bare'):.0f} ms",
        f"{clicks * 4:.0f} who click every 4 s",
        f"**too slow**: {said}" if over else said,
    ]


class Record:
    def __init__(self, name: str) -> None:
        self.path, self.heads = BUILD / name, HEADS[name]
        self.rows: list[list[str]] = []
        self.facts: list[object] = []
        self.notes: list[str] = []
        self.failed = 0

    def row(self, row: list[str], fact: object) -> None:
        self.rows.append(row)
        self.facts.append(fact)
        print(" | ".join(row), flush=True)
        self.write()

    def note(self, words: str) -> None:
        self.notes.append(words)
        print(words, flush=True)
        self.write()

    def attempt(self, name: str, work: Callable[[], None]) -> None:
        """A part that fails is a row that says so."""
        try:
            work()
        except Exception as error:
            traceback.print_exc()
            self.failed += 1
            self.row([name, f"went wrong: {type(error).__name__}: {error}"[:200]], {"name": name, "error": repr(error)})

    def write(self) -> None:
        BUILD.mkdir(exist_ok=True)
        self.path.with_suffix(".md").write_text(self.text())
        self.path.with_suffix(".json").write_text(json.dumps({"notes": self.notes, "seen": self.facts}))

    def text(self) -> str:
        width = len(self.heads)
        lines = [self.heads, ["---"] * width, *(row + [""] * (width - len(row)) for row in self.rows)]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return table + "\n\n" + "\n".join(f"- {note}" for note in self.notes) + "\n"
