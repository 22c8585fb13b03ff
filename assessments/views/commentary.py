"""What a consultant or a lead writes about a result: the list of texts, and each on a page of its own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import commenting
from assessments.forms.commentary import CommentaryForm
from assessments.models import Commentary, User
from assessments.reader_language import language
from assessments.reports.editor import Part, parts_of
from assessments.results import AssessmentResult


@signed_in("GET")
def commentary(request: UserRequest, pk: UUID) -> HttpResponse:
    """Every text there is or could be."""
    shown = _result(request.user, pk)
    context = {"assessment": shown.assessment, "parts": parts_of(shown)}
    return render(request, "assessments/commentary/list.html", context)


@signed_in("GET, POST")
def whole(request: UserRequest, pk: UUID) -> HttpResponse:
    """The text about the whole assessment."""
    return _write(request, pk, "")


@signed_in("GET, POST")
def pillar(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    """The text about one pillar."""
    return _write(request, pk, key)


def _write(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    user = request.user
    shown = _result(user, pk)
    parts = parts_of(shown)
    part = next((part for part in parts if part.pillar == key), None)
    if part is None:
        raise Http404
    form = CommentaryForm(request.POST or None, initial=_before(shown, key))
    snippets = access.snippets_for(user, shown.assessment, key, part.level)
    inserted = None
    if "insert" in request.POST:
        form, inserted = _inserted(request, snippets, shown, key)
    elif request.method == "POST" and form.is_valid() and _saved(form, shown, part, user):
        messages.success(request, _("Saved: the commentary on %(what)s.") % {"what": part.name})
        return redirect("commentary", pk=pk)
    context = {"assessment": shown.assessment, "parts": parts, "part": part, "form": form, "snippets": snippets}
    context["inserted"] = inserted
    return render(request, "assessments/commentary/write.html", context, status=400 if form.errors else 200)


def _result(user: User, pk: UUID) -> AssessmentResult:
    assessment = access.closed_assessment_for(user, pk)
    shown = results.assessment_result(assessment, reader=user, may_read_comments=False)
    return results.in_language(shown, language())


def _before(shown: AssessmentResult, key: str) -> dict[str, object]:
    """What the form begins with."""
    row = results.commentary_row(shown.assessment, key)
    there = {"text": row.text, "revision": row.revision} if row else {"text": "", "revision": 0}
    return {**there, "seen": shown.frozen.checksum}


def _inserted(
    request: HttpRequest, snippets: list[access.OfferedSnippet], shown: AssessmentResult, key: str
) -> tuple[CommentaryForm, bool]:
    """The form as it was sent, with the snippet where it was empty; and whether it was. Nothing is saved by that."""
    chosen = next((one for one in snippets if str(one.pk) == request.POST["insert"]), None)
    typed = request.POST.get("text", "")
    empty = chosen is not None and not typed.strip()
    before = {**_before(shown, key), "revision": request.POST.get("revision", 0)}
    return CommentaryForm(initial={**before, "text": chosen.text if empty and chosen else typed}), empty


def _saved(form: CommentaryForm, shown: AssessmentResult, part: Part, user: User) -> bool:
    """Whether it could be saved; where someone else was quicker, the form says so and goes on from their revision."""
    seen = form.cleaned_data["seen"]
    try:
        commenting.save(
            assessment=shown.assessment,
            pillar=part.pillar,
            text=form.cleaned_data["text"],
            revision=form.cleaned_data["revision"],
            checksum=seen if results.is_result_of(shown.assessment, seen) else shown.frozen.checksum,
            consultancy=access.writing_consultancy(user, shown.assessment),
            by=user,
        )
    except commenting.CommentaryChangedError as elsewhere:
        _say_changed(form, elsewhere.there)
        return False
    return True


def _say_changed(form: CommentaryForm, there: Commentary | None) -> None:
    text = _(
        "Someone else has saved a different text. It is shown below; yours is still here but not "
        "saved. Save again to replace theirs."
    )
    form.add_error("text", text)
    form.data = {**dict(form.data.items()), "revision": str(there.revision if there else 0)}
