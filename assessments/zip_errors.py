"""What reading a damaged or hostile ZIP file raises, whichever compression its parts use."""

import io
import lzma
import zipfile
import zlib

# RuntimeError: a part has a password. NotImplementedError: an unknown compression. ValueError: a name is no text.
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError),
)


def names_in(raw: bytes) -> list[str]:
    """The names of the files in a ZIP; none if the bytes are not a ZIP."""
    try:
        return zipfile.ZipFile(io.BytesIO(raw)).namelist()
    except DAMAGED:
        return []
