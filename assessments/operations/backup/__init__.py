"""Backup and restore of the whole database in one file with a checksum, on SQLite and PostgreSQL, while in use.

A backup contains everything committed before it started, and only complete transactions, and the files of evidence. It
does not contain exports, which can be created again.
"""

from .archive import BackupError, Manifest, read_manifest
from .database import make_backup, restore_backup

__all__ = ["BackupError", "Manifest", "make_backup", "read_manifest", "restore_backup"]
