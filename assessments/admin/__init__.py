"""The workshop: question banks, organisations, people."""

from . import content, people, versions

__all__ = ["content", "people", "versions"]
