"""The backup file: an uncompressed tar with `database` and `manifest.json`, which contains its checksum."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = "maturity-backup/1"
MANIFEST, DATABASE = "manifest.json", "database"
LARGEST_MANIFEST = 1_000_000  # bytes


class BackupError(Exception):
    """The backup cannot be created or restored; the message says why. Existing data and files are unchanged."""


class Manifest(NamedTuple):
    """Metadata of a backup. `rows` counts each table; `checksum` is that of the database in it."""

    engine: str
    made_at: str
    migration: str
    rows: Mapping[str, int]
    checksum: str


def checksum_of(path: Path) -> str:
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def write(target: Path, database: Path, manifest: Manifest) -> None:
    """Write both to one file that only its owner can read, atomically, and verify it."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    text = json.dumps({"format": FORMAT, **manifest._asdict()}, indent=1).encode()
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text))
                archive.add(database, DATABASE, filter=_anonymous)
            file.flush()
            os.fsync(file.fileno())
        check(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Remove the owner of the file on this machine."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry


def read_manifest(path: Path) -> Manifest:
    """Return the backup's metadata. Raises BackupError if the file is not a backup."""
    try:
        with tarfile.open(path, "r:") as archive:
            source = archive.extractfile(MANIFEST)
            manifest: Any = json.loads(source.read(LARGEST_MANIFEST)) if source else None
        if manifest.pop("format") != FORMAT:
            raise ValueError(FORMAT)
        return Manifest(**manifest)
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{path} is not a backup of this product, or it is damaged.") from error


def check(path: Path) -> Manifest:
    """Read the whole file and verify its checksum. Raises BackupError."""
    manifest = read_manifest(path)
    try:
        with tarfile.open(path, "r:") as archive:
            source = archive.extractfile(DATABASE)
            digest = hashlib.file_digest(source, "sha256").hexdigest() if source else ""  # type: ignore[arg-type]
    except (OSError, tarfile.TarError, KeyError) as error:
        raise BackupError(f"{path} is damaged: it cannot be read to its end.") from error
    if f"sha256:{digest}" != manifest.checksum:
        raise BackupError(f"{path} is damaged: its checksum does not fit its content.")
    return manifest


def unpack(path: Path, target: Path) -> None:
    """Write the contained database to `target`; the file must be checked first."""
    with tarfile.open(path, "r:") as archive, target.open("wb") as file:
        source = archive.extractfile(DATABASE)
        while source and (block := source.read(1 << 20)):
            file.write(block)
