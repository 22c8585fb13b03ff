"""Writing files to storage that may be unavailable, full or read-only."""

import logging
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage, default_storage

logger = logging.getLogger(__name__)


class StorageUnavailableError(Exception):
    """The storage accepts no files at the moment, and has kept no part of this one; retrying may help."""


def store(name: str, content: File[Any], storage: Storage = default_storage) -> str:
    """Save a file; returns its name in storage. Raises StorageUnavailableError for any error of the storage."""
    try:
        return storage.save(name, content)
    except Exception as problem:  # an OSError, or whatever the configured storage raises
        logger.warning("A file could not be stored: %s.", type(problem).__name__)
        _forget_part(name, storage)
        raise StorageUnavailableError from problem


def _forget_part(name: str, storage: Storage) -> None:
    """Delete the part written before the disk was full."""
    try:
        storage.delete(name)
    except Exception:  # cleaned up later
        logger.debug("What was written of a file stays for now.", exc_info=True)
