"""The questionnaire: overview, a page a pillar, review, submit."""

import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access, questionnaire
from assessments.actions import answering
from assessments.forms.answering import AnswerForm, Card, card, missing_phrase
from assessments.models import Answer, Submission, User
from assessments.questionnaire import PillarPage


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    submission = access.submission_for(access.signed_in(request.user), pk)
    progress = questionnaire.progress_of(submission)
    context = {"submission": submission, "assessment": submission.participant.assessment, "progress": progress}
    return render(request, "assessments/answering/overview.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pillar(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    user = access.signed_in(request.user)
    submission = access.submission_for(user, pk)
    page = questionnaire.pillar_page(submission, key)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _save_page(request, submission, page, user)
    if submission.is_submitted or not submission.participant.assessment.is_open:
        return redirect("review", pk=pk)
    return _show(request, submission, page, _cards(page))


def _cards(page: PillarPage, forms: dict[str, AnswerForm] | None = None) -> list[Card]:
    forms = forms or {}
    return [
        card(
            page.bank,
            number,
            q,
            answer=page.answers.get(q.key),
            last=page.last_choices.get(q.key),
            form=forms.get(q.key),
        )
        for number, q in enumerate(page.pillar.questions, start=1)
    ]


def _show(
    request: HttpRequest, submission: Submission, page: PillarPage, cards: list[Card], **more: object
) -> HttpResponse:
    context = {
        "submission": submission,
        "assessment": submission.participant.assessment,
        "page": page,
        "cards": cards,
        "back_to_review": "review" in request.GET,
        **more,
    }
    status = 422 if more.get("problems") else 200
    return render(request, "assessments/answering/pillar.html", context, status=status)


def _save_page(request: HttpRequest, submission: Submission, page: PillarPage, user: User) -> HttpResponse:
    """Save what is valid; show the rest again. Blank questions are named once, then left alone."""
    forms = {question.key: AnswerForm(question, request.POST) for question in page.pillar.questions}
    refused: dict[str, AnswerForm] = {}
    for key, form in forms.items():
        try:
            if not form.is_valid() or not _save(form, submission, page, user):
                refused[key] = form
        except answering.AnsweringClosedError:
            return render(request, "assessments/answering/closed.html", {"submission": submission}, status=409)
    blank = [question for question in page.pillar.questions if not forms[question.key]["choice"].value()]
    if refused or (blank and not request.POST.get("warned") and "skip" not in request.POST):
        fresh = questionnaire.pillar_page(submission, page.pillar.key)
        assert fresh is not None  # noqa: S101 - it was there a moment ago
        problems = [(q.key, _problem(refused[q.key])) for q in page.pillar.questions if q.key in refused]
        problems += [(q.key, missing_phrase(q)) for q in blank if q.key not in refused]
        blank_keys = {q.key for q in blank}
        return _show(
            request,
            submission,
            fresh,
            _cards(fresh, refused),
            problems=problems,
            blank=blank_keys,
            only_blank=not refused,
        )
    if page.next_key is None or "review" in request.GET:
        return redirect("review", pk=submission.participant.assessment_id)
    return redirect("pillar", pk=submission.participant.assessment_id, key=page.next_key)


def _problem(form: AnswerForm) -> str:
    return next((str(errors[0]) for errors in form.errors.values()), "")


def _save(form: AnswerForm, submission: Submission, page: PillarPage, user: User) -> bool:
    """Save one valid form; False, with the form's error set, when somebody else changed the answer meanwhile."""
    try:
        _save_answer(form, submission, page.rows[form.question.key], user)
    except answering.StaleAnswerError:
        message = _("This answer was changed in another window. Your version stands below: save again to keep it.")
        form.add_error("choice", message)
        return False
    return True


def _save_answer(form: AnswerForm, submission: Submission, question: object, user: User) -> Answer:
    data = dict(form.cleaned_data)
    revision = data.pop("revision") or 0
    given = answering.Given(**data)
    return answering.save_answer(submission=submission, question=question, given=given, revision=revision, by=user)  # type: ignore[arg-type]


@login_required
@never_cache
@require_http_methods(["PUT"])
def answer(request: HttpRequest, pk: UUID, key: str) -> JsonResponse:
    """Save one answer as JSON: 200 with the new revision, 400 with sentences, 409 when it is stale or closed."""
    user = access.signed_in(request.user)
    submission = access.submission_for(user, pk)
    question = questionnaire.question_for(submission, key)
    if question is None:
        raise Http404
    content, row = question
    form = AnswerForm(content, _flat(request.body, key))
    if not form.is_valid():
        return JsonResponse({"errors": {name: list(errors) for name, errors in form.errors.items()}}, status=400)
    try:
        saved = _save_answer(form, submission, row, user)
    except answering.AnsweringClosedError:
        return JsonResponse({"closed": True}, status=409)
    except answering.StaleAnswerError as stale:
        return JsonResponse({"stale": True, "revision": stale.current.revision}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": localtime(saved.saved_at).strftime("%H:%M")})


def _flat(body: bytes, key: str) -> dict[str, str]:
    """A JSON body as the fields of an AnswerForm; anything else is an empty form with an impossible choice."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return {key: "?"}
    if not isinstance(sent, dict):
        return {key: "?"}
    fields = {name: "" if value is None else str(value) for name, value in sent.items()}
    return {key if name == "choice" else f"{key}:{name}": value for name, value in fields.items()}


@login_required
@never_cache
@require_safe
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    submission = access.submission_for(access.signed_in(request.user), pk)
    pillars = questionnaire.review_of(submission)
    lines = [line for _pillar, reviewed in pillars for line in reviewed]
    context = {
        "submission": submission,
        "assessment": submission.participant.assessment,
        "pillars": pillars,
        "missing": [(p, line) for p, reviewed in pillars for line in reviewed if line.choice is None],
        "dont_know": sum(line.answer is not None and line.answer.other == Answer.Other.DONT_KNOW for line in lines),
        "answered": sum(line.choice is not None for line in lines),
        "total": len(lines),
    }
    return render(request, "assessments/answering/review.html", context)


@login_required
@never_cache
@require_POST
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = access.signed_in(request.user)
    submission = access.submission_for(user, pk)
    try:
        answering.submit(submission=submission, by=user)
    except answering.AnsweringClosedError:
        return render(request, "assessments/answering/closed.html", {"submission": submission}, status=409)
    if submission.participant.assessment.for_one:
        return redirect("result", pk=pk)
    messages.success(request, _("Your answers are submitted. Thank you."))
    return redirect("overview", pk=pk)
