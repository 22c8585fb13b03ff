"""The workshop: question banks, organisations, people."""

from . import content, handing_over, log, people, rounds, versions

__all__ = ["content", "handing_over", "log", "people", "rounds", "versions"]
