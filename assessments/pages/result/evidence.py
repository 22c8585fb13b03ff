"""What documents do to the supported levels of a result."""

from dataclasses import dataclass

from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording.evidence import evidence_title, pillar_sentences


@dataclass(frozen=True)
class EvidenceRow:
    """A pillar, and what is said of its documents; `reference` is that of the one that matters most, or ""."""

    pillar: str
    sentences: tuple[str, ...]
    reference: str


@dataclass(frozen=True)
class EvidenceSection:
    """`title` is the finding, `note` says of which pillars nothing is shown, or is ""."""

    title: str
    rows: tuple[EvidenceRow, ...]
    note: str


def evidence_section(view: ResultView) -> EvidenceSection | None:
    """None if there is nothing to say."""
    names = {pillar.key: pillar.name for pillar in view.bank.pillars}
    rows = tuple(
        EvidenceRow(names[found.key], sentences, "".join(found.dearest.documents) if found.dearest else "")
        for found in view.backing
        if (sentences := pillar_sentences(view.bank, found))
    )
    if not rows:
        return None
    hidden = len(rows) < len(view.backing)
    note = _("Pillars in which fewer than five people cite documents are left out, so that nobody can be told by them.")
    return EvidenceSection(evidence_title(view.bank, view.backing), rows, note if hidden else "")
