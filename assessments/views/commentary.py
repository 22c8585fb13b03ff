"""Commentary on a result by a consultant or a lead: the list of texts, and a page for each."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import commenting
from assessments.forms.commentary import CommentaryForm
from assessments.models import Commentary, User
from assessments.reader_language import language
from assessments.reports.commentary import Note, note, note_of
from assessments.results import AssessmentResult
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.credit import credit
from assessments.wording.findings import finding
from assessments.wording.pillars import pillar_titles
from assessments.wording.remarks import level_named


@dataclass(frozen=True)
class CommentedPart:
    """The whole assessment (`pillar` is "") or one pillar; `note` is the current commentary on it."""

    pillar: str
    name: str
    finding: str
    level: int | None
    level_text: str  # with its name; "" without one
    score: str | None
    highest: str
    note: Note | None


@signed_in("GET")
def commentary(request: UserRequest, pk: UUID) -> HttpResponse:
    """List every text, written or not."""
    result = _result(request.user, pk)
    context = {"assessment": result.assessment, "bank_credit": credit(result.bank), "parts": _parts(result)}
    return render(request, "assessments/commentary/list.html", context)


@signed_in("GET, POST")
def whole(request: UserRequest, pk: UUID) -> HttpResponse:
    """Edit the text about the whole assessment."""
    return _write(request, pk, "")


@signed_in("GET, POST")
def pillar(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    """Edit the text about one pillar."""
    return _write(request, pk, key)


def _write(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    user = request.user
    result = _result(user, pk)
    parts = _parts(result)
    part = next((part for part in parts if part.pillar == key), None)
    if part is None:
        raise Http404
    form = CommentaryForm(request.POST or None, initial=_before(result, key))
    snippets = access.snippets_for(user, result.assessment, key, part.level)
    inserted = preview = None
    if "insert" in request.POST:
        form, inserted = _inserted(request, snippets, result, key)
    elif "preview" in request.POST and form.is_valid():
        preview = _preview(form, result, part, user)
    elif request.method == "POST" and form.is_valid() and _saved(form, result, part, user):
        messages.success(request, _("Saved: the commentary on %(what)s.") % {"what": part.name})
        return redirect("commentary", pk=pk)
    context = {"assessment": result.assessment, "parts": parts, "part": part, "form": form, "snippets": snippets}
    context |= {"inserted": inserted, "preview": preview, "bank_credit": credit(result.bank)}
    return render(request, "assessments/commentary/write.html", context, status=400 if form.errors else 200)


def _result(user: User, pk: UUID) -> AssessmentResult:
    assessment = access.closed_assessment_for(user, pk)
    result = results.assessment_result(assessment, reader=user, may_read_comments=False)
    return results.in_language(result, language())


def _parts(result: AssessmentResult) -> tuple[CommentedPart, ...]:
    """Return the whole assessment, then the pillars in bank order."""
    overall, titles, rows = result.result.overall, pillar_titles(result.view), result.view.rows
    name, level, score = _("The whole assessment"), overall.level, overall.index
    whole = _part(result, "", name=name, title=finding(result.view), level=level, score=score)
    pillars = [(pillar.key, pillar.name, rows[pillar.key]) for pillar in result.bank.pillars if pillar.key in rows]
    parts = (
        _part(result, key, name=name, title=titles[key], level=row.level, score=row.score) for key, name, row in pillars
    )
    return (whole, *parts)


def _part(
    result: AssessmentResult, pillar: str, *, name: str, title: str, level: int | None, score: float | None
) -> CommentedPart:
    return CommentedPart(
        pillar=pillar,
        name=name,
        finding=title,
        level=level,
        level_text="" if level is None else numbers.capitalised(level_named(result.bank, level)),
        score=None if score is None else numbers.score(score),
        highest=numbers.point(result.bank.scale.high),
        note=note_of(result.commentary, pillar or None, name),
    )


def _before(result: AssessmentResult, key: str) -> dict[str, object]:
    """Return the form's initial values."""
    row = results.commentary_row(result.assessment, key)
    initial = {"text": row.text, "revision": row.revision} if row else {"text": "", "revision": 0}
    initial["language"] = (row.language if row and row.text else "") or get_language() or ""
    return {**initial, "seen": result.frozen.checksum}


def _inserted(
    request: HttpRequest, snippets: list[access.OfferedSnippet], result: AssessmentResult, key: str
) -> tuple[CommentaryForm, bool]:
    """Return the form with the snippet inserted if its text was empty, and whether it was. Saves nothing."""
    snippet = next((one for one in snippets if str(one.pk) == request.POST["insert"]), None)
    typed = request.POST.get("text", "")
    empty = snippet is not None and not typed.strip()
    before = {**_before(result, key), "revision": request.POST.get("revision", 0)}
    return CommentaryForm(initial={**before, "text": snippet.text if empty and snippet else typed}), empty


def _preview(form: CommentaryForm, result: AssessmentResult, part: CommentedPart, user: User) -> Note | None:
    """Return the text as the report would show it, None for an empty one. Saves nothing."""
    firm = access.writing_consultancy(user, result.assessment)
    by = firm.name if firm else result.assessment.organisation.name
    text, language = form.cleaned_data["text"], form.cleaned_data["language"]
    written = results.Commentary(part.pillar or None, text, by, by_consultancy=firm is not None, language=language)
    return note(written) if text else None


def _saved(form: CommentaryForm, result: AssessmentResult, part: CommentedPart, user: User) -> bool:
    """Return whether the text was saved. On a conflict, add an error and continue from the other person's revision."""
    checksum = form.cleaned_data["seen"]
    try:
        commenting.save(
            assessment=result.assessment,
            pillar=part.pillar,
            text=form.cleaned_data["text"],
            language=form.cleaned_data["language"],
            revision=form.cleaned_data["revision"],
            checksum=checksum if results.is_result_of(result.assessment, checksum) else result.frozen.checksum,
            consultancy=access.writing_consultancy(user, result.assessment),
            by=user,
        )
    except commenting.CommentaryChangedError as elsewhere:
        _say_changed(form, elsewhere.current)
        return False
    return True


def _say_changed(form: CommentaryForm, current: Commentary | None) -> None:
    text = _(
        "Someone else has saved a different text. It is shown below; yours is still here but not "
        "saved. Save again to replace theirs."
    )
    form.add_error("text", text)
    form.data = {**dict(form.data.items()), "revision": str(current.revision if current else 0)}
