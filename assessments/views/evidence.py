"""The files behind an answer: upload, cite, withdraw, download; and the register of an organisation's evidence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from assessments import access
from assessments.access import PillarAccess
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import answering, downloads, evidence, evidence_files, evidence_register
from assessments.actions.evidence_files import InfectedError, QuotaError, Upload
from assessments.actions.storage import StorageUnavailableError
from assessments.forms.cards import files_page
from assessments.forms.evidence import EditForm, UploadForm
from assessments.http import attachment, file_name
from assessments.models import Evidence, Question, User
from assessments.models.evidence import EvidenceQuerySet
from assessments.pages import evidence as evidence_pages, questionnaire
from assessments.reports import evidence_file
from assessments.reports.files import CONTENT_TYPES
from assessments.sentences import gettext as _
from assessments.uploads.kinds import KINDS

MAX_LISTED = 200  # files that can be cited, on one page
SANDBOX = "sandbox; default-src 'none'"


@dataclass(frozen=True)
class AnswerAccess:
    """Access to one answer, and its question."""

    user: User
    grant: PillarAccess
    question: Question
    content: object  # the same, as a page shows it

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "submission": self.grant.submission,
            "question": self.question,
            "delegation": self.grant.delegation,
        }

    @property
    def cited(self) -> EvidenceQuerySet:
        return access.pieces_cited_in(self.grant.submission, self.question)

    @property
    def citable(self) -> EvidenceQuerySet:
        return access.citable_by(self.user, self.grant, self.question)

    @property
    def editable(self) -> EvidenceQuerySet:
        return access.editable_by(self.user, self.grant, self.question)


@signed_in("GET, POST")
def question(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    """The files of one answer; a script that asks for JSON gets the list, or an `error`, instead of the page."""
    grant = access.require_question(request.user, pk, key)
    content, row = questionnaire.question_for(grant.submission, key)
    answer = AnswerAccess(request.user, grant, row, content)
    if edited := request.POST.get("edit") or request.GET.get("edit"):
        if (
            request.method == "GET"
            and access.piece_of(answer.cited.filter(owner=request.user), edited) not in answer.editable
        ):
            messages.error(
                request, _("This file counts for submitted answers or is in the register: it is locked here.")
            )
            return redirect(request.path)
        return _edited(request, answer, access.piece_of(answer.editable, edited))
    if request.method == "GET":
        return _shown(request, answer, UploadForm(may_offer=grant.may_offer))
    form = UploadForm(request.POST, request.FILES, may_offer=grant.may_offer)
    problem = _act(request, answer, form)
    if _wants_json(request):
        return JsonResponse({"error": problem}, status=400) if problem else JsonResponse({"html": _listed(answer)})
    if problem:
        if not form.errors:
            messages.error(request, problem)
        return _shown(request, answer, form, status=400)
    return redirect(request.path)


def _edited(request: UserRequest, answer: AnswerAccess, row: Evidence) -> HttpResponse:
    """Change the title and dates of one's own file, and whether it is offered, as long as the answer is open."""
    grant = answer.grant
    if not grant.is_open:
        raise Http404
    may_offer = grant.may_offer and row.assessment_id == grant.submission.participant.assessment_id
    names = ("title", "as_of", "valid_until", "is_offered")
    initial = {name: getattr(row, name) for name in names}
    form = EditForm(request.POST or None, initial=initial, may_offer=may_offer)
    if request.method == "POST" and form.is_valid():
        try:
            evidence.change(evidence=row, submission=grant.submission, delegation=grant.delegation, **form.cleaned_data)
        except answering.AnsweringClosedError:
            messages.error(request, _("These answers are locked. Nothing was changed."))
        return redirect(request.path)
    context = {"piece": row, "form": form, "back": request.path}
    return render(request, "assessments/evidence/edit.html", context, status=400 if form.errors else 200)


def _act(request: UserRequest, answer: AnswerAccess, form: UploadForm) -> str:
    """Cite, withdraw or upload; a sentence if that was not possible, else ""."""
    sent = request.POST
    try:
        if "cite" in sent:
            evidence.cite(evidence=access.piece_of(answer.citable, sent["cite"]), **answer.columns)
        elif "withdraw" in sent:
            evidence.withdraw(evidence=access.piece_of(answer.cited, sent["withdraw"]), **answer.columns)
        elif form.is_valid():
            return saved(lambda: evidence.add(upload=upload_of(form), by=request.user, **answer.columns))
        else:
            return first_error(form)
    except answering.AnsweringClosedError:
        return _("These answers are locked. Nothing was changed.")
    return ""


def first_error(form: UploadForm) -> str:
    """The first error of a form, in a sentence."""
    return str(next(iter(form.errors.values()))[0])


def upload_of(form: UploadForm) -> Upload:
    """The upload of a valid form."""
    names = ("file", "kind", "name", "title", "as_of", "valid_until")
    return Upload(
        **{name: form.cleaned_data[name] for name in names}, is_offered=form.cleaned_data.get("is_offered", False)
    )


def saved(add: Callable[[], Evidence]) -> str:
    """Add a piece; a sentence if it could not be stored, else ""."""
    try:
        add()
    except InfectedError:
        return _("The virus scanner found a virus in this file. It was not kept.")
    except QuotaError:
        return _("There is no room for this file. Remove files that are no longer needed, and try again.")
    except StorageUnavailableError:
        return _("The file could not be stored; nothing was kept. Try again later.")
    return ""


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _shown(request: UserRequest, answer: AnswerAccess, form: UploadForm, *, status: int = 200) -> HttpResponse:
    is_open = answer.grant.is_open
    last = list(access.cited_last_time(answer.user, answer.grant, answer.question)) if is_open else []
    others = [each for each in answer.citable[:MAX_LISTED] if each not in last] if is_open else []
    context = {
        "grant": answer.grant,
        "assessment": answer.grant.submission.participant.assessment,
        "question": answer.content,
        "pillar": answer.question.pillar,
        "form": form,
        "cited": answer.cited,
        "editable": answer.editable,
        "last": last,
        "others": others,
    }
    return render(request, "assessments/evidence/question.html", context, status=status)


def _listed(answer: AnswerAccess) -> str:
    """The files on the pillar page, from which the page with their forms is elsewhere."""
    context = {"cited": answer.cited, "editable": answer.editable, "at": files_page(answer.question.key)}
    return render_to_string("assessments/evidence/_cited.html", context)


@signed_in("GET")
def download(request: UserRequest, pk: UUID) -> HttpResponseBase:
    """The file, to be saved: never shown by the browser, and in a sandbox if one shows it all the same."""
    row = access.evidence_for(request.user, pk)
    pieces = evidence_files.content_of(row)
    try:
        first = next(pieces, b"")
    except Exception:  # each storage raises its own errors
        messages.error(request, _("The file cannot be read at the moment. Try again later."))
        return redirect("home")
    if request.method == "GET" and row.owner_id != request.user.pk:
        downloads.note(what=[row], form=row.kind, by=request.user)
    kind = KINDS[row.kind]
    name = row.name if row.owner_id == request.user.pk else f"{row.title}.{kind.ending}"  # its own may name its owner
    response = StreamingHttpResponse(_joined(first, pieces), content_type=kind.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Length"] = str(row.size)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _joined(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


@signed_in("GET, POST")
def register(request: UserRequest, pk: UUID) -> HttpResponse:
    """The register of an organisation, and a form to add a file to it."""
    organisation = access.register_for(request.user, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        problem = saved(
            lambda: evidence_register.add(upload=upload_of(form), organisation=organisation, by=request.user)
        )
        if not problem:
            messages.success(request, _("The file is in the register."))
            return redirect(request.path)
        form.add_error("file", problem)
    found = evidence_pages.register(organisation, request.GET.get("page"), request.GET.get("piece", ""))
    context = {"owned": organisation, "form": form, "register": found, "one": request.GET.get("piece", "")}
    return render(request, "assessments/evidence/register.html", context, status=400 if form.errors else 200)


@signed_in("GET")
def register_file(request: UserRequest, pk: UUID) -> HttpResponse:
    """The whole register as CSV."""
    organisation = access.register_for(request.user, pk)
    if request.method == "GET":
        downloads.note(what=[organisation], form="evidence csv", by=request.user)
    name = file_name(organisation.name, _("evidence"), ending="csv", otherwise="evidence")
    return attachment(evidence_file.register_file(organisation.pk), CONTENT_TYPES["csv"], name)


@signed_in("GET, POST")
def piece(request: UserRequest, pk: UUID) -> HttpResponse:
    """Change the title and dates of a piece in the register, or delete it."""
    row = access.register_piece_for(request.user, pk)
    back = redirect("evidence_register", pk=row.organisation_id)
    if "remove" in request.POST:
        evidence_register.remove(evidence=row, by=request.user)
        messages.success(request, _("The file is deleted. Results that are closed stay as they are."))
        return back
    initial = {"title": row.title, "as_of": row.as_of, "valid_until": row.valid_until}
    form = EditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        evidence_register.change(evidence=row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return back
    context = {"piece": row, "form": form}
    return render(request, "assessments/evidence/piece.html", context, status=400 if form.errors else 200)
