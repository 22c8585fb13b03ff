"""The branding of the demonstration's consultancy: brand, two logos drawn here, snippets and a commentary."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from assessments.actions import brands, commenting
from assessments.branding.picture import Picture, picture_of
from assessments.models import Assessment, Consultancy, Organisation, User

from .story import FOLDER

if TYPE_CHECKING:
    from PIL.Image import Image

type Shape = tuple[tuple[float, float], ...]

FINE = 4  # drawn this many times larger, for smooth edges
GREEN = "#1E7A4C"
MONOGRAM: tuple[Shape, ...] = (  # an H with a rising bar, in a square of 100
    ((10, 10), (30, 10), (30, 90), (10, 90)),
    ((70, 10), (90, 10), (90, 90), (70, 90)),
    ((30, 60), (70, 36), (70, 52), (30, 76)),
)
NEEDLE: tuple[Shape, ...] = (((50, 2), (82, 92), (50, 74)), ((50, 2), (18, 92), (50, 74), (50, 60)))


def brand(*, consultancy: Consultancy, by: User) -> None:
    """Set the consultancy's brand, logo and snippets."""
    story = _story()
    look = {name: story[name].strip() for name in ("accent", "imprint", "disclaimer")}
    brands.change(consultancy=consultancy, by=by, name=consultancy.name, **look)
    logo = _drawn(MONOGRAM, story["accent"])
    brands.set_logo(owner=consultancy, picture=logo, words="", by=by)
    for snippet in story["snippets"]:
        brands.save_snippet(
            consultancy=consultancy, snippet=None, by=by, **{**snippet, "text": snippet["text"].strip()}
        )


def client(*, organisation: Organisation, consultancy: Consultancy, name: str, by: User) -> None:
    """Add a client's logo and the commentary on one of its assessments, if the story has them for this client."""
    story = _story()["commentary"]
    if story["client"] != name:
        return
    brands.set_logo(owner=organisation, picture=_drawn(NEEDLE, GREEN), words="", by=by)
    assessment = Assessment.objects.get(organisation=organisation, name=story["round"])
    checksum = assessment.results.latest("revision").checksum
    for pillar, text in story["texts"].items():
        commenting.save(
            assessment=assessment,
            pillar=pillar,
            text=text.strip(),
            language="en",
            revision=0,
            checksum=checksum,
            consultancy=consultancy,
            by=by,
        )


def _story() -> dict[str, Any]:
    from ruamel.yaml import YAML  # rarely used, and slow to load

    content: dict[str, Any] = YAML(typ="safe").load(FOLDER / "brand.yaml")
    return content


def _drawn(shapes: tuple[Shape, ...], colour: str) -> Picture:
    """Draw shapes on a transparent square."""
    from PIL import Image, ImageDraw

    side = 400 * FINE
    large = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(large)
    for shape in shapes:
        pen.polygon([(x * side / 100, y * side / 100) for x, y in shape], fill=colour)
    return picture_of(_png(large.resize((400, 400), Image.Resampling.LANCZOS)))


def _png(image: "Image") -> bytes:
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
