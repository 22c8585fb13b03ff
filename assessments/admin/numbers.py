"""Primary keys in URLs and forms."""

import re

NUMBER = re.compile("[0-9]{1,18}")  # as many digits as always fit a database integer


def parse_pk(text: object) -> int:
    """Parse a primary key. Return 0, which no row has, for anything else, including non-ASCII and overlong digits."""
    return int(str(text)) if NUMBER.fullmatch(str(text)) else 0
