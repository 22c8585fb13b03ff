"""Brands, logos and commentaries for reports made by hand."""

from assessments.branding.picture import picture_of
from assessments.results import Brand, Commentary, LogoImage
from tests.branding import pictures

SHAPES = {"wide": (1200, 150), "tall": (150, 900), "square": (400, 400)}
WORDS = (
    "Northfield has settled **where** it wants to go. What holds it back lies underneath: *data within reach*, and models "
    "that somebody watches.\n\n### What I would do first\n\n- Name one owner for each model in use.\n- Fund the data team "
    "for two years, not for one.\n  1. Begin with theatres.\n  2. Then the wards.\n\nLet us meet in spring."
)
ARABIC = (
    "تعرف نورثفيلد **إلى أين** تريد أن تصل. ما يعيقها يكمن تحت السطح.\n\n- تسمية مسؤول لكل نموذج\n- تمويل فريق البيانات"
)
LONG = "\n\n".join(["A sentence of a consultant that goes on and on. " * 18] * 11)[:10_000]


def mark(shape="wide", alt="Logo of Hart Advisory", colour=(150, 40, 90, 255)):
    found = picture_of(pictures.a_png(*SHAPES[shape], colour=colour, mode="RGBA"))
    return LogoImage(found.png, found.width, found.height, alt, found.checksum)


def brand(**fields):
    defaults = {
        "name": "Hart Advisory",
        "accent": "#B4235A",
        "imprint": "Hart Advisory Ltd\n12 Mill Lane, Bath",
        "disclaimer": "Advice in this report rests on what people said of themselves.",
        "logo": mark(),
    }
    return Brand(**{**defaults, **fields})


def said(pillar=None, text=WORDS, **fields):
    return Commentary(pillar, text, **{"by": "Hart Advisory", "by_consultancy": True, **fields})
