"""Report branding of a consultancy: its brand, logos (also its clients') and snippets."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments import audit
from assessments.branding.picture import Picture
from assessments.models import Consultancy, Logo, Organisation, ReportTemplate, Snippet, User

BRAND = ("name", "accent", "imprint", "disclaimer")


class SnippetGoneError(Exception):
    """The snippet has since been removed; nothing was saved."""


@transaction.atomic
def change(*, consultancy: Consultancy, by: User, **brand: Any) -> None:
    """Set the fields of `BRAND`; audited only if something changes."""
    row = Consultancy.objects.locked(consultancy.pk)
    changed = [name for name in BRAND if getattr(row, name) != brand[name]]
    if changed:
        Consultancy.objects.filter(pk=row.pk).update(**{name: brand[name] for name in changed})
        audit.record(by=by, verb=audit.Verb.BRAND_CHANGED, what=row)


@transaction.atomic
def set_logo(*, owner: Consultancy | Organisation, picture: Picture | None, words: str, by: User | None) -> None:
    """Set or replace the logo; without a picture, change only the alternative text."""
    belongs = _belongs(owner)
    type(owner)._default_manager.select_for_update().get(pk=owner.pk)
    drawn = {} if picture is None else _columns(picture)
    if picture is None and not Logo.objects.filter(**belongs).exists():
        return
    Logo.objects.update_or_create(**belongs, defaults={**drawn, "words": words, "changed_at": timezone.now()})
    audit.record(by=by, verb=audit.Verb.LOGO_CHANGED, what=owner)


@transaction.atomic
def remove_logo(*, owner: Consultancy | Organisation, by: User) -> None:
    """Remove the logo, if there is one."""
    removed, _rows = Logo.objects.filter(**_belongs(owner)).delete()
    if removed:
        audit.record(by=by, verb=audit.Verb.LOGO_REMOVED, what=owner)


def _belongs(owner: Consultancy | Organisation) -> dict[str, Any]:
    return {"consultancy" if isinstance(owner, Consultancy) else "organisation": owner}


def _columns(picture: Picture) -> dict[str, Any]:
    return {
        "png": picture.png,
        "width": picture.width,
        "height": picture.height,
        "checksum": picture.checksum,
    }


@transaction.atomic
def set_template(*, consultancy: Consultancy, kind: str, name: str, content: bytes, by: User) -> None:
    """Set or replace the template of a kind; `content` has been checked."""
    Consultancy.objects.locked(consultancy.pk)
    values = {"name": name, "content": content, "size": len(content), "changed_at": timezone.now()}
    ReportTemplate.objects.update_or_create(consultancy=consultancy, kind=kind, defaults=values)
    audit.record(by=by, verb=audit.Verb.TEMPLATE_CHANGED, what=consultancy)


@transaction.atomic
def remove_template(*, consultancy: Consultancy, kind: str, by: User) -> None:
    """Remove the template of a kind, if there is one."""
    if ReportTemplate.objects.filter(consultancy=consultancy, kind=kind).delete()[0]:
        audit.record(by=by, verb=audit.Verb.TEMPLATE_REMOVED, what=consultancy)


@transaction.atomic
def save_snippet(*, consultancy: Consultancy, snippet: Snippet | None, by: User, **content: Any) -> Snippet:
    """Create a snippet or change its `pillar`, `level`, `title` and `text`. Raises SnippetGoneError."""
    row = Snippet(consultancy=consultancy) if snippet is None else snippet
    for name, value in content.items():
        setattr(row, name, value)
    if snippet is None:
        row.save(force_insert=True)
    elif not Snippet.objects.filter(pk=row.pk).update(**content):
        raise SnippetGoneError
    audit.record(by=by, verb=audit.Verb.SNIPPET_SAVED, what=row)
    return row


@transaction.atomic
def remove_snippet(*, snippet: Snippet, by: User) -> None:
    """Delete a snippet; texts written with it do not change."""
    if Snippet.objects.filter(pk=snippet.pk).delete()[0]:
        audit.record(by=by, verb=audit.Verb.SNIPPET_REMOVED, what=snippet)
