"""Whose bank it is: source, licence and attribution, said the same way on pages, in reports and in files."""

import re
from typing import Protocol

from assessments.sentences import gettext as _

_SHARE_ALIKE = re.compile(r"\bSA\b|share.?alike", re.IGNORECASE)


class Credited(Protocol):
    """A bank, or the row of one of its versions."""

    @property
    def title(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def source(self) -> str | None: ...

    @property
    def licence(self) -> str | None: ...

    @property
    def attribution(self) -> str | None: ...


def named(bank: Credited) -> str:
    """`AI leadership maturity 2.0.0`."""
    return f"{bank.title} {bank.version}"


def credits(bank: Credited) -> tuple[tuple[str, str], ...]:
    """What its author asks to be shown with a bank, by name; only what is known."""
    facts = (
        (_("Source"), bank.source),
        (_("Licence"), bank.licence),
        (_("Attribution"), bank.attribution),
        (_("Share-alike"), share_alike() if is_share_alike(bank) else None),
    )
    return tuple((name, text) for name, text in facts if text)


def credit(bank: Credited) -> str:
    """The same as a line: `Question bank: AI leadership maturity 2.0.0. Source: … Licence: CC-BY-4.0.`"""
    facts = ((_("Question bank"), named(bank)), *credits(bank))
    lines = (_("%(name)s: %(text)s") % {"name": name, "text": text} for name, text in facts)
    return " ".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)


def is_share_alike(bank: Credited) -> bool:
    """Whether the licence asks that adaptations carry the same licence, such as CC BY-SA."""
    return bool(_SHARE_ALIKE.search(bank.licence or ""))


def share_alike() -> str:
    return _("Whoever passes on these texts, changed or not, has to do so under the same licence.")
