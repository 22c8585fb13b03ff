"""Base class of commands that print something about a bank version in the database."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from assessments.management.file_command import FileCommand


class VersionCommand(FileCommand):
    """Adds the option `--version` for the version of a bank."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Replace the `--version` that Django gives every command with the bank's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)


def absent(key: str, version: str | None, others: list[str]) -> str:
    """Return a message that the version was not found, with those available."""
    if not others:
        return _("There is no question bank with the key %(key)s.") % {"key": key}
    versions = ", ".join(others)
    if version is None:
        return _("No version of %(key)s is published. Name one: %(versions)s.") % {"key": key, "versions": versions}
    return _("There is no version %(version)s of %(key)s; there are: %(versions)s.") % {
        "version": version,
        "key": key,
        "versions": versions,
    }
