"""Encryption of short secrets in the database, with a key derived from SECRET_KEY; its fallbacks can still decrypt."""

import base64
import hashlib

from django.conf import settings
from django.utils.crypto import salted_hmac

SEALED = "sealed:"  # followed by an id of the key, a colon and a Fernet token


class UnreadableError(Exception):
    """No configured key can decrypt this text."""


def encrypt(text: str, *, purpose: str) -> str:
    """The encrypted text to store; it can be decrypted only with the same purpose."""
    from cryptography.fernet import Fernet

    key = key_of(settings.SECRET_KEY, purpose)
    return mark_of(purpose) + Fernet(key).encrypt(text.encode()).decode()


def decrypt(ciphertext: str, *, purpose: str) -> str:
    """The original text. Raises UnreadableError."""
    from cryptography.fernet import Fernet, InvalidToken, MultiFernet

    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = [Fernet(key_of(secret, purpose)) for secret in secrets]
    try:
        return MultiFernet(keys).decrypt(ciphertext.rpartition(":")[2]).decode()
    except InvalidToken as problem:
        raise UnreadableError from problem


def mark_of(purpose: str) -> str:
    """The prefix of texts encrypted with the current key."""
    key = key_of(settings.SECRET_KEY, purpose)
    return f"{SEALED}{hashlib.sha256(key).hexdigest()[:8]}:"


def key_of(secret: str, purpose: str) -> bytes:
    """A 256-bit key for this purpose only, in URL-safe base64."""
    digest = salted_hmac(purpose, "", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
