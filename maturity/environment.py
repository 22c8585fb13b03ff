"""The environment that settings come from. `SECRET_KEY_FILE` names a file that holds SECRET_KEY, and so for every other name:
a credential of systemd, a secret of a container, or what a vault has written there."""

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping


class Values(FileAwareMapping):  # type: ignore[misc]  # environ brings no types for it
    def __getitem__(self, key: str) -> str:
        try:
            value: str = super().__getitem__(key)
        except OSError as problem:
            raise ImproperlyConfigured(f"{key}_FILE names {problem.filename!r}: {problem.strerror}.") from problem
        return value.strip()  # most files end with a line break


class Env(environ.Env):  # type: ignore[misc]
    ENVIRON = Values(cache=False)
