"""What each format of a report is for, and how long it takes to create."""

from dataclasses import dataclass

from django.utils.functional import Promise

from assessments.sentences import gettext as _, gettext_lazy, ngettext


@dataclass(frozen=True)
class Format:
    """One format to choose: its ending, name, purpose, and the seconds that it takes for a usual report."""

    ending: str
    name: Promise
    purpose: Promise
    seconds: int = 0
    is_usual: bool = False  # the others are for specialists

    @property
    def about(self) -> str:
        """`To edit and to quote from; about 1 second`."""
        if not self.seconds:
            return _("%(purpose)s; immediately") % {"purpose": self.purpose}
        text = ngettext("%(purpose)s; about %(n)s second", "%(purpose)s; about %(n)s seconds", self.seconds)
        return text % {"purpose": self.purpose, "n": self.seconds}


FORMATS = (
    Format("pdf", gettext_lazy("Report (PDF)"), gettext_lazy("For the board: to read and to print"), 2, True),
    Format(
        "pptx", gettext_lazy("Slides (PowerPoint)"), gettext_lazy("For the meeting: to present and to edit"), 1, True
    ),
    Format("docx", gettext_lazy("Report (Word)"), gettext_lazy("To edit and to quote from"), 1, True),
    Format("xlsx", gettext_lazy("Workbook (Excel)"), gettext_lazy("Every figure, to calculate with"), 0, True),
    Format("csv", gettext_lazy("Table (CSV)"), gettext_lazy("Every figure, one a line")),
    Format("json", gettext_lazy("Data (JSON)"), gettext_lazy("Every figure, for other programs")),
)
