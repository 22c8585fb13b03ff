"""A temporary folder that is removed when its process ends or, after a kill, when the next process starts.

The rasteriser keeps typefaces in it. The renderer needs it because WeasyPrint leaves a folder of typefaces behind
for every set of style sheets unless its process exits normally.
"""

import fcntl
import os
import tempfile
from pathlib import Path
from shutil import rmtree


class Folder:
    """A new folder next to a lock file. It is not swept while a process, or a child, holds `descriptor`."""

    def __init__(self, lock: Path) -> None:
        sweep(lock)
        self.path = Path(tempfile.mkdtemp(prefix=f"{lock.stem}-", dir=lock.parent))
        self.descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.is_open = True

    def close(self, *, remove: bool) -> None:
        """Release the folder; `remove` also deletes it, if no other process uses it."""
        if not self.is_open:
            return
        self.is_open = False
        if remove:
            rmtree(self.path, ignore_errors=True)
        os.close(self.descriptor)


def sweep(lock: Path) -> None:
    """Remove the folders next to this lock file whose owners have ended."""
    for path in lock.parent.glob(f"{lock.stem}-*"):
        if path.is_dir() and not path.is_symlink():
            _remove_if_free(path)


def _remove_if_free(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return  # already removed, or owned by another user
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        rmtree(path, ignore_errors=True)
    except BlockingIOError:
        return
    finally:
        os.close(descriptor)
