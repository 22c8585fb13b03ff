"""What may become a logo: still pictures of a sensible size, and nothing of the file that they came in."""

import io
import struct

import pytest
from PIL import Image

from assessments.branding import picture
from assessments.branding.picture import PictureError, picture_of
from tests.branding import pictures


def opened(found):
    image = Image.open(io.BytesIO(found.png))
    image.load()
    return image


def chunks(png):
    place, kinds = 8, []
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        kinds.append(png[place + 4 : place + 8])
        place += 12 + length
    return kinds


@pytest.mark.parametrize("content", [pictures.a_png(), pictures.a_jpeg()], ids=["png", "jpeg"])
def test_a_picture_keeps_its_shape_and_colour(content):
    found = picture_of(content)
    assert (found.width, found.height) == (240, 80)
    assert opened(found).format == "PNG"
    red, green, blue = opened(found).getpixel((120, 40))
    assert abs(red - 13) < 4 and abs(green - 73) < 4 and abs(blue - 187) < 4


def test_a_large_one_is_made_small_in_its_proportions():
    found = picture_of(pictures.a_png(3000, 1500))
    assert (found.width, found.height) == (800, 400)


def test_what_is_transparent_stays_transparent():
    image = opened(picture_of(pictures.a_png(colour=(13, 73, 187, 0), mode="RGBA")))
    assert image.mode == "RGBA"
    assert image.getpixel((5, 5))[3] == 0


def test_a_grey_of_sixteen_bits_keeps_its_shade():
    image = Image.new("I;16", (64, 64), 0x8000)
    assert abs(opened(picture_of(pictures.saved(image))).getpixel((3, 3))[0] - 128) <= 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
def test_other_ways_to_write_colours_are_understood(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(picture_of(pictures.saved(Image.new(mode, (64, 64)), form))).mode in ("RGB", "RGBA")


def test_a_picture_that_lies_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    found = picture_of(pictures.saved(Image.new("RGB", (240, 80)), "JPEG", exif=exif))
    assert (found.width, found.height) == (80, 240)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_where_and_with_what_it_was_taken_is_gone(form):
    content = pictures.with_a_place(form)
    assert b"CameraCanary" in content and b"TextCanary" in content
    found = picture_of(content)
    assert b"Canary" not in found.png
    assert set(chunks(found.png)) <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


def test_what_hides_behind_a_picture_is_gone():
    found = picture_of(pictures.a_polyglot())
    assert b"PolyglotCanary" not in found.png and b"PK" not in found.png[-200:]
    assert found.png.endswith(b"IEND\xaeB`\x82")


REFUSED = {
    "svg": (pictures.SVG, "neither"),
    "gif": (pictures.saved(Image.new("P", (64, 64)), "GIF"), "neither"),
    "webp": (pictures.saved(Image.new("RGB", (64, 64)), "WEBP"), "neither"),
    "zip": (pictures.a_zip(), "neither"),
    "pdf": (b"%PDF-1.7\n", "neither"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n", "neither"),
    "nothing": (b"", "neither"),
    "a head alone": (b"\x89PNG\r\n\x1a\n", "neither"),
    "20,000 x 20,000": (pictures.only_a_head(20_000, 20_000), "ten million"),
    "5,000 x 5,000": (pictures.only_a_head(5_000, 5_000), "ten million"),
    "no area": (pictures.only_a_head(0, 0), "neither|smaller"),
    "very long": (pictures.only_a_head(9_000, 900), "ten million"),
    "a line": (pictures.a_png(1000, 20), "ten times"),
    "a dot": (pictures.a_png(9, 9), "16 pixels"),
    "truncated jpeg": (pictures.a_jpeg(400, 300)[:1500], "damaged|neither"),
    "truncated png": (pictures.saved(Image.effect_noise((300, 200), 80))[:9000], "damaged"),
    "less than its head says": (pictures.only_a_head(300, 300), "damaged"),
    "too many bytes": (pictures.a_png() + bytes(picture.MAX_BYTES), "2 MB"),
    "moving": (pictures.animated(), "animated"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_says_why(name):
    content, reason = REFUSED[name]
    with pytest.raises(PictureError, match=reason):
        picture_of(content)


def test_a_bomb_is_refused_before_anything_is_decoded(monkeypatch):
    def decoded(*_):
        raise AssertionError("it was decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
    for size in (20_000, 5_000):
        with pytest.raises(PictureError, match="ten million"):
            picture_of(pictures.only_a_head(size, size))


def test_the_same_picture_is_the_same_bytes():
    assert picture_of(pictures.a_png()).checksum == picture_of(pictures.a_png()).checksum


def test_what_breaks_off_is_refused_in_a_process_that_has_printed_a_report(monkeypatch):
    """WeasyPrint has every picture of its process pass, however little there is of it."""
    from PIL import ImageFile

    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    content = io.BytesIO()
    Image.effect_noise((200, 100), 80).save(content, "PNG")
    with pytest.raises(PictureError):
        picture_of(content.getvalue()[:-4000])
    assert ImageFile.LOAD_TRUNCATED_IMAGES
