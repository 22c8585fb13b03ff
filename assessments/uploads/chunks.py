"""Encryption of whole files in chunks, so that neither reading nor writing one holds it in memory.

AES-256-GCM in the STREAM construction: every chunk has its number and whether it is the last one in its nonce, so that
a chunk can be neither moved, repeated nor left out. Each file has a key of its own, derived from the secret and 16
random bytes at its beginning.
"""

import base64
import os
from collections.abc import Iterator, Sequence
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assessments.encryption import UnreadableError, key_of

CHUNK = 64 * 1024  # bytes
TAG, SALT = 16, 16  # bytes
PURPOSE = "evidence"


class Readable(Protocol):
    """A file, of whatever storage."""

    def read(self, size: int, /) -> bytes: ...


def encrypted(source: Readable, secret: str) -> Iterator[bytes]:
    """The encrypted file, piece by piece."""
    salt = os.urandom(SALT)
    cipher = _cipher(secret, salt)
    yield salt
    for number, (chunk, is_last) in enumerate(_with_end(source, CHUNK)):
        yield cipher.encrypt(_nonce(number, is_last), chunk, None)


def decrypted(source: Readable, secrets: Sequence[str]) -> Iterator[bytes]:
    """The original file, piece by piece. Raises UnreadableError if none of the secrets fits, or it was changed."""
    salt = source.read(SALT)
    ciphers = [_cipher(secret, salt) for secret in secrets]
    for number, (chunk, is_last) in enumerate(_with_end(source, CHUNK + TAG)):
        cipher, plain = _opened(ciphers, _nonce(number, is_last), chunk)
        ciphers = [cipher]
        yield plain


def _opened(ciphers: Sequence[AESGCM], nonce: bytes, chunk: bytes) -> tuple[AESGCM, bytes]:
    for cipher in ciphers:
        try:
            return cipher, cipher.decrypt(nonce, chunk, None)
        except InvalidTag:
            continue
    raise UnreadableError


def _with_end(source: Readable, size: int) -> Iterator[tuple[bytes, bool]]:
    """(chunk, whether it is the last), at least one."""
    chunk = source.read(size)
    while following := source.read(size):
        yield chunk, False
        chunk = following
    yield chunk, True


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _cipher(secret: str, salt: bytes) -> AESGCM:
    return AESGCM(base64.urlsafe_b64decode(key_of(secret, f"{PURPOSE} {salt.hex()}")))
