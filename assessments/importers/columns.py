"""The columns of a sheet with one question a row: their names, and which header probably means which."""

import re
from collections.abc import Iterable, Mapping

from .workbook import Sheet

LEVEL_COLUMNS = tuple(f"level {number}" for number in range(1, 8))
STEP_FIELDS = ("", " from", " owner", " effort", " horizon", " requires")
MAX_STEPS = 7
STEP_COLUMNS = tuple(f"next step {number}{part}" for number in range(1, MAX_STEPS + 1) for part in STEP_FIELDS)
COLUMNS = (
    *("group", "pillar", "key", "question", "help", "weight", "stage", "choices"),
    *LEVEL_COLUMNS,
    *("essential_at", "essential_reason", "covers", "short", "allows_na", "central", "error"),
    *STEP_COLUMNS,
)
# What the authors of other sheets call the same, in English and German.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "group": (
        "group",
        "function",
        "domain group",
        "theme",
        "area",
        "practice area",
        "gruppe",
        "bereich",
        "pillar group",
    ),
    "pillar": (
        *("pillar", "dimension", "practice", "domain", "category", "aspect", "topic", "section", "capability"),
        *("säule", "kategorie", "thema"),
    ),
    "key": ("key", "id", "nr", "no", "number", "code", "ref", "reference", "schlüssel", "question id"),
    "question": (
        *("question", "questions", "statement", "activity", "criterion", "requirement", "control", "indicator"),
        *("frage", "fragen", "aussage", "kriterium"),
    ),
    "help": ("help", "guidance", "description", "notes", "explanation", "comment", "hilfe", "hinweis", "erläuterung"),
    "weight": ("weight", "gewicht", "gewichtung"),
    "stage": ("stage", "maturity level", "level", "tier", "stufe", "reifegrad"),
    "choices": ("choices", "answer set", "answers", "scale", "antworten"),
    "essential_at": ("essential at", "essential", "required at"),
    "covers": ("covers", "references", "mapping", "source"),
    "allows_na": ("allows na", "n/a", "not applicable"),
    "central": ("central", "asked once", "zentral"),
}
_NUMBERED = re.compile(r"(?:level|stufe|stage|maturity level|score|l)\s*([1-7])\b.*", re.IGNORECASE)
_SPACES = re.compile(r"[\s_]+")


def meant(header: str, taken: Iterable[str] = ()) -> str | None:
    """The column that a header probably means, if it is not taken; None if it is anybody's guess."""
    said = _SPACES.sub(" ", header).strip().casefold()
    own = next((name for name in COLUMNS if name.replace("_", " ") == said), None)
    numbered = _NUMBERED.fullmatch(said)
    other = next((name for name, words in OTHER_NAMES.items() if said in words), None)
    found = own or (f"level {numbered[1]}" if numbered else None) or other
    return None if found in set(taken) else found


def guessed(headers: Iterable[str]) -> dict[str, int]:
    """Which column is where, as far as the headers say it."""
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        name = meant(header, found)
        if name is not None:
            found[name] = place
    return found


def with_levels(sheet: Sheet, header: int, found: Mapping[str, int]) -> Mapping[str, int]:
    """The columns, and the 2 to 7 unknown ones right of the question as levels, if nothing else says the answers."""
    if "question" not in found or {"choices", "stage", *LEVEL_COLUMNS} & found.keys():
        return found
    head, body = sheet.rows[header], sheet.rows[header + 1 :]
    known = {*found.values()}
    right = [
        place for place in range(found["question"] + 1, len(head.cells)) if place not in known and head.cell(place)
    ]
    full = [place for place in right if body and all(row.cell(place).strip() for row in body)]
    fits = 2 <= len(full) <= len(LEVEL_COLUMNS) and full == right
    return {**found, **dict(zip(LEVEL_COLUMNS, full, strict=False))} if fits else found


def header_row(sheet: Sheet) -> int:
    """The index of the row with most known headers among the first 30; the first with two cells if none is known."""
    scores = [len(guessed(row.cells)) for row in sheet.rows[:30]]
    if scores and max(scores) > 0:
        return scores.index(max(scores))
    return next((place for place, row in enumerate(sheet.rows[:30]) if sum(map(bool, row.cells)) > 1), 0)


def is_own(sheet: Sheet) -> bool:
    """Whether the first row has our names of the columns, so that nobody needs to be asked."""
    first = {cell.strip() for cell in sheet.rows[0].cells} if sheet.rows else set()
    return {"pillar", "question"} <= first and not first - set(COLUMNS) - {""}
