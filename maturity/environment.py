"""Environment variables for the settings. NAME_FILE can name a file that contains NAME, for example SECRET_KEY_FILE:
a systemd credential, a container secret, or a file written by a vault.
"""

from collections.abc import Mapping
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping


class Values(FileAwareMapping):  # type: ignore[misc]  # environ has no types for it
    def __getitem__(self, key: str) -> str:
        try:
            value: str = super().__getitem__(key)
        except OSError as problem:
            raise ImproperlyConfigured(f"{key}_FILE names {problem.filename!r}: {problem.strerror}.") from problem
        return value.strip()  # most files end with a newline


class Env(environ.Env):  # type: ignore[misc]
    ENVIRON = Values(cache=False)

    def mailers(self, name: str, *, default: str, timeouts: Mapping[str, int]) -> dict[str, dict[str, Any]]:
        """Return Django's MAILERS for the server at this URL, one for each of the `timeouts` (seconds per response)."""
        mail = self.email_url(name, default=default)
        options = {
            "host": mail["EMAIL_HOST"],
            "port": mail["EMAIL_PORT"],
            "username": mail["EMAIL_HOST_USER"],
            "password": mail["EMAIL_HOST_PASSWORD"],
            "use_tls": mail.get("EMAIL_USE_TLS", False),
            "use_ssl": mail.get("EMAIL_USE_SSL", False),
        }
        speaks_smtp = "smtp" in mail["EMAIL_BACKEND"]
        return {
            key: {"BACKEND": mail["EMAIL_BACKEND"], "OPTIONS": {**options, "timeout": seconds} if speaks_smtp else {}}
            for key, seconds in timeouts.items()
        }
