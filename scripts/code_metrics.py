"""Print code metrics: file sizes, tokens, template layout, and how many packages a commit touches.

Run it from the root with the project's Python: `.venv/bin/python scripts/code_metrics.py`.
"""

import io
import re
import statistics
import subprocess
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNTED = {tokenize.NAME, tokenize.NUMBER, tokenize.STRING, tokenize.FSTRING_MIDDLE}
TAG = re.compile(r"<[a-zA-Z!/][^>]*>|\{%.*?%\}", re.DOTALL)


def git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603, S607
    return done.stdout.splitlines()


def texts(*patterns: str) -> list[str]:
    """Return the contents of the non-empty files that match, without migrations."""
    names = (name for name in git("ls-files", *patterns) if "/migrations/" not in name)
    return [text for name in names if (text := (ROOT / name).read_text(encoding="utf-8"))]


def lines_of(files: list[str]) -> int:
    return sum(text.count("\n") for text in files)


def tokens(source: str) -> int:
    return sum(token.type in COUNTED for token in tokenize.generate_tokens(io.StringIO(source).readline))


def rooms_per_commit(last: int = 100) -> float:
    """Return the mean over the last commits in `assessments/`. A package is a folder or file directly in it."""
    counts, rooms = [], set[str]()
    for line in [*git("log", "--format=tformat:-", "--name-only", f"-{last}", "--", "assessments"), "-"]:
        if line == "-":
            counts.append(len(rooms))
            rooms = set()
        elif line.startswith("assessments/"):
            rooms.add(line.split("/")[1])
    return statistics.mean(count for count in counts if count)


def main() -> None:
    python, templates = texts("assessments/*.py", "maturity/*.py"), texts("templates/*.html")
    sizes = sorted(text.count("\n") for text in python)
    lines = [len(line) for text in templates for line in text.splitlines()]
    tags = sum(len(TAG.findall(text)) for text in templates)
    long, very_long = (sum(length > limit for length in lines) / len(lines) for limit in (120, 200))
    rows = {
        "Python, lines and files": f"{sum(sizes):,} in {len(sizes)}",
        "lines a file, median / p90 / max": f"{statistics.median(sizes):.0f} / {sizes[len(sizes) * 9 // 10]} / {sizes[-1]}",
        "tokens of Python (names, numbers, strings)": f"{sum(map(tokens, python)):,}",
        "templates, lines; lines per tag": f"{len(lines):,}; {len(lines) / tags:.2f}",
        "template lines over 120, over 200": f"{long:.1%}, {very_long:.1%}",
        "CSS, lines": f"{lines_of(texts('static/css/*.css')):,}",
        "tests, lines": f"{lines_of(texts('tests/*.py')):,}",
        "rooms a commit touches, mean of the last 100": f"{rooms_per_commit():.1f}",
    }
    for name, value in rows.items():
        print(f"{name:46} {value}")


if __name__ == "__main__":
    main()
