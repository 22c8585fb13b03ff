"""The page with everything about one question of an assessment, and asking about its answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import threads
from assessments.forms.threads import AskAboutLevelForm, AskPeopleForm
from assessments.models import Assessment, Question, Submission, User
from assessments.pages.question import QuestionPage, question_page, question_result
from assessments.pages.threads import levels_to_ask, thread_line
from assessments.reader_language import language
from assessments.results.question_history import question_over_time
from assessments.sentences import gettext as _
from assessments.wording.credit import credit


@signed_in("GET")
def question(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    """Show answers, texts, evidence, threads, what was agreed, moves and history of one question."""
    user = request.user
    grant = access.require_assessment(user, pk)
    assessment, sees = grant.assessment, access.shows_result(user, grant)
    if assessment.is_draft or assessment.is_pulse or not (grant.runs or sees):
        raise Http404
    bank = results.bank_in(assessment.bank_version, language())
    if key not in bank.questions:
        raise Http404
    asked = access.threads_of(assessment, key) if grant.runs else []
    context = {
        "assessment": assessment,
        "runs": grant.runs,
        "page": _with_result(user, assessment, key, runs=grant.runs) if sees else question_page(bank, key),
        "sees": sees,
        "files": results.pieces_cited_in_question(assessment, key) if grant.runs and sees else (),
        "threads": [thread_line(bank, thread) for thread in asked],
        "may_ask": grant.runs and _may_ask(assessment, key),
        "actions": assessment.roadmap.filter(question=key).in_order() if sees else [],
        "bank_credit": credit(bank),
    }
    return render(request, "assessments/question/page.html", context)


def _with_result(user: User, assessment: Assessment, key: str, *, runs: bool) -> QuestionPage:
    result = results.assessment_result(assessment, reader=user, may_read_comments=runs)
    history = question_over_time(result, key, access.may_see_results(user, assessment))
    return question_result(results.in_language(result, language()), key, history)


def _may_ask(assessment: Assessment, key: str) -> bool:
    if assessment.is_named:
        return assessment.participants.filter(submission__in=Submission.objects.submitted()).exists()
    return key in results.answers_to_ask_about(assessment)


@signed_in("GET, POST")
def ask(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    """Ask those who gave one answer or, in a named assessment, people by name."""
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    bank = results.bank_in(assessment.bank_version, language())
    if assessment.is_draft or key not in bank.questions:
        raise Http404
    form = _form(request, assessment, key)
    if request.method == "POST" and form.is_valid() and _ask(request, assessment, key, form):
        return redirect("question", pk=pk, key=key)
    context = {"assessment": assessment, "form": form, "page": question_page(bank, key)}
    return render(request, "assessments/question/ask.html", context, status=422 if form.errors else 200)


def _form(request: UserRequest, assessment: Assessment, key: str) -> AskAboutLevelForm | AskPeopleForm:
    sent = request.POST if request.method == "POST" else None
    if assessment.is_named:
        people = assessment.participants.filter(submission__in=Submission.objects.submitted())
        return AskPeopleForm(sent, people=people.select_related("user").order_by("name", "pk"))
    bank = results.bank_in(assessment.bank_version, language())
    levels = results.answers_to_ask_about(assessment).get(key, ())
    return AskAboutLevelForm(sent, levels=levels_to_ask(bank, key, levels))


def _ask(request: UserRequest, assessment: Assessment, key: str, form: AskAboutLevelForm | AskPeopleForm) -> bool:
    row = Question.objects.get(pillar__version=assessment.bank_version_id, key=key)
    data = form.cleaned_data
    try:
        if isinstance(form, AskPeopleForm):
            people = list(data["people"])
            threads.ask_people(assessment=assessment, question=row, people=people, text=data["text"], by=request.user)
            messages.success(request, _("Your question is asked. Those you asked are told by e-mail."))
        else:
            threads.ask_about_level(
                assessment=assessment, question=row, level=data["level"], text=data["text"], by=request.user
            )
            messages.success(request, _("Your question is asked. Everyone who gave this answer sees it from tomorrow."))
    except threads.NotOfferedError:
        form.add_error(None, _("Nobody can be asked about this answer. The result does not show it."))
    except threads.TooManyThreadsError:
        form.add_error(None, too_many())
    return form.is_valid()


def too_many() -> str:
    """Why another thread of a confidential assessment is refused."""
    text = _(
        "To protect those who answered, one thread on a question can be open at a time, and %(day)d can be started a "
        "day, %(all)d in all. Your question was not sent."
    )
    return text % {"day": threads.MAX_PER_DAY, "all": threads.MAX_THREADS}
