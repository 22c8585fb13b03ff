"""The whole database in one file with a checksum, and back again; on SQLite and on PostgreSQL, while people work.

A backup holds everything that was committed before it began, and nothing by halves. Files made on request (exports)
are not in it: they can be made again.
"""

from .archive import BackupError, Manifest, read_manifest
from .database import make_backup, restore_backup

__all__ = ["BackupError", "Manifest", "make_backup", "read_manifest", "restore_backup"]
