"""Writing files where the storage may be away, full or read-only."""

import logging
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage

logger = logging.getLogger(__name__)


class StorageUnavailableError(Exception):
    """The storage takes no file at the moment; nothing is left of it there. It is worth trying again."""


def store(name: str, content: File[Any]) -> str:
    """Save a file; the name under which it lies. Raises StorageUnavailableError, whatever the storage raises."""
    try:
        return default_storage.save(name, content)
    except Exception as problem:  # an OSError of a folder, or the error of whichever store is named in the settings
        logger.warning("A file could not be stored: %s.", type(problem).__name__)
        _forget_part(name)
        raise StorageUnavailableError from problem


def _forget_part(name: str) -> None:
    """What was written of it until the disk was full."""
    try:
        default_storage.delete(name)
    except Exception:  # it is swept up later
        logger.debug("What was written of a file stays for now.", exc_info=True)
