"""Office files altered part by part, as somebody with bad intentions would."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


def changed(content, more=(), swap=()):
    """The archive with more parts, and with words of a part swapped."""
    written = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for where, before, after in swap:
                part = part.replace(before, after) if where == name else part
            new.writestr(name, part)
        for name, part in more:
            new.writestr(name, part)
    return written.getvalue()
