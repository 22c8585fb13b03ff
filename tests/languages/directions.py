"""Sentences with foreign names in them, and the order from left to right in which their parts have to be seen."""

from django.utils.translation import override

from assessments.sentences import Sentence

PILLAR = "الرؤية (3)"
FOREIGN = "24 Northfield (UK)"

# interface, sentence, values, parts from left to right
CASES = {
    "an Arabic pillar under English": (
        "en",
        "Raise %(pillar)s, %(count)s questions (90%%)",
        {"pillar": PILLAR, "count": "4"},
        ("Raise", "3", "الرؤية", "4", "questions", "90"),
    ),
    "two of them, and the numbers between": (
        "en",
        "%(first)s, %(second)s: 4 of 5",
        {"first": PILLAR, "second": "الثقافة"},
        ("الرؤية", "الثقافة", "of"),
    ),
    "an English name under Arabic": (
        "ar",
        "رفعت %(organisation)s الدرجة",
        {"organisation": FOREIGN},
        ("الدرجة", "24", "Northfield", "UK", "رفعت"),
    ),
    "a signed number under Arabic": ("ar", "الفرق %(gap)s هنا", {"gap": "−0.2"}, ("هنا", "−", "0.2", "الفرق")),
}


def sentence(case):
    """The direction of a case, its sentence filled in, and the parts in the order wanted."""
    interface, text, values, parts = case
    with override(interface):
        return "rtl" if interface == "ar" else "ltr", Sentence(text) % values, parts
