"""A temporary folder that goes when its process goes, and after a kill when the next one comes.

The rasteriser keeps typefaces in one. The renderer has one because WeasyPrint leaves a folder of typefaces behind
for every set of style sheets, unless its process ends in its own time.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path
from shutil import rmtree


class Folder:
    """A new folder beside a lock file. Whoever holds `descriptor`, children included, keeps it from being swept."""

    def __init__(self, lock: Path) -> None:
        sweep(lock)
        self.path = Path(tempfile.mkdtemp(prefix=f"{lock.stem}-", dir=lock.parent))
        self.descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.is_open = True

    def close(self, *, remove: bool) -> None:
        """Let go of it; `remove` it too where nobody else uses it any more."""
        if not self.is_open:
            return
        self.is_open = False
        if remove:
            rmtree(self.path, ignore_errors=True)
        os.close(self.descriptor)


def sweep(lock: Path) -> None:
    """Remove the folders beside this lock file whose owners are gone."""
    for path in lock.parent.glob(f"{lock.stem}-*"):
        if path.is_dir() and not path.is_symlink():
            _remove_if_free(path)


def _remove_if_free(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return  # somebody else was quicker, or owns it
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        rmtree(path, ignore_errors=True)
    except BlockingIOError:
        return
    finally:
        os.close(descriptor)
