"""A person's copy with the files that are theirs."""

import json
import zipfile
from typing import BinaryIO

from assessments.actions import evidence_files
from assessments.models import Evidence, User

from .copy import copy_of

DATA = "my-data.json"


def has_files(user: User) -> bool:
    return Evidence.objects.filter(owner=user).exists()


def write_copy(user: User, target: BinaryIO) -> None:
    """Write their copy as a ZIP: the data, and each of their files under its id and name. Files are never in memory.

    Raises whatever the storage raises for a file that cannot be read.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DATA, json.dumps(copy_of(user), ensure_ascii=False, indent=1))
        for row in Evidence.objects.filter(owner=user).order_by("pk"):
            with archive.open(f"files/{row.pk}-{row.name}", "w") as file:
                for piece in evidence_files.content_of(row):
                    file.write(piece)
    target.seek(0)
