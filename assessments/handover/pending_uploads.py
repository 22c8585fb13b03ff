"""A hand-over between its dry run and the word that takes it in: kept for an hour, for whoever sent it."""

import datetime

from django.core import signing
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.crypto import get_random_string

from assessments.actions import storage
from assessments.models import User

FOLDER, SALT = "arrivals", "a hand-over that was looked at"
LASTS = datetime.timedelta(hours=1)


def keep(*, upload: File[bytes]) -> str:
    """Store a file; gives where it lies. Raises StorageUnavailableError."""
    return storage.store(f"{FOLDER}/{get_random_string(22)}.zip", upload)


def token_for(*, name: str, by: User) -> str:
    """What finds a stored file again, in the hands of one person."""
    return signing.dumps([by.pk, name], salt=SALT)


def kept(*, token: str, by: User) -> str | None:
    """Where the file lies; None where it is gone, or somebody else's."""
    try:
        owner, name = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    return name if owner == by.pk and default_storage.exists(name) else None


def forget(*, name: str) -> None:
    default_storage.delete(name)


def sweep() -> None:
    """Delete what nobody came back for."""
    if not default_storage.exists(FOLDER):
        return
    for file in default_storage.listdir(FOLDER)[1]:
        name = f"{FOLDER}/{file}"
        if default_storage.get_modified_time(name) < timezone.now() - LASTS:
            default_storage.delete(name)
