"""Texts that are safe in a cell: no spreadsheet program takes one for a formula."""

from __future__ import annotations

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
CONTROLS = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def safe_text(text: str) -> str:
    """The text without control characters; an apostrophe before what a program would calculate."""
    clean = text.translate(CONTROLS)
    return f"'{clean}" if clean.startswith(FORMULA) or clean.lstrip().startswith(FORMULA) else clean
