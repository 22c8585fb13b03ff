"""Reading from disk without surprises: a missing or endless file is a sentence, not a traceback."""

from __future__ import annotations

import pathlib
from typing import BinaryIO

from .problems import ProblemsError, one_problem


def open_binary(path: str | pathlib.Path) -> BinaryIO:
    """An open file; raises ProblemsError if it cannot be opened."""
    try:
        return pathlib.Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise cannot_read(str(path), error) from None


def read_bytes(path: str | pathlib.Path, most: int) -> bytes:
    """The content of a file, and one byte more than `most` of a larger one. Raises ProblemsError if it cannot be read."""
    with open_binary(path) as file:
        try:
            return file.read(most + 1)
        except OSError as error:
            raise cannot_read(str(path), error) from None


def cannot_read(file: str, error: OSError | ValueError) -> ProblemsError:
    """The sentence for a file that is not there, not ours to read, or not a file."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return one_problem(file, 1, f"the file cannot be read: {reason}")
