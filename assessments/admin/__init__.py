"""Django admin: where question banks are written; organisations, people and rounds beside them."""

from . import content, emails, handing_over, log, people, rounds, versions

__all__ = ["content", "emails", "handing_over", "log", "people", "rounds", "versions"]
