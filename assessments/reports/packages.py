"""Office files as packages: the same content gives the same bytes, whenever and wherever it is written."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can express
CHANGED = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(?=</dcterms:)")


def without_clock(package: bytes, *, moment: datetime | None) -> bytes:
    """The package as if written at `moment` (UTC; None: at the start of 1980), its parts in the order they had."""
    stamp = (moment or datetime(*EPOCH)).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    steady = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(steady, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":
                content = CHANGED.sub(rb"\g<1>" + stamp, content)
            target.writestr(ZipInfo(part.filename, EPOCH), content, ZIP_DEFLATED)
    return steady.getvalue()
