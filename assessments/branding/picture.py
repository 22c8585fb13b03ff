"""Uploaded images, re-encoded: nothing remains of the file itself, its metadata or hidden content."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 10_000_000  # 40 MB while it is decoded
MAX_SIDE = 8_000  # pixels
MIN_SIDE, MAX_RATIO = 16, 10  # short side in pixels; ratio of the long to the short side
BOX = (800, 400)  # 300 dpi at the largest printed size


class PictureError(ValueError):
    """The file is not a valid logo; the message explains why to the user who uploaded it."""


@dataclass(frozen=True)
class Picture:
    """A PNG without metadata, at most as large as `BOX`; sizes in pixels."""

    png: bytes
    width: int
    height: int

    @property
    def checksum(self) -> str:
        return "sha256:" + hashlib.sha256(self.png).hexdigest()


def picture_of(content: bytes) -> Picture:
    """The image from the bytes of a PNG or JPEG, whatever its file name. Raises PictureError.

    Its size is read from the file's header and checked before anything is decoded.
    """
    if len(content) > MAX_BYTES:
        raise PictureError(_("The file is larger than 2 MB. Use a smaller image: 800 pixels wide is enough."))
    found = _open(content)
    _refuse_sizes(*found.size)
    if found.format == "PNG" and getattr(found, "is_animated", False):
        raise PictureError(_("The image is animated. Choose a still image."))
    try:
        with _whole():
            return _drawn(found)
    except Exception as damaged:  # malicious files can raise any exception in a decoder
        raise PictureError(_("The file is damaged: only part of the image could be read.")) from damaged


@contextlib.contextmanager
def _whole() -> Iterator[None]:
    """Make truncated images an error, even if WeasyPrint, once loaded in the process, has allowed them."""
    from PIL import ImageFile

    usual, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = usual


def _open(content: bytes) -> Image:
    from PIL import Image  # 50 ms that other pages should not spend

    try:
        return Image.open(BytesIO(content), formats=("PNG", "JPEG"))
    except Image.DecompressionBombError as bomb:
        raise PictureError(_too_large()) from bomb
    except Exception as foreign:  # malicious files can raise any exception
        raise PictureError(_("Choose a PNG or JPEG image. This file is neither.")) from foreign


def _refuse_sizes(width: int, height: int) -> None:
    short, long = sorted((width, height))
    if width * height > MAX_PIXELS or long > MAX_SIDE:
        raise PictureError(_too_large())
    if short < MIN_SIDE:
        raise PictureError(_("The image is smaller than 16 pixels. Choose a larger one."))
    if long > MAX_RATIO * short:
        raise PictureError(_("The image is more than ten times as long as it is wide. Choose a more compact one."))


def _too_large() -> str:
    return _("The image has more than ten million pixels. Use a smaller one: 800 pixels wide is enough.")


def _drawn(found: Image) -> Picture:
    """The image rotated upright, as RGB with any transparency, and scaled down."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(_of_eight_bits(found))
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    plain.thumbnail(BOX, Image.Resampling.LANCZOS)
    plain.info.clear()  # a colour profile and comments would be saved again
    file = BytesIO()
    plain.save(file, "PNG", optimize=True)
    return Picture(file.getvalue(), *plain.size)


def _of_eight_bits(found: Image) -> Image:
    """Scale 16-bit greyscale to 8 bits; otherwise nearly all of it turns white."""
    return found.point(lambda value: value / 256).convert("L") if found.mode.startswith("I") else found
