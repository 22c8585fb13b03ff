"""Django admin: where question banks are written; organisations, people and assessments next to them."""

from . import assessments, content, emails, handovers, log, people, versions

__all__ = ["assessments", "content", "emails", "handovers", "log", "people", "versions"]
