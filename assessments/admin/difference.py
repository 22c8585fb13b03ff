"""The differences to the previous version for its author, grouped by kind."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from assessments.formats.difference import Bump, Difference, DifferenceKind, asked
from assessments.models import BankVersion
from assessments.scoring.bank import Bank

from .worddiff import LABELS, FieldChange

HEADINGS: dict[DifferenceKind, Promise] = {
    DifferenceKind.ADDED: gettext_lazy("Added"),
    DifferenceKind.RETIRED: gettext_lazy("Retired"),
    DifferenceKind.REWORDED: gettext_lazy("Questions reworded"),
    DifferenceKind.ANCHORS: gettext_lazy("Descriptors changed"),
    DifferenceKind.MOVED: gettext_lazy("Moved"),
    DifferenceKind.COUNTED: gettext_lazy("Scoring changed"),
    DifferenceKind.TEXTS: gettext_lazy("Other texts"),
}
PARTS = {Bump.MAJOR: gettext_lazy("major"), Bump.MINOR: gettext_lazy("minor"), Bump.PATCH: gettext_lazy("patch")}


@dataclass(frozen=True)
class DifferenceLine:
    """One difference: its subject, the part of the version number it raises, and the change of text."""

    about: str
    part: Promise
    change: FieldChange


@dataclass(frozen=True)
class DifferenceGroup:
    heading: Promise
    lines: tuple[DifferenceLine, ...]


@dataclass(frozen=True)
class VersionComparison:
    """A draft compared with the previous version; `last` is None for the first version of a bank."""

    last: BankVersion | None
    groups: tuple[DifferenceGroup, ...]
    bump: Bump
    least: str
    retires: tuple[str, ...]


def comparison_of(
    last: BankVersion | None, differences: tuple[Difference, ...], bank: Bank, least: str
) -> VersionComparison:
    groups = tuple(
        DifferenceGroup(heading, tuple(_line(one, bank) for one in differences if one.kind is kind))
        for kind, heading in HEADINGS.items()
        if any(one.kind is kind for one in differences)
    )
    retires = tuple(one.about for one in differences if one.kind is DifferenceKind.RETIRED and one.field == "question")
    return VersionComparison(last, groups, asked(differences), least, retires)


def _line(one: Difference, bank: Bank) -> DifferenceLine:
    question = bank.questions.get(one.about)
    about = question.text if question else one.about or bank.title
    return DifferenceLine(about, PARTS[one.bump], FieldChange(_field(one.field), one.before, one.after))


def _field(name: str) -> str:
    if name.startswith("anchor "):
        return _("Level %(number)s") % {"number": name.removeprefix("anchor ")}
    return str(LABELS.get(name, name.capitalize()))
