"""What is said of a result that came from another installation."""

from django.utils.translation import gettext as _

from assessments.models import Result


def notes_on_origin(row: Result) -> tuple[str, ...]:
    """Sentences for page, report and files; none for a result of this installation."""
    if row.origin == Result.Origin.HERE:
        return ()
    texts = _(
        "Imported from another installation. Comments, reasons and evidence texts stayed there and are missing here."
    )
    return (unverified(), texts) if row.is_unverified else (texts,)


def unverified() -> str:
    """No one here has computed these figures."""
    return _("As delivered, not verified: these figures could not be recomputed from the answers.")
