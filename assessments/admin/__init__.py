"""The workshop: question banks, organisations, people."""

from . import content, log, people, rounds, versions

__all__ = ["content", "log", "people", "rounds", "versions"]
