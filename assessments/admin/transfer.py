"""Export and import a bank as one file: preview first, then import completely or not at all."""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy

from assessments import access, results
from assessments.actions import banks
from assessments.formats.bank import LoadedBank, read_bank
from assessments.formats.checks import warnings
from assessments.formats.difference import differences
from assessments.formats.dump import dump_bank
from assessments.formats.problems import FileProblem, ProblemsError, written
from assessments.http import attachment
from assessments.importers.door import MAX_BYTES, Foreign, read_bank_file
from assessments.importers.export import XLSX, workbook_of
from assessments.importers.shelf import open_models
from assessments.models import BankVersion

from .difference import VersionComparison, comparison_of
from .drafting import change_url
from .findings import Listed, listed
from .frame import render_page, version_to_see

TEMPLATE = settings.BASE_DIR / "fixtures" / "template.yaml"
YAML = "application/yaml; charset=utf-8"


def export(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """Return the version as `dump_bank` writes it."""
    version = version_to_see(model_admin, request, pk)
    return attachment(dump_bank(results.bank_of(version)), YAML, f"{version.bank.key}-{version.version}.yaml")


def export_workbook(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """Return the version as a workbook, which can be edited and imported again."""
    version = version_to_see(model_admin, request, pk)
    return attachment(workbook_of(results.bank_of(version)), XLSX, f"{version.bank.key}-{version.version}.xlsx")


def template(model_admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Return a workbook to fill in, with an example in it."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    return attachment(workbook_of(read_bank(TEMPLATE)), XLSX, "question-bank-template.xlsx")


class ImportForm(forms.Form):
    """A file, or the text of a file previewed before."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("YAML, up to 4 MB. Nothing is saved until you confirm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput, max_length=MAX_BYTES)
    name = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("file")
        if upload is None and not data.get("text"):
            raise ValidationError(_("Choose a file."))
        return data

    def source(self) -> tuple[bytes, str]:
        """Return (content, name for error messages). An oversized file is read only one byte past the limit."""
        upload = self.cleaned_data.get("file")
        if upload is not None:
            return upload.read(MAX_BYTES + 1), upload.name
        return self.cleaned_data["text"].replace("\r\n", "\n").encode(), self.cleaned_data["name"] or "bank.yaml"


class BankFileForm(ImportForm):
    """The file of a bank, in any of the forms that are read."""

    file = forms.FileField(
        label=gettext_lazy("Bank file"),
        required=False,
        help_text=gettext_lazy(
            "A workbook (.xlsx), CSV, YAML, or the file of a model on the shelf; up to 4 MB. Nothing is saved until "
            "you confirm."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.xlsx,.csv,.tsv,.zip"}),
    )
    columns = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean_columns(self) -> dict[str, Any] | None:
        """What a person said of a sheet's columns, to be remembered; None for anything else."""
        said = self.cleaned_data["columns"]
        known = isinstance(said, dict) and isinstance(said.get("said"), dict) and isinstance(said.get("headings"), list)
        return said if known else None


@dataclass(frozen=True)
class TransferPlan:
    """What importing a file would do: create a version, replace a draft, or nothing."""

    loaded: LoadedBank
    existing: BankVersion | None
    same: bool
    warnings: Listed
    compared: VersionComparison | None

    @property
    def replaces(self) -> bool:
        return self.existing is not None and not self.same and self.existing.state == BankVersion.State.DRAFT

    @property
    def clashes(self) -> bool:
        return self.existing is not None and not self.same and not self.replaces

    @property
    def makes(self) -> bool:
        return self.existing is None


def import_file(model_admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Upload a file, preview its effect or its problems, then confirm."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return show(model_admin, request)
    form = BankFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(model_admin, request, form=form)
    raw, name = form.source()
    try:
        found = read_bank_file(raw, name)
    except ProblemsError as error:
        return show(model_admin, request, error=error)
    if isinstance(found, Foreign):
        from . import columns

        return columns.ask(model_admin, request, found, raw)
    remembered = form.cleaned_data["columns"]
    if "confirm" in request.POST and (response := _import(request, _plan(found), remembered)):
        return response
    text = dump_bank(found.bank) if found.converted else raw.decode()
    return show(model_admin, request, loaded=found, text=text, columns=remembered)


def show(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    *,
    form: forms.Form | None = None,
    error: ProblemsError | None = None,
    loaded: LoadedBank | None = None,
    text: str = "",
    columns: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page of an import: a file to choose, its problems, or what it would change."""
    context: dict[str, Any] = {
        "form": form or BankFileForm(),
        "action": reverse("admin:assessments_questionbank_import"),  # the preview of a sheet has another address
        "plan": None if loaded is None else _plan(loaded),
        "text": text or ("" if loaded is None else dump_bank(loaded.bank)),
        "columns": json.dumps(columns) if columns else "",
        "problems": quoted(error.problems) if error else (),
        "more": error.more if error else 0,
        "shelf": () if loaded else open_models(get_language() or "en"),
    }
    status = 422 if error or (form and form.errors) else 200
    return render_page(model_admin, request, "import.html", title=_("Import a bank"), status=status, **context)


def quoted(problems: tuple[FileProblem, ...]) -> list[tuple[FileProblem, str]]:
    """Return each problem with its field as written in the file."""
    return [(problem, written(problem.path)) for problem in problems]


def _plan(loaded: LoadedBank) -> TransferPlan:
    bank = loaded.bank
    versions = BankVersion.objects.filter(bank__key=bank.key).select_related("bank")
    existing = versions.filter(version=bank.version).first()
    same = existing is not None and dump_bank(results.bank_of(existing)) == dump_bank(bank)
    found = sorted(warnings(bank), key=lambda warning: loaded.line(warning[0]))
    problems = [(loaded.where(path), written(path), sentence) for path, sentence in found]
    last = existing or versions.exclude(state=BankVersion.State.DRAFT).newest_first().first()
    compared = None
    if last is not None and not same:
        compared = comparison_of(last, differences(results.bank_of(last), bank), bank, bank.version)
    return TransferPlan(loaded, existing, same, listed(problems), compared)


def _import(request: HttpRequest, plan: TransferPlan, columns: dict[str, Any] | None) -> HttpResponse | None:
    bank, by = plan.loaded.bank, access.require_user(request.user)
    if plan.replaces and plan.existing is not None:
        banks.replace(version=plan.existing, bank=bank, by=by)
        messages.success(
            request,
            _("The draft now has the content of the file. You can restore the previous content from the history."),
        )
        return HttpResponseRedirect(change_url(plan.existing))
    if plan.clashes:
        return None
    version, created = banks.load(bank=bank, by=by)
    if columns:
        banks.remember_columns(bank=version.bank, columns=columns)
    message = _("Imported as a draft.") if created else _("It already exists; nothing was changed.")
    messages.success(request, message)
    return HttpResponseRedirect(change_url(version))
