"""Safe CSV for spreadsheet programs: a byte order mark for UTF-8, and no text that could be read as a formula."""

BOM = "\ufeff"  # without it Excel does not read the file as UTF-8
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
CONTROLS = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def safe_text(text: str) -> str:
    """The text without control characters, with an apostrophe before anything that could be read as a formula."""
    clean = text.translate(CONTROLS)
    return f"'{clean}" if clean.startswith(FORMULA) or clean.lstrip().startswith(FORMULA) else clean
