"""Notes on a result that came from another installation."""

from assessments.models import Result
from assessments.sentences import gettext as _


def notes_on_origin(row: Result) -> tuple[str, ...]:
    """Sentences for page, report and files; empty for a result of this installation."""
    if row.origin == Result.Origin.HERE:
        return ()
    texts = _(
        "Imported from another installation. Comments, reasons and evidence texts stayed there and are missing here."
    )
    return (unverified(), texts) if row.is_unverified else (texts,)


def unverified() -> str:
    """The note on figures that this installation could not recompute."""
    return _("As delivered, not verified: these figures could not be recomputed from the answers.")
