"""Pictures made for tests: good ones in every shape, and files that only pretend."""

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def saved(image, form="PNG", **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def a_png(width=240, height=80, colour=(13, 73, 187), mode="RGB", **options):
    return saved(Image.new(mode, (width, height), colour), **options)


def a_jpeg(width=240, height=80, colour=(13, 73, 187), **options):
    return saved(Image.new("RGB", (width, height), colour), "JPEG", **options)


def with_a_place(form):
    """A picture that says where and with what it was taken."""
    image = Image.new("RGB", (240, 80), (13, 73, 187))
    exif = Image.Exif()
    exif[0x010F] = "CameraCanary"  # the maker of the camera
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0)}  # where
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "TextCanary")
    more = {"pnginfo": words} if form == "PNG" else {"comment": b"TextCanary"}
    return saved(image, form, exif=exif, icc_profile=b"ProfileCanary" * 20, **more)


def only_a_head(width, height):
    """A PNG that says how large it is, and holds nearly nothing."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def a_zip():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("logo.png", a_png())
    return file.getvalue()


def a_polyglot():
    """A picture for whoever looks, an archive for whoever unpacks, with markup between."""
    return a_png() + b"<script>PolyglotCanary</script>" + a_zip()


def animated():
    frames = [Image.new("RGB", (64, 64), (shade, 0, 0)) for shade in (0, 120, 240)]
    return saved(frames[0], save_all=True, append_images=frames[1:])
