"""An address as a QR code, to be scanned with a phone."""

from django.utils.safestring import SafeString

from .palette import TEXT
from .svg import drawing, element

QUIET = 4  # modules of empty space that readers need on each side


def qr_svg(address: str, title: str) -> SafeString:
    """The address as a square drawing of one unit per module, dark on light in every theme, as some readers need it."""
    import qrcode  # with Pillow; few pages need either

    code = qrcode.QRCode(border=QUIET)
    code.add_data(address)
    rows = code.get_matrix()
    size = len(rows)
    outline = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return drawing("qr", title, [element("path", d=outline, fill=TEXT, shape_rendering="crispEdges")], size, size)
