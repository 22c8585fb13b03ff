"""The backup file: an uncompressed tar with `database`, the files of evidence as they are stored (encrypted ones stay
encrypted) and `manifest.json`, which contains their checksums."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, NamedTuple

FORMAT = "maturity-backup/1"
MANIFEST, DATABASE, FILES = "manifest.json", "database", "evidence/"
LARGEST_MANIFEST = 1_000_000  # bytes


class BackupError(Exception):
    """The backup cannot be created or restored; the message says why. Existing data and files are unchanged."""


class Manifest(NamedTuple):
    """Metadata of a backup. `rows` counts each table; `checksum` is that of the database in it, `files` has those of
    the files of evidence by name."""

    engine: str
    made_at: str
    migration: str
    rows: Mapping[str, int]
    checksum: str
    files: Mapping[str, str] = MappingProxyType({})


class StoredFile(NamedTuple):
    """A file of evidence: its name in storage, a copy of it, and the copy's checksum."""

    name: str
    copy: Path
    checksum: str


def checksum_of(path: Path) -> str:
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def write(target: Path, database: Path, manifest: Manifest, files: Iterable[StoredFile] = ()) -> None:
    """Write all of it to one file that only its owner can read, atomically, and verify it."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    text = json.dumps({"format": FORMAT, **manifest._asdict(), "files": dict(manifest.files)}, indent=1).encode()
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text))
                archive.add(database, DATABASE, filter=_anonymous)
                for each in files:
                    archive.add(each.copy, FILES + each.name, filter=_anonymous)
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
            expected = {DATABASE: manifest.checksum, **{FILES + name: each for name, each in manifest.files.items()}}
            damaged = [name for name, checksum in expected.items() if _checksum_in(archive, name) != checksum]
    except (OSError, tarfile.TarError, KeyError) as error:
        raise BackupError(f"{path} is damaged: it cannot be read to its end.") from error
    if damaged:
        raise BackupError(f"{path} is damaged: its checksum does not fit its content.")
    return manifest


def _checksum_in(archive: tarfile.TarFile, name: str) -> str:
    source = archive.extractfile(name)
    return "sha256:" + hashlib.file_digest(source, "sha256").hexdigest() if source else ""  # type: ignore[arg-type]


def unpack(path: Path, target: Path) -> None:
    """Write the contained database to `target`; the file must be checked first."""
    with tarfile.open(path, "r:") as archive, target.open("wb") as file:
        source = archive.extractfile(DATABASE)
        while source and (block := source.read(1 << 20)):
            file.write(block)


@contextmanager
def files_in(path: Path, manifest: Manifest) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """(name, content) of each file of evidence; the backup must be checked first."""
    with tarfile.open(path, "r:") as archive:
        sources = ((name, archive.extractfile(FILES + name)) for name in manifest.files)
        yield ((name, source) for name, source in sources if source is not None)
