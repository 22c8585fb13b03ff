"""Numbers of rows as addresses and forms name them."""

import re

NUMBER = re.compile("[0-9]{1,18}")  # no more digits than a database has room for


def number_in(text: object) -> int:
    """The number that was sent; 0, which no row has, where it is none, in other digits, or longer than any row's."""
    return int(str(text)) if NUMBER.fullmatch(str(text)) else 0
