"""Django admin: authoring question banks, and managing organisations, people and assessments."""

from . import assessments, content, emails, handovers, log, people, units, versions

__all__ = ["assessments", "content", "emails", "handovers", "log", "people", "units", "versions"]
