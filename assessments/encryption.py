"""Short secrets encrypted in the database: with a key made of SECRET_KEY, and read with those of its fallbacks."""

import base64
import hashlib

from django.conf import settings
from django.utils.crypto import salted_hmac

SEALED = "sealed:"  # then the name of the key, a colon, and a Fernet token


class UnreadableError(Exception):
    """No key that is named fits this text."""


def encrypt(text: str, *, purpose: str) -> str:
    """The text as it is kept; what was encrypted for one purpose cannot be read for another."""
    from cryptography.fernet import Fernet

    key = _key_of(settings.SECRET_KEY, purpose)
    return mark_of(purpose) + Fernet(key).encrypt(text.encode()).decode()


def decrypt(ciphertext: str, *, purpose: str) -> str:
    """The text again. Raises UnreadableError."""
    from cryptography.fernet import Fernet, InvalidToken, MultiFernet

    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = [Fernet(_key_of(secret, purpose)) for secret in secrets]
    try:
        return MultiFernet(keys).decrypt(ciphertext.rpartition(":")[2]).decode()
    except InvalidToken as problem:
        raise UnreadableError from problem


def mark_of(purpose: str) -> str:
    """What a text begins with that today's key has encrypted."""
    key = _key_of(settings.SECRET_KEY, purpose)
    return f"{SEALED}{hashlib.sha256(key).hexdigest()[:8]}:"


def _key_of(secret: str, purpose: str) -> bytes:
    """256 bits, of this use alone."""
    digest = salted_hmac(purpose, "", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
