"""Seeds of second factors, sealed in the database: with a key made of SECRET_KEY, and read with those of its fallbacks."""

import base64
import hashlib

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

SEALED = "sealed:"  # then the name of the key, a colon, and a Fernet token
HOLDS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}  # in a row's `data`


class UnreadableSeedError(Exception):
    """No key that is named fits this seed."""


def seal(seed: str) -> str:
    """The seed as it is kept."""
    from cryptography.fernet import Fernet

    key = _key_of(settings.SECRET_KEY)
    return _mark(key) + Fernet(key).encrypt(seed.encode()).decode()


def opened(kept: str) -> str:
    """The seed again; one that was kept before seeds were sealed is readable as it is. Raises UnreadableSeedError."""
    from cryptography.fernet import Fernet, InvalidToken, MultiFernet

    if not kept.startswith(SEALED):
        return kept
    keys = [Fernet(_key_of(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    try:
        return MultiFernet(keys).decrypt(kept.rpartition(":")[2]).decode()
    except InvalidToken as problem:
        raise UnreadableSeedError from problem


def _key_of(secret: str) -> bytes:
    """256 bits, of this use alone."""
    made = salted_hmac("seeds of second factors", "", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made)


def _mark(key: bytes) -> str:
    """What a seed begins with that this key has sealed."""
    return f"{SEALED}{hashlib.sha256(key).hexdigest()[:8]}:"


def seal_anew() -> int:
    """Seal what a former key has sealed, or none; how many. Afterwards that key may be forgotten."""
    return sum(_seal_anew(row) for row in _others())


def _others() -> list[Authenticator]:
    mark = _mark(_key_of(settings.SECRET_KEY))
    return [row for kind, name in HOLDS.items() for row in _rows(kind).exclude(**{f"data__{name}__startswith": mark})]


def _rows(kind: str) -> QuerySet[Authenticator]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(type=kind).order_by("pk")
    return found


@transaction.atomic
def _seal_anew(row: Authenticator) -> bool:
    """False where it is gone or no key fits."""
    current, name = _rows(row.type).select_for_update().filter(pk=row.pk).first(), HOLDS[row.type]
    try:
        if current is None:
            return False
        current.data[name] = seal(opened(current.data[name]))
    except UnreadableSeedError:
        return False
    current.save(update_fields=["data"])
    return True
