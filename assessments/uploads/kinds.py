"""What an uploaded file is, by its content: PDF, Office documents, images and plain text are taken, nothing else.

Nothing is unpacked, and no more than a chunk of the file is in memory.
"""

import codecs
import zipfile
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from assessments.zip_errors import DAMAGED

CHUNK = 64 * 1024  # bytes
HEAD = 1024  # bytes in which browsers and readers look for a type of their own
MAX_UNPACKED, MAX_PARTS, MAX_RATIO = 500_000_000, 10_000, 200  # of a document: bytes, files, unpacked to packed
SMALL = 10_000_000  # bytes: a document that unpacks to less may be packed as tightly as it likes
MAX_PIXELS = 200_000_000
MARKUP = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?xml", b"<body", b"<iframe", b"<head", b"<meta")
IMAGES = {"PNG": "png", "JPEG": "jpeg", "MPO": "jpeg", "WEBP": "webp"}  # by their names in Pillow
ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
OOXML = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
UNREADABLE = (KeyError, *DAMAGED)


class Kind(NamedTuple):
    """A type of file that is taken: the type sent with a download, and the ending of its name."""

    content_type: str
    ending: str


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pdf": Kind("application/pdf", "pdf"),
    "docx": Kind(f"{OFFICE}.wordprocessingml.document", "docx"),
    "xlsx": Kind(f"{OFFICE}.spreadsheetml.sheet", "xlsx"),
    "pptx": Kind(f"{OFFICE}.presentationml.presentation", "pptx"),
    **{kind: Kind(mime.decode(), kind) for mime, kind in ODF.items()},
    "png": Kind("image/png", "png"),
    "jpeg": Kind("image/jpeg", "jpg"),
    "webp": Kind("image/webp", "webp"),
    "txt": Kind("text/plain; charset=utf-8", "txt"),
    "csv": Kind("text/csv; charset=utf-8", "csv"),
}


class UploadError(ValueError):
    """The file is not taken; the message says why to the person who chose it."""


def kind_of(file: BinaryIO, name: str) -> str:
    """A key of `KINDS`. Raises UploadError. The name only tells a table (.csv) from other text."""
    import filetype

    file.seek(0)
    head = file.read(HEAD)
    found = filetype.guess(head)
    kind = _checker(found.mime if found else "", head)(file, head)
    file.seek(0)
    return "csv" if kind == "txt" and name.lower().endswith(".csv") else kind


def _checker(mime: str, head: bytes) -> Callable[[BinaryIO, bytes], str]:
    if head.startswith(b"%PDF-"):
        return _pdf
    if head.startswith(b"PK\x03\x04"):
        return _document
    if mime in ("image/png", "image/jpeg", "image/webp"):
        return _image
    if mime:
        raise UploadError(_unwelcome())
    return _text


def _pdf(file: BinaryIO, head: bytes) -> str:
    _refuse_second_type(file, head)
    size = file.seek(0, 2)
    file.seek(max(0, size - 2 * HEAD))
    if b"%%EOF" not in file.read():
        raise UploadError(_("The PDF is not complete. Save or export it again."))
    return "pdf"


def _image(file: BinaryIO, head: bytes) -> str:
    from PIL import Image, UnidentifiedImageError

    _refuse_second_type(file, head)
    file.seek(0)
    try:
        with Image.open(file, formats=["PNG", "JPEG", "WEBP"]) as picture:
            found, (width, height) = picture.format or "", picture.size
            picture.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, *UNREADABLE) as broken:
        raise UploadError(_("The picture is damaged, or larger than a picture needs to be.")) from broken
    if width * height > MAX_PIXELS:
        raise UploadError(_("The picture is damaged, or larger than a picture needs to be."))
    return IMAGES[found]


def _refuse_second_type(file: BinaryIO, head: bytes) -> None:
    """Refuse a file that another program reads as something else: a page, an archive, a PDF."""
    lowered = head.lower()
    if any(tag in lowered for tag in MARKUP) or head.rfind(b"%PDF-") > 0:
        raise UploadError(_two_types())
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise UploadError(_two_types())


def _document(file: BinaryIO, head: bytes) -> str:
    if b"%PDF-" in head:
        raise UploadError(_two_types())
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as parts:
            _refuse_bombs(parts)
            return _office(parts)
    except UploadError:
        raise
    except UNREADABLE as broken:
        raise UploadError(_("The document is damaged. Save it again, or export it as a PDF.")) from broken


def _refuse_bombs(parts: zipfile.ZipFile) -> None:
    """Refuse what unpacks to far more than it is, by the archive's own table; parts that overlap count twice there."""
    entries = parts.infolist()
    unpacked, packed = sum(each.file_size for each in entries), sum(each.compress_size for each in entries)
    if len(entries) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > max(SMALL, MAX_RATIO * packed):
        raise UploadError(_("The document unpacks to more than a document needs. Export it as a PDF."))
    if any(each.flag_bits & 1 for each in entries):
        raise UploadError(_("The document has a password. Save it without one, or export it as a PDF."))
    if min((each.header_offset for each in entries), default=0) > 0:
        raise UploadError(_two_types())


def _office(parts: zipfile.ZipFile) -> str:
    names = parts.namelist()
    if names[:1] == ["mimetype"] and parts.getinfo("mimetype").file_size < HEAD:
        kind = ODF.get(parts.read("mimetype").strip())
    elif "[Content_Types].xml" in names:
        kind = next((kind for folder, kind in OOXML.items() if any(name.startswith(folder) for name in names)), None)
    else:
        kind = None
    if kind is None:
        raise UploadError(_unwelcome())
    if any("vbaproject" in name.lower() or name.lower().startswith("basic/") for name in names):
        raise UploadError(_("The document has macros. Save it without them, or export it as a PDF."))
    return kind


def _text(file: BinaryIO, head: bytes) -> str:
    lowered = head.lower().replace(b"\0", b"")
    if any(tag in lowered for tag in MARKUP) or b"%pdf-" in lowered:
        raise UploadError(_unwelcome())
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise UploadError(_two_types())
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")()
    try:
        while chunk := file.read(CHUNK):
            _refuse_controls(decoder.decode(chunk))
        _refuse_controls(decoder.decode(b"", final=True))
    except UnicodeDecodeError as broken:
        raise UploadError(_unwelcome()) from broken
    return "txt"


def _refuse_controls(text: str) -> None:
    if not text.isprintable() and any(char < " " and char not in "\t\n\r\f" for char in text):
        raise UploadError(_unwelcome())


def _unwelcome() -> str:
    return _(
        "This type of file is not accepted, whatever its name says. Choose a PDF, an Office document without macros "
        "(.docx, .xlsx, .pptx, .odt, .ods, .odp), a picture (PNG, JPEG, WebP) or plain text (UTF-8)."
    )


def _two_types() -> str:
    return _("The file is two types of file at once. Export it again, for example as a PDF.")
