"""Seeds of second factors, sealed in the database, and sealed again where SECRET_KEY has changed."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from assessments import encryption
from assessments.encryption import SEALED

PURPOSE = "seeds of second factors"
HOLDS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}  # in a row's `data`


def encrypt(seed: str) -> str:
    """The seed as it is kept."""
    return encryption.encrypt(seed, purpose=PURPOSE)


def decrypt(secret: str) -> str:
    """The seed again; one that was kept before seeds were sealed is readable as it is. Raises UnreadableError."""
    return encryption.decrypt(secret, purpose=PURPOSE) if secret.startswith(SEALED) else secret


def reencrypt() -> int:
    """Seal what a former key has sealed, or none; how many. Afterwards that key may be forgotten."""
    return sum(_reencrypt(row) for row in _others())


def _others() -> list[Authenticator]:
    mark = encryption.mark_of(PURPOSE)
    return [row for kind, name in HOLDS.items() for row in _rows(kind).exclude(**{f"data__{name}__startswith": mark})]


def _rows(kind: str) -> QuerySet[Authenticator]:
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(type=kind).order_by("pk")
    return rows


@transaction.atomic
def _reencrypt(row: Authenticator) -> bool:
    """False where it is gone or no key fits."""
    current, name = _rows(row.type).select_for_update().filter(pk=row.pk).first(), HOLDS[row.type]
    try:
        if current is None:
            return False
        current.data[name] = encrypt(decrypt(current.data[name]))
    except encryption.UnreadableError:
        return False
    current.save(update_fields=["data"])
    return True
