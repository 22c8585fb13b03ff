"""Importing somebody else's sheet: a person says which column is which, and sees what it would make."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy

from assessments.formats.problems import FileProblem, ProblemsError
from assessments.importers.columns import COLUMNS, guessed, header_row, with_levels
from assessments.importers.door import Foreign
from assessments.importers.mapping import Described, has_levels, layout_of
from assessments.importers.questions import bank_of_layout
from assessments.importers.workbook import Sheet, hidden_note, read_sheets, unsaved
from assessments.models import QuestionBank

from . import transfer
from .fields import text_area
from .frame import render_page

SHOWN_COLUMNS = 40
SHOWN_ROWS = 5
FACTS = ("key", "version", "title", "language", "source", "licence", "attribution", "scale from", "scale to")
OFFERED = tuple(name for name in COLUMNS if not name.startswith("next step") or name.endswith(tuple("1234567")))


class ColumnsForm(forms.Form):
    """The columns of a sheet, the facts of its bank, and the answers that all questions share."""

    header = forms.IntegerField(
        label=gettext_lazy("Row with the headings"), min_value=1, widget=forms.NumberInput(attrs={"size": 6})
    )
    key = forms.CharField(label=gettext_lazy("Key"), max_length=64)
    version = forms.CharField(label=gettext_lazy("Version"), max_length=64)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    language = forms.CharField(
        label=gettext_lazy("Language"), max_length=35, help_text=gettext_lazy("A tag such as en, de or pt-BR.")
    )
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=2000)
    licence = forms.CharField(label=gettext_lazy("Licence"), required=False, max_length=300)
    attribution = forms.CharField(label=gettext_lazy("Attribution"), required=False, max_length=2000)
    answers = forms.CharField(
        label=gettext_lazy("Answers"),
        required=False,
        max_length=10_000,
        widget=text_area(5),
        help_text=gettext_lazy(
            "Where the sheet has no column for each level: the answers to every question, lowest first, one a line. "
            "“Partly = 0.5” sets how much an answer counts, from 0 to 1."
        ),
    )
    scale_from = forms.CharField(label=gettext_lazy("Lowest score"), required=False, max_length=10)
    scale_to = forms.CharField(label=gettext_lazy("Highest score"), required=False, max_length=10)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Not used")), *((name, name.replace("_", " ")) for name in OFFERED)]
        self.places = range(min(max(len(row.cells) for row in sheet.rows), SHOWN_COLUMNS))
        for place in self.places:
            label = _("Column %(number)d") % {"number": place + 1}
            self.fields[f"column_{place}"] = forms.ChoiceField(choices=choices, required=False, label=label)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = [data[name] for name in (f"column_{place}" for place in self.places) if data.get(name)]
        if doubled := next((name for name in said if said.count(name) > 1), None):
            self.add_error(None, _("Two columns are “%(name)s”. Choose one.") % {"name": doubled.replace("_", " ")})
        if "question" not in said:
            self.add_error(None, _("Say which column has the questions."))
        if not has_levels(said) and not data.get("answers", "").strip() and "choices" not in said:
            self.add_error("answers", _("Enter the answers, or say which columns have the levels."))
        return data

    def described(self, sheet: Sheet) -> Described:
        """What the person said."""
        data = self.cleaned_data
        columns = {data[f"column_{place}"]: place for place in self.places if data.get(f"column_{place}")}
        facts = {name: data.get(name.replace(" ", "_"), "") for name in FACTS}
        row = data["header"]
        header = next((place for place, each in enumerate(sheet.rows) if each.number >= row), len(sheet.rows) - 1)
        return Described(header, columns, facts, data.get("answers", ""))


@dataclass(frozen=True)
class Upload:
    """A file that a person describes: its bytes travel with the form until it is imported."""

    name: str
    raw: bytes
    sheets: tuple[Sheet, ...]
    sheet: Sheet

    def guess(self) -> ColumnsForm:
        """The form, filled in as far as the headings say it."""
        return ColumnsForm(sheet=self.sheet, initial=_guess(self.sheet, self.name))


def ask(model_admin: ModelAdmin[Any], request: HttpRequest, found: Foreign, raw: bytes) -> HttpResponse:
    """Show the first rows of the largest sheet, with a guess of each column."""
    upload = Upload(found.file, raw, found.sheets, max(found.sheets, key=lambda each: len(each.rows)))
    return _page(model_admin, request, upload, upload.guess())


def _guess(sheet: Sheet, file: str) -> dict[str, Any]:
    """What a bank remembers of a sheet with the same headings, else what the headings say."""
    header = header_row(sheet)
    row = sheet.rows[header]
    for bank in QuestionBank.objects.exclude(columns={}):
        if bank.columns.get("headings") == list(row.cells):
            return {**bank.columns["said"], "header": row.number}
    above = (cell for each in sheet.rows[:header] for cell in each.cells if cell.strip())
    title = next(above, file.rsplit(".", 1)[0].replace("_", " ")).strip()[:300]
    columns = {f"column_{place}": name for name, place in with_levels(sheet, header, guessed(row.cells)).items()}
    key = slugify(title)[:64]
    return {"header": row.number, "title": title, "key": key, "version": "1.0.0", "language": "en", **columns}


def explain(model_admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Preview what a sheet would make with these columns, or say what is wrong with its cells."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    try:
        upload = _upload(request)
    except ProblemsError as error:
        return transfer.show(model_admin, request, error=error)
    if "other" in request.POST:
        return _page(model_admin, request, upload, upload.guess())
    form = ColumnsForm(request.POST, sheet=upload.sheet)
    if not form.is_valid():
        return _page(model_admin, request, upload, form)
    described = form.described(upload.sheet)
    try:
        layout = layout_of(upload.sheet, described, unsaved(upload.raw, upload.sheet))
        loaded = bank_of_layout(layout, upload.name)
    except ProblemsError as error:
        return _page(model_admin, request, upload, form, error.problems)
    said = {field: value for field, value in form.cleaned_data.items() if value not in ("", None)}
    memory = {"headings": list(upload.sheet.rows[described.header].cells), "said": said}
    return transfer.show(model_admin, request, loaded=loaded, columns=memory)


def _upload(request: HttpRequest) -> Upload:
    """The file in a form. Raises ProblemsError."""
    name = request.POST.get("name", "")[:200] or "sheet.csv"
    raw = _unpacked(request.POST.get("packed", ""))
    sheets = tuple(sheet for sheet in read_sheets(raw, name) if sheet.rows)
    return Upload(name, raw, sheets, next((s for s in sheets if s.name == request.POST.get("sheet")), sheets[0]))


def _unpacked(packed: str) -> bytes:
    try:
        return base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _page(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    upload: Upload,
    form: ColumnsForm,
    problems: tuple[FileProblem, ...] = (),
) -> HttpResponse:
    top = header_row(upload.sheet)
    shown = upload.sheet.rows[top : top + SHOWN_ROWS]
    context: dict[str, Any] = {
        "form": form,
        "name": upload.name,
        "packed": base64.b64encode(upload.raw).decode(),
        "sheets": [each.name for each in upload.sheets],
        "sheet": upload.sheet.name,
        "notes": hidden_note(upload.raw),
        "columns": [form[f"column_{place}"] for place in form.places],
        "facts": [form[field] for field in form.base_fields],
        "rows": [(row.number, [row.cell(place) for place in form.places]) for row in shown],
        "problems": transfer.quoted(problems),
    }
    status = 422 if problems or form.errors else 200
    return render_page(
        model_admin, request, "columns.html", title=_("Which column is which?"), status=status, **context
    )
