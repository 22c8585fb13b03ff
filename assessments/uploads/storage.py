"""Where evidence is stored unless the operator chooses an object store."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage

FOLDER = "evidence"


class FolderStorage(FileSystemStorage):
    """A folder that only the site's own account can read, without addresses: files are served by views alone."""

    def __init__(self, location: str | None = None, **options: Any) -> None:
        super().__init__(location, **{"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700, **options})
        self.own_location = location

    @cached_property
    def base_location(self) -> str:
        return self.own_location or f"{settings.MEDIA_ROOT}/{FOLDER}"
