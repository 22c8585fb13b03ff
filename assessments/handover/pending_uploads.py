"""Store a handover between dry run and import: for an hour, and only for the user who uploaded it."""

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
    """Store an uploaded file and return its name in the storage. Raises StorageUnavailableError."""
    return storage.store(f"{FOLDER}/{get_random_string(22)}.zip", upload)


def token_for(*, name: str, by: User) -> str:
    """A signed token for a stored file, which only `by` can use."""
    return signing.dumps([by.pk, name], salt=SALT)


def kept(*, token: str, by: User) -> str | None:
    """The file's name in the storage; None if the token is invalid, expired or another user's, or the file is gone."""
    try:
        owner, name = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    return name if owner == by.pk and default_storage.exists(name) else None


def forget(*, name: str) -> None:
    default_storage.delete(name)


def sweep() -> None:
    """Delete files stored more than an hour ago."""
    if not default_storage.exists(FOLDER):
        return
    for file in default_storage.listdir(FOLDER)[1]:
        name = f"{FOLDER}/{file}"
        if default_storage.get_modified_time(name) < timezone.now() - LASTS:
            default_storage.delete(name)
