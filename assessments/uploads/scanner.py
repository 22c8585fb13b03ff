"""The virus scanner: ClamAV's daemon, at `CLAMD_URL` (`tcp://host:3310` or `unix:///run/clamav/clamd.ctl`).

Its one command that is needed, INSTREAM, is written here: the clients on PyPI are unmaintained, or under the GPL.
"""

import socket
import struct
from enum import Enum
from typing import BinaryIO
from urllib.parse import urlsplit

TIMEOUT = 20  # seconds for connecting and for each answer
CHUNK = 64 * 1024  # bytes
MAX_REPLY = 4096  # bytes


class Verdict(Enum):
    """What the scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"  # it cannot be reached, or does not answer


def scan(file: BinaryIO, url: str) -> Verdict:
    """Ask the scanner at `url`; without one every file is clean. Reads the file from where it is."""
    if not url:
        return Verdict.CLEAN
    try:
        with _connected(url) as connection:
            reply = _reply(connection, file)
    except (OSError, ValueError):
        return Verdict.UNKNOWN
    if reply.endswith(" FOUND"):
        return Verdict.INFECTED
    return Verdict.CLEAN if reply == "stream: OK" else Verdict.UNKNOWN


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), timeout=TIMEOUT)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(TIMEOUT)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection


def _reply(connection: socket.socket, file: BinaryIO) -> str:
    """Send the file in chunks, each behind its length, then the length 0; the line that comes back."""
    connection.sendall(b"nINSTREAM\n")
    while chunk := file.read(CHUNK):
        connection.sendall(struct.pack("!L", len(chunk)) + chunk)
    connection.sendall(struct.pack("!L", 0))
    with connection.makefile("rb") as reply:
        return reply.readline(MAX_REPLY).decode(errors="replace").strip()
