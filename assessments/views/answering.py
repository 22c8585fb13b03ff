"""The questionnaire: the overview, and a page per pillar."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments import access, languages, results
from assessments.access import PillarAccess
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import answering, assessments
from assessments.forms.cards import Card, card_of
from assessments.forms.pillar_page import RefusedQuestion, SentPage
from assessments.models import Evidence, KeptAnswers, User
from assessments.pages import calibration, questionnaire
from assessments.pages.questionnaire import QuestionnairePage
from assessments.reader_language import wording_of
from assessments.sentences import gettext as _
from assessments.wording.credit import credit


@signed_in("GET")
def overview(request: UserRequest, pk: UUID) -> HttpResponse:
    """The task list before submitting, the receipt afterwards."""
    user = request.user
    grant = access.require_answers(user, pk)
    submission = grant.submission
    if unsaved := access.kept_answers(user, submission).first():
        return redirect("pillar", pk=pk, key=unsaved.pillar)
    assessment = submission.participant.assessment
    runs = access.runs(user, assessment)
    progress, delegations = questionnaire.progress_of(submission), access.delegations_of(submission)
    context = {
        "place": pk,
        "grant": grant,
        "submission": submission,
        "assessment": assessment,
        "progress": progress,
        "sections": [(section, delegations.get(section.pillar.key)) for section in progress.sections],
        "turnout": questionnaire.turnout_of(assessment) if submission.is_submitted else None,
        "languages": languages.choices(assessment.bank_version),
        "wording": wording_of(progress.bank.language),
        "has_examples": not (progress.answered or grant.is_interview) and calibration.is_offered(submission),
        "sees_last_time": bool(results.questions_of_last_time(submission)) and not grant.is_interview,
        "bank_credit": credit(progress.bank),
        "people": access.people_of(assessment) if submission.is_submitted and runs else None,
        "may_reopen": runs and assessments.may_reopen(assessment),
        "worked_on": results.names_worked_on(assessment) if runs and grant.is_open else [],
    }
    return render(request, "assessments/answering/overview.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pillar(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Show and save one pillar's questions. Answers sent after the session expired are applied after signing in."""
    if request.method == "POST" and (owner := access.owner_of_page(request.POST.get("owner", ""), pk, key)):
        person, own = owner
        if person != request.user:
            return _store_late(request, person, own, key)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    user = access.require_user(request.user)
    grant = access.require_pillar(user, pk, key)
    page = _page(grant, key)
    if request.method == "POST":
        return _save(request, grant, page, user)
    if unsaved := access.kept_answers(user, grant.submission).filter(pillar=key).first():
        return _apply(request, grant, page, user, unsaved)
    if not grant.is_open:
        return _closed(request, grant, 200) if grant.delegation else redirect("review", pk=pk)
    return _show(request, grant, page, user)


def _page(grant: PillarAccess, key: str) -> QuestionnairePage:
    """Return the pillar with its stored answers. Raises Http404."""
    whole = grant.delegation is None
    page = questionnaire.pillar_page(grant.submission, key, with_last=whole and not grant.is_interview, with_all=whole)
    if page is None:
        raise Http404
    return page


def _show(
    request: HttpRequest,
    grant: PillarAccess,
    page: QuestionnairePage,
    user: User,
    *,
    sent: SentPage | None = None,
    refused: Mapping[str, RefusedQuestion] | None = None,
) -> HttpResponse:
    """Render the page. What was `sent` but not saved is shown as it was sent."""
    problems = sent.problems(refused or {}) if sent else []
    context = {
        "grant": grant,
        "assessment": grant.submission.participant.assessment,
        "page": page,
        "cards": _cards(page, sent, refused or {}, reader=user, editable=_editable(grant, page, user)),
        "passed": None
        if grant.delegation or grant.is_interview
        else access.delegations_of(grant.submission).get(page.pillar.key),
        "problems": problems,
        "only_blank": bool(problems) and not refused,
        "back_to_review": "review" in request.GET,
        "owner": access.page_token(user, grant.submission),
        "person": user.pk,
        "seconds_left": _seconds_left(request),
        "languages": languages.choices(grant.submission.participant.assessment.bank_version),
        "wording": wording_of(page.bank.language),
        "bank_credit": credit(page.bank),
    }
    return render(request, "assessments/answering/pillar.html", context, status=422 if problems else 200)


def _seconds_left(request: HttpRequest) -> int | None:
    ends = access.session_ends(request.session)
    return None if ends is None else int((ends - timezone.now()).total_seconds())


def _editable(grant: PillarAccess, page: QuestionnairePage, user: User) -> frozenset[Evidence]:
    """The files on the page that the reader uploaded. Whether one counts for answers submitted elsewhere, the page of
    the files knows."""
    files = (piece for pieces in page.files.values() for piece in pieces)
    own = (piece for piece in files if piece.owner_id == user.pk and not piece.in_register)
    return frozenset(own) if grant.is_open else frozenset()


def _cards(
    page: QuestionnairePage,
    sent: SentPage | None,
    refused: Mapping[str, RefusedQuestion],
    *,
    reader: User,
    editable: frozenset[Evidence],
) -> list[Card]:
    questions = page.pillar.questions
    authors = questionnaire.authors_of(page.answers, reader.pk)
    blank = sent.blank if sent else {}
    cards = []
    for number, question in enumerate(questions, start=1):
        key = question.key
        again = refused.get(key)
        form = again.form if again else sent.forms.get(key) if sent and key in blank else None
        field = "reason" if form and form.chosen else "choice"
        cards.append(
            card_of(
                page.bank,
                number,
                len(questions),
                question,
                answer=page.answers.get(key),
                last=page.last_choices.get(key),
                form=form,
                errors=again.errors if again else {field: blank[key]} if key in blank else None,
                other=again.other if again else None,
                author=authors.get(key),
                files=page.files.get(key, ()),
                editable=editable,
            )
        )
    return cards


def _save(request: HttpRequest, grant: PillarAccess, page: QuestionnairePage, user: User) -> HttpResponse:
    """Save the valid answers and show the others again. Blank answers are pointed out once, then accepted."""
    sent = SentPage(page.pillar, request.POST.dict())
    try:
        refused = _save_all(sent, grant, page, user)
    except answering.AnsweringClosedError:
        return _closed(request, grant)
    if refused or (sent.blank and not sent.goes_on and not sent.stays):
        return _show(request, grant, _page(grant, page.pillar.key), user, sent=sent, refused=refused)
    if sent.stays:
        back = redirect(request.get_full_path() + sent.place)
        return languages.remember(request, back, sent.data.get("language", ""))
    return _next_page(request, grant, page)


def _next_page(request: HttpRequest, grant: PillarAccess, page: QuestionnairePage) -> HttpResponse:
    """Redirect to the next section or to the review; a colleague returns to the home page."""
    if grant.delegation:
        words = {"pillar": page.pillar.name, "name": grant.submission.participant}
        message = _("Your answers to “%(pillar)s” are saved. You can come back until %(name)s submits them.")
        messages.success(request, message % words)
        return redirect("home")
    if page.next_key is None or "review" in request.GET:
        return redirect("review", pk=grant.pk)
    return redirect("pillar", pk=grant.pk, key=page.next_key)


def _save_all(sent: SentPage, grant: PillarAccess, page: QuestionnairePage, user: User) -> dict[str, RefusedQuestion]:
    """Save the valid fields of each question. Return the questions with errors or conflicts, by key."""
    refused = {}
    rows = questionnaire.rows_of(grant.submission)
    for key, form in sent.forms.items():
        if not form.is_valid():
            refused[key] = RefusedQuestion(form)
        try:
            answering.save_answer(
                submission=grant.submission,
                delegation=grant.delegation,
                question=rows[key],
                given=answering.Given.sent(form.cleaned_data),
                revision=form.cleaned_data["revision"],
                by=user,
                leave=form.left_out(),
                page=answering.OpenPage.sent(sent.data),
            )
        except answering.StaleAnswerError as stale:
            refused[key] = RefusedQuestion(form, stale.current)
    return refused


def _closed(request: HttpRequest, grant: PillarAccess, status: int = 409) -> HttpResponse:
    context = {"submission": grant.submission, "delegation": grant.delegation, "place": grant.pk}
    return render(request, "assessments/answering/closed.html", context, status=status)


FOREIGN = ("Origin checking failed", "Referer checking failed")  # how Django's reason for a cross-site request starts


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form whose CSRF token is invalid, but keep a pillar page's answers for their owner.

    Signing in again in another tab invalidates the token of an older page, and without JavaScript that page holds the
    only copy of what was typed. Nothing becomes an answer here: when the owner opens the page, the stored fields are
    applied and conflicts shown. A forged request would need the signed owner token, which appears only on the owner's
    own page next to the CSRF token; an attacker's own token reaches only the attacker's answers. A request that the
    browser marks as cross-site is not stored at all.
    """
    match = request.resolver_match
    if request.method == "POST" and match and match.url_name == "pillar" and not reason.startswith(FOREIGN):
        owner = access.owner_of_page(request.POST.get("owner", ""), **match.kwargs)
        if owner:
            return _store_late(request, *owner, match.kwargs["key"])
    return render(request, "403_csrf.html", status=403)


def _store_late(request: HttpRequest, person: User, grant: PillarAccess, key: str) -> HttpResponse:
    """Store what was sent after the session expired, and send a person who is signed out to the sign-in page."""
    sent = SentPage(_page(grant, key).pillar, request.POST.dict())
    content = sent.to_keep()
    if content is None:
        return render(request, "413.html", status=413)
    answering.store_late(user=person, submission=grant.submission, pillar=key, content=content)
    back = request.get_full_path() + sent.place
    if request.user == person:
        return redirect(back)
    if request.user.is_authenticated:
        return render(request, "assessments/answering/somebody_else.html", status=409)
    return redirect_to_login(back)


def _apply(
    request: HttpRequest, grant: PillarAccess, page: QuestionnairePage, user: User, unsaved: KeptAnswers
) -> HttpResponse:
    """Save the stored answers, once. If they conflict with newer ones, show both."""
    sent = SentPage(page.pillar, unsaved.content)
    try:
        refused = _save_all(sent, grant, page, user)
    except answering.AnsweringClosedError:
        answering.forget(kept=unsaved)
        return _closed(request, grant)
    answering.forget(kept=unsaved)
    if refused:
        return _show(request, grant, _page(grant, page.pillar.key), user, sent=sent, refused=refused)
    messages.success(request, _("You were signed out. What you had entered on this page is now saved."))
    return redirect(request.get_full_path() + sent.place)
