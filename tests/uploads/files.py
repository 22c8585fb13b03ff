"""Files of every kind that is taken, and of kinds that are not."""

import io
import zipfile

from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def archive(*parts, packed=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packed) as made:
        for name, content in parts:
            made.writestr(name, content)
    return file.getvalue()


def office(folder="word", *more):
    return archive(("[Content_Types].xml", "<Types/>"), (f"{folder}/document.xml", "<w/>"), *more)


def odf(kind="text"):
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return archive(("mimetype", mime), ("content.xml", "<o/>"), packed=zipfile.ZIP_STORED)


def picture(kind="PNG", **options):
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(file, kind, **options)
    return file.getvalue()


def bomb():
    return office("word", ("word/media/a", b"0" * 30_000_000))
