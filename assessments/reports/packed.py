"""Office files as archives: the same parts give the same bytes, whenever they are written."""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that an archive can hold
WRITTEN = re.compile(rb"(<dcterms:(created|modified)\b[^<>]*>)[^<]*(?=</dcterms:)")


def same_bytes(content: bytes, *, moment: datetime | None = None) -> bytes:
    """The archive with the same files in the same order, each dated at the epoch.

    `moment`: what the file itself says when it was created and changed, in UTC, if its library takes the clock's time.
    """
    written = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry, part = ZipInfo(name, EPOCH), old.read(name)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            if moment and name == "docProps/core.xml":
                part = WRITTEN.sub(rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            new.writestr(entry, part)
    return written.getvalue()
