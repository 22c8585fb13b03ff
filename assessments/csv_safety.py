"""What spreadsheet programs ask of a file: a mark that says UTF-8, and no text that they would take for a formula."""

from __future__ import annotations

BOM = "\ufeff"  # without it Excel reads UTF-8 as something older
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
CONTROLS = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def safe_text(text: str) -> str:
    """The text without control characters; an apostrophe before what a program would calculate."""
    clean = text.translate(CONTROLS)
    return f"'{clean}" if clean.startswith(FORMULA) or clean.lstrip().startswith(FORMULA) else clean
