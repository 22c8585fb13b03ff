"""Encryption of second-factor seeds in the database, and re-encryption after SECRET_KEY has changed."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from assessments import encryption
from assessments.encryption import SEALED

PURPOSE = "seeds of second factors"
HOLDS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}  # in a row's `data`


def encrypt(seed: str) -> str:
    """The encrypted seed to store."""
    return encryption.encrypt(seed, purpose=PURPOSE)


def decrypt(secret: str) -> str:
    """The original seed; unencrypted seeds from before are returned unchanged. Raises UnreadableError."""
    return encryption.decrypt(secret, purpose=PURPOSE) if secret.startswith(SEALED) else secret


def reencrypt() -> int:
    """Encrypt seeds that are unencrypted or use an old key; returns how many. The old key can then be removed."""
    return sum(_reencrypt(row) for row in _others())


def _others() -> list[Authenticator]:
    mark = encryption.mark_of(PURPOSE)
    return [row for kind, name in HOLDS.items() for row in _rows(kind).exclude(**{f"data__{name}__startswith": mark})]


def _rows(kind: str) -> QuerySet[Authenticator]:
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(type=kind).order_by("pk")
    return rows


@transaction.atomic
def _reencrypt(row: Authenticator) -> bool:
    """Re-encrypt one row; returns False if it was deleted or no key can decrypt it."""
    current, name = _rows(row.type).select_for_update().filter(pk=row.pk).first(), HOLDS[row.type]
    try:
        if current is None:
            return False
        current.data[name] = encrypt(decrypt(current.data[name]))
    except encryption.UnreadableError:
        return False
    current.save(update_fields=["data"])
    return True
