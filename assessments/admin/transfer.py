"""Export and import a bank as one file: preview first, then import completely or not at all."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments import access, results
from assessments.actions import banks
from assessments.formats.bank import LoadedBank, parse_bank
from assessments.formats.checks import warnings
from assessments.formats.difference import differences
from assessments.formats.dump import dump_bank
from assessments.formats.problems import FileProblem, ProblemsError, written
from assessments.formats.yaml_text import MAX_BYTES
from assessments.http import attachment
from assessments.models import BankVersion

from .difference import VersionComparison, comparison_of
from .drafting import change_url
from .findings import Listed, listed
from .frame import render_page, version_to_see

YAML = "application/yaml; charset=utf-8"


def export(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """Return the version as `dump_bank` writes it."""
    version = version_to_see(model_admin, request, pk)
    return attachment(dump_bank(results.bank_of(version)), YAML, f"{version.bank.key}-{version.version}.yaml")


class ImportForm(forms.Form):
    """A file, or the text of a file previewed before."""

    file = forms.FileField(
        label=gettext_lazy("Bank file"),
        required=False,
        help_text=gettext_lazy(
            "YAML in the format maturity-bank/1 or /2, up to 4 MB. Nothing is saved until you confirm."
        ),
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
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None)
    problems: tuple[FileProblem, ...] = ()
    plan, text, more = None, "", 0
    if posted and form.is_valid():
        raw, name = form.source()
        try:
            plan = _plan(parse_bank(raw, name))
        except ProblemsError as error:
            problems, more = error.problems, error.more
        else:
            text = raw.decode()
            if "confirm" in request.POST and (response := _import(request, plan)):
                return response
    context: dict[str, Any] = {"form": form, "plan": plan, "text": text, "problems": _quoted(problems), "more": more}
    status = 422 if problems or form.errors else 200
    return render_page(model_admin, request, "import.html", title=_("Import a bank"), status=status, **context)


def _quoted(problems: tuple[FileProblem, ...]) -> list[tuple[FileProblem, str]]:
    """Return each problem with its field as written in the file."""
    return [(problem, written(problem.path)) for problem in problems]


def _plan(loaded: LoadedBank) -> TransferPlan:
    bank = loaded.bank
    versions = BankVersion.objects.filter(bank__key=bank.key).select_related("bank")
    existing = versions.filter(version=bank.version).first()
    same = existing is not None and dump_bank(results.bank_of(existing)) == dump_bank(bank)
    problems = sorted((loaded.line(path), written(path), sentence) for path, sentence in warnings(bank))
    last = existing or versions.exclude(state=BankVersion.State.DRAFT).newest_first().first()
    compared = None
    if last is not None and not same:
        compared = comparison_of(last, differences(results.bank_of(last), bank), bank, bank.version)
    return TransferPlan(loaded, existing, same, listed(problems), compared)


def _import(request: HttpRequest, plan: TransferPlan) -> HttpResponse | None:
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
    message = _("Imported as a draft.") if created else _("It already exists; nothing was changed.")
    messages.success(request, message)
    return HttpResponseRedirect(change_url(version))
