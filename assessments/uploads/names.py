"""The names of uploaded files."""

import re
import unicodedata

# Separators of paths, and characters that a file system refuses
FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, direction marks, halves of characters, unassigned


def clean_name(text: str, *, limit: int) -> str:
    """The last part of a path without what no name needs: control and direction characters, quotes, leading dots.

    At most `limit` characters; "" if nothing is left.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", text))[-1]
    visible = "".join(" " if char.isspace() else char for char in last if char.isspace() or not _is_invisible(char))
    return " ".join(FORBIDDEN.sub(" ", visible).split()).strip(". ")[:limit].strip()


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in INVISIBLE


def stem_of(name: str) -> str:
    """The name without its ending, if it has one of at most five characters."""
    stem, dot, ending = name.rpartition(".")
    return stem if dot and stem and len(ending) <= 5 else name
