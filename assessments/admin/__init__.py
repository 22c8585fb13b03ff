"""The workshop: question banks, organisations, people."""

from . import banks, people

__all__ = ["banks", "people"]
