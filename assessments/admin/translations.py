"""Translations of a version: edit next to the source, offer to readers, export and import."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from assessments import access, languages, results
from assessments.actions import translations
from assessments.formats.difference import numbers
from assessments.formats.dump import dump_translation
from assessments.formats.places import Place
from assessments.formats.problems import FileProblem, ProblemsError, written
from assessments.formats.translation import LoadedTranslation, parse_translation, warnings
from assessments.http import attachment
from assessments.models import BankVersion, Translation, User
from assessments.reader_language import wording_of
from assessments.scoring.bank import Bank

from .fields import LanguageField
from .findings import Listed, listed
from .frame import may_change, render_page, version_to_see
from .transfer import YAML, ImportForm
from .translating import Sent, TextPart, blocks_of, named_changes, parts_of, places_of, sent_in

PAGE_SIZE = 25


class LanguageForm(forms.Form):
    """The language to add."""

    language = LanguageField(label=gettext_lazy("Language"))


@dataclass(frozen=True)
class Coverage:
    """A translation and its progress. Counted in texts."""

    row: Translation
    name: str
    parts: tuple[TextPart, ...]

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def changed(self) -> int:
        return sum(part.changed for part in self.parts)


def overview(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """List every language of a version with its coverage; POST adds one."""
    version = version_to_see(model_admin, request, pk)
    form = LanguageForm(request.POST or None)
    if request.method == "POST":
        may_change(model_admin, request)
        if form.is_valid():
            language = form.cleaned_data["language"]
            if language.lower() == version.language.lower():
                form.add_error("language", _("This is the bank's own language."))
            else:
                row = translations.begin(version=version, language=language, by=access.require_user(request.user))
                return HttpResponseRedirect(_url("translation", row))
    bank = results.bank_of(version)
    rows = [_coverage(bank, row) for row in version.translations.all()]
    title, status = _("Translations of %(version)s") % {"version": version}, 422 if form.errors else 200
    context: dict[str, Any] = {"rows": rows, "form": form, "writable": model_admin.has_change_permission(request)}
    return render_page(model_admin, request, "translations.html", version, title=title, status=status, **context)


def translation(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Show one part of the bank next to its translation; POST saves the changes."""
    version = version_to_see(model_admin, request, pk)
    row, part = _row(version, language), request.GET.get("part", "")
    places = places_of(results.bank_of(version), part)
    if not places:
        raise Http404
    if request.method != "POST":
        return _side_by_side(model_admin, request, version, row, part)
    may_change(model_admin, request)
    sent = sent_in(request.POST.dict(), places)
    if sent.errors:
        return _side_by_side(model_admin, request, version, row, part, sent=sent, status=422)
    if clashes := _save(row, sent, access.require_user(request.user)):
        row.refresh_from_db()
        current = {clash.place: clash.current for clash in clashes}
        return _side_by_side(model_admin, request, version, row, part, sent=sent, current=current, status=409)
    messages.success(request, _("Saved. Readers see it from now on.") if row.is_offered else _("Saved."))
    return HttpResponseRedirect(request.get_full_path())


def _save(row: Translation, sent: Sent, by: User) -> tuple[translations.Clash, ...]:
    """Save what was sent. Return conflicting changes by others, in which case nothing was saved."""
    try:
        translations.change(row=row, texts=sent.texts, read=sent.read, by=by)
    except translations.TranslationChangedError as changed:
        return changed.clashes
    translations.confirm(row=row, places=sent.confirmed, by=by)
    return ()


def _side_by_side(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    version: BankVersion,
    row: Translation,
    part: str,
    *,
    sent: Sent | None = None,
    current: Mapping[Place, str | None] | None = None,
    status: int = 200,
) -> HttpResponse:
    bank = results.bank_of(version)
    context: dict[str, Any] = {
        "row": row,
        "coverage": _coverage(bank, row),
        "part": part,
        "blocks": blocks_of(bank, row, part, sent, current),
        "source_wording": wording_of(version.language),
        "wording_of_text": wording_of(row.language),
        "clashes": len(current or ()),
        "errors": len(sent.errors) if sent else 0,
        "writable": model_admin.has_change_permission(request),
    }
    title = languages.name_of(row.language)
    return render_page(model_admin, request, "translation.html", version, title=title, status=status, **context)


def offer(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Offer the language to readers, or withdraw it."""
    may_change(model_admin, request)
    row = _row(version_to_see(model_admin, request, pk), language)
    offered = request.POST.get("offered") == "1"
    if translations.offer(row=row, offered=offered, by=access.require_user(request.user)):
        message = (
            _("Readers can choose this language from now on.")
            if offered
            else _("Readers can no longer choose this language.")
        )
        messages.success(request, message)
    return HttpResponseRedirect(reverse("admin:assessments_bankversion_translations", args=(pk,)))


def history(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """List the changes of a translation, newest first, with the words removed and added."""
    version = version_to_see(model_admin, request, pk)
    row = _row(version, language)
    page = Paginator(row.edits.select_related("by"), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [(edit, list(named_changes(edit.before, edit.after))) for edit in page]
    title = _("History of %(language)s") % {"language": languages.name_of(row.language)}
    return render_page(
        model_admin, request, "translation_history.html", version, title=title, row=row, page=page, lines=lines
    )


def export(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Return the translation as `dump_translation` writes it."""
    version = version_to_see(model_admin, request, pk)
    row, bank = _row(version, language), results.bank_of(version)
    text = dump_translation(results.content_of(row, bank), bank)
    return attachment(text, YAML, f"{version.bank.key}-{version.version}.{row.language}.yaml")


def import_file(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a file, preview its effect or its problems, then confirm."""
    may_change(model_admin, request)
    version = version_to_see(model_admin, request, pk)
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None)
    form.fields["file"].label = _("Translation file")
    form.fields["file"].help_text = _("YAML in the format maturity-translation/1. Nothing is saved until you confirm.")
    problems: tuple[FileProblem, ...] = ()
    plan, text, more = None, "", 0
    if posted and form.is_valid():
        raw, name = form.source()
        try:
            plan = _plan(version, raw, name)
        except ProblemsError as error:
            problems, more = error.problems, error.more
        else:
            text = raw.decode()
            if "confirm" in request.POST and not plan.clashes:
                return _import(request, version, plan)
    quoted = [(problem, written(problem.path)) for problem in problems]
    context: dict[str, Any] = {"form": form, "plan": plan, "text": text, "problems": quoted, "more": more}
    status = 422 if problems or form.errors else 200
    title = _("Import a translation")
    return render_page(model_admin, request, "translation_import.html", version, title=title, status=status, **context)


@dataclass(frozen=True)
class UploadPlan:
    """What importing a file would do."""

    loaded: LoadedTranslation
    existing: Translation | None
    same: bool
    warnings: Listed

    @property
    def name(self) -> str:
        return languages.name_of(self.loaded.translation.language)

    @property
    def clashes(self) -> bool:
        """Whether the same or a later version exists with different texts."""
        translation = self.loaded.translation
        return (
            self.existing is not None
            and not self.same
            and numbers(translation.version) <= numbers(self.existing.version)
        )


def _plan(version: BankVersion, raw: bytes, name: str) -> UploadPlan:
    bank = results.bank_of(version)
    source = (bank.key, bank.version)
    loaded = parse_translation(raw, name, lambda key, number: bank if (key, number) == source else None)
    translation = loaded.translation
    existing = version.translations.filter(language__iexact=translation.language).first()
    same = existing is not None and results.content_of(existing, bank).texts == translation.texts
    problems = sorted((loaded.line(place), place, sentence) for place, sentence in warnings(loaded))
    return UploadPlan(loaded, existing, same, listed(problems))


def _import(request: HttpRequest, version: BankVersion, plan: UploadPlan) -> HttpResponse:
    by = access.require_user(request.user)
    row, changed = translations.load(version=version, translation=plan.loaded.translation, by=by)
    message = _("Imported.") if changed else _("It already exists; nothing was changed.")
    messages.success(request, message)
    return HttpResponseRedirect(_url("translation", row))


def _coverage(bank: Bank, row: Translation) -> Coverage:
    return Coverage(row, languages.name_of(row.language), parts_of(bank, row))


def _row(version: BankVersion, language: str) -> Translation:
    return get_object_or_404(version.translations, language=language)


def _url(name: str, row: Translation) -> str:
    return reverse(f"admin:assessments_bankversion_{name}", args=(row.bank_version_id, row.language))
