"""A client as a ZIP file for another installation: `handover.json`, banks, logos, reports, and a checksum of each.

`handover.json` can be encrypted with a key that is sent separately (`docs/decisions/0005-hand-over.md`).
"""

import hashlib
import io
import json
import pathlib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from cryptography.fernet import Fernet, InvalidToken

from assessments.formats.json_text import Odd, Out, parse_json, walk
from assessments.formats.problems import LIMIT, FileProblem, ProblemsError, one_problem
from assessments.formats.yaml_text import MAX_BYTES
from assessments.zip_errors import DAMAGED

FORMAT, EARLIER = "maturity-handover/3", ("maturity-handover/2", "maturity-handover/1")
DOCUMENT, SEALED, SUMS = "handover.json", "handover.json.sealed", "SHA256SUMS"
MOST_FILES, MOST_BYTES, MOST_IN_ONE = 5_000, 2_000_000_000, 200_000_000  # unpacked
READ = {
    "banks/": MAX_BYTES,
    "translations/": MAX_BYTES,
    "logos/": 2 * 1024 * 1024,
}  # folder -> maximum bytes per file
MOST_READ = 100_000_000  # bytes of these folders together
# Bytes of the document: ten assessments of 50 people take 1.2 million. A hostile one takes 25 times its size in memory.
MOST_DOCUMENT = 20_000_000
MOST_SUMS = 1_000_000
STEP = 32_768  # bytes: in an encrypted document, each result is padded to a multiple; one answer changes about 200


@dataclass(frozen=True)
class Handover:
    """What an archive holds: the document, the banks' texts by checksum, and the files that it refers to by name."""

    document: Mapping[str, Out]
    banks: Mapping[str, str]
    files: Mapping[str, bytes]

    def file(self, entry: Mapping[str, Any]) -> bytes:
        """The content of the file that an entry refers to. Raises KeyError if missing, ValueError if changed since."""
        content = self.files[entry["file"]]
        if entry.get("checksum", actual := sum_of(content)) != actual:
            raise ValueError(f"{entry['file']} was changed after it was written")
        return content


def new_key() -> str:
    """A new encryption key: 32 random bytes in URL-safe base64."""
    return Fernet.generate_key().decode()


def write_handover(
    file: BinaryIO, document: Mapping[str, Out], others: Mapping[str, bytes], *, key: str | None = None
) -> None:
    """Write the archive; `others` maps file names to contents. `sha256sum -c SHA256SUMS` verifies the unpacked files.

    With a `key`, the document is encrypted (Fernet: AES-128-CBC with HMAC-SHA256) and its results are padded.
    """
    held = document if key is None else _filled(document)
    text = json.dumps({"format": FORMAT, **held}, ensure_ascii=False, indent=1).encode()
    first = {DOCUMENT: text} if key is None else {SEALED: Fernet(key).encrypt(text)}
    contents = {**first, **others}
    sums = "".join(f"{_sum(content)}  {name}\n" for name, content in contents.items())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**contents, SUMS: sums.encode()}.items():
            archive.writestr(name, content)


def _filled(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with each result padded to a multiple of STEP bytes, because encryption does not hide the length.

    Padding the whole document would not suffice: an author of commentary decides on its length and could find out, to
    the byte, where the next step begins.
    """
    assessments = [
        {**entry, "results": [{**row, "filling": " " * _missing(row)} for row in entry["results"]]}
        for entry in document["rounds"]
    ]
    return {**document, "rounds": assessments}


def _missing(row: Mapping[str, Any]) -> int:
    """The number of bytes to the next multiple of STEP."""
    return -len(json.dumps(row, ensure_ascii=False).encode()) % STEP


def read_handover(source: str | pathlib.Path | BinaryIO, *, name: str = "", key: str = "") -> Handover:
    """The content of an archive, with every checksum verified. Raises ProblemsError. Nothing is unpacked to disk.

    `name` is the name of the file in errors; `key` decrypts the document.
    """
    name = name or str(source)
    try:
        with zipfile.ZipFile(source) as archive:
            return _read(archive, name, key.strip())
    except ProblemsError:
        raise
    except DAMAGED as error:
        raise one_problem(name, 1, f"the file cannot be read: {error}") from None


def _read(archive: zipfile.ZipFile, name: str, key: str) -> Handover:
    entries = archive.infolist()
    sizes = [entry.file_size for entry in entries]
    if len(sizes) > MOST_FILES or sum(sizes) > MOST_BYTES or max(sizes, default=0) > MOST_IN_ONE:
        raise one_problem(name, 1, "the archive is too large")
    _refuse_large(entries, name)
    sums = _sums(archive, name)
    names = [entry.filename for entry in entries if entry.filename != SUMS]
    if sorted(names) != sorted(sums) or not {DOCUMENT, SEALED} & set(sums):
        raise one_problem(name, 1, f"it does not hold exactly the files that {SUMS} lists")
    for entry in names:
        with archive.open(entry) as content:
            found_sum = hashlib.file_digest(cast("io.BufferedReader", content), "sha256").hexdigest()
        if found_sum != sums[entry]:
            raise one_problem(name, 1, f"{entry} was changed after it was written")
    files = {entry.filename: archive.read(entry) for entry in _to_read(entries, name)}
    banks = {f"sha256:{sums[file]}": text.decode() for file, text in files.items() if file.startswith("banks/")}
    return Handover(_document(_content(archive, sums, name, key), name), banks, files)


def _refuse_large(entries: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Raise ProblemsError if a file that is read whole exceeds its limit; encrypted text is a third larger (base64)."""
    most = {DOCUMENT: MOST_DOCUMENT, SEALED: MOST_DOCUMENT * 4 // 3 + 1_000, SUMS: MOST_SUMS}
    for entry in entries:
        if entry.file_size > most.get(entry.filename, entry.file_size):
            size, limit = (f"{n / 1_000_000:,.1f} MB" for n in (entry.file_size, most[entry.filename]))
            raise one_problem(name, 1, f"{entry.filename} has {size}, and at most {limit} are read")


def _content(archive: zipfile.ZipFile, sums: Mapping[str, str], name: str, key: str) -> bytes:
    """The document's text, decrypted. A key proves its origin, so with a key an unencrypted document is refused."""
    if DOCUMENT in sums and (key or SEALED in sums):
        raise one_problem(name, 1, f"a key was given, or {SEALED} is there, but {DOCUMENT} is not sealed")
    return archive.read(DOCUMENT) if DOCUMENT in sums else _opened(archive.read(SEALED), name, key)


def _to_read(entries: Sequence[zipfile.ZipInfo], name: str) -> list[zipfile.ZipInfo]:
    """The files that the document can refer to. Raises ProblemsError if they are too large to keep in memory."""
    named = [entry for entry in entries if entry.filename.startswith(tuple(READ))]
    for entry in named:
        if entry.file_size > READ[entry.filename.partition("/")[0] + "/"]:
            raise one_problem(name, 1, f"{entry.filename} is too large")
    if sum(entry.file_size for entry in named) > MOST_READ:
        raise one_problem(name, 1, f"{', '.join(READ)} are too large together")
    return named


def _opened(sealed: bytes, name: str, key: str) -> bytes:
    if not key:
        raise one_problem(name, 1, "it is sealed: the key of the installation that made it is needed")
    try:
        return Fernet(key).decrypt(sealed)
    except (InvalidToken, ValueError):
        raise one_problem(name, 1, "the key does not open it") from None


def _sums(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    try:
        lines = archive.read(SUMS).decode().splitlines()
        return {file: digest for digest, file in (line.split("  ", 1) for line in lines)}
    except (KeyError, ValueError):
        raise one_problem(name, 1, f"it has no {SUMS}, so it is no hand-over") from None


def _document(content: bytes, name: str) -> Mapping[str, Out]:
    """The parsed document. Raises ProblemsError for what JSON readers disagree about: 1e999, NaN, repeated keys."""
    try:
        document, faults = parse_json(content.decode(), f"{name}/{DOCUMENT}")
    except UnicodeDecodeError as error:
        raise _wrong(name, str(error)) from None
    odd = ((path, each.literal) for path, each in walk(document) if isinstance(each, Odd))
    faults += [(path, f"{literal[:40]} is not a number") for path, literal in odd]
    if faults and isinstance(document, dict):
        raise ProblemsError(FileProblem(f"{name}/{DOCUMENT}", 1, *fault) for fault in faults[:LIMIT])
    if not isinstance(document, dict) or document.get("format") not in (FORMAT, *EARLIER):
        raise _wrong(name, f"the format is not {FORMAT}, nor {', '.join(EARLIER)}")
    return cast("Mapping[str, Out]", document)


def _wrong(name: str, sentence: str) -> ProblemsError:
    return one_problem(f"{name}/{DOCUMENT}", 1, sentence)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sum_of(content: bytes) -> str:
    """The checksum as the document has it: `sha256:` and hexadecimal digits."""
    return f"sha256:{_sum(content)}"
