"""Threads: what was asked in an assessment, replying to it, closing it, and the threads as a file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from assessments import access, results
from assessments.access import ThreadAccess
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import downloads, threads as actions
from assessments.forms.threads import ReplyForm
from assessments.http import attachment, file_name
from assessments.pages.threads import thread_line
from assessments.reader_language import language
from assessments.reports.files import CONTENT_TYPES
from assessments.reports.thread_file import threads_csv
from assessments.sentences import gettext as _


@signed_in("GET")
def threads(request: UserRequest, pk: UUID) -> HttpResponse:
    """List the threads of an assessment: all for whoever runs it, for a participant those in which they are asked."""
    user = request.user
    assessment, runs = access.require_assessment(user, pk)
    if assessment.is_draft:
        raise Http404
    bank = results.bank_in(assessment.bank_version, language())
    context = {
        "assessment": assessment,
        "runs": runs,
        "own": [thread_line(bank, thread) for thread in access.threads_asked_of(user, assessment)],
        "all": [thread_line(bank, thread) for thread in access.threads_of(assessment)] if runs else [],
    }
    return render(request, "assessments/threads/list.html", context)


@signed_in("GET, POST")
def thread(request: UserRequest, pk: UUID, thread: UUID) -> HttpResponse:
    """Show a thread; POST replies to it, or adds to its question."""
    grant = access.require_thread(request.user, pk, thread)
    form = _form(request, grant)
    if request.method == "POST" and form is not None and form.is_valid() and _write(request, grant, form):
        return redirect("thread", pk=pk, thread=thread)
    bank = results.bank_in(grant.thread.assessment.bank_version, language())
    context = {
        "assessment": grant.thread.assessment,
        "grant": grant,
        "line": thread_line(bank, grant.thread, grant.entries, grant.voice),
        "key": grant.thread.question.key,
        "form": form,
    }
    return render(request, "assessments/threads/thread.html", context, status=422 if form and form.errors else 200)


def _form(request: UserRequest, grant: ThreadAccess) -> ReplyForm | None:
    """The form for a reply of who is asked, or for more words of who asks; None if neither may write."""
    sent = request.POST if request.method == "POST" else None
    confidential = grant.thread.is_confidential
    if _asks(request, grant):
        if grant.thread.is_closed:
            return None
        help_text = _("It is visible to them from tomorrow. You can add one text a day.") if confidential else ""
        return ReplyForm(sent, label=_("Add to your question"), help_text=help_text, button=_("Add"))
    if not grant.thread.takes_replies:
        return None
    help_text = _("Do not write anything that shows who you are.") if confidential else ""
    return ReplyForm(sent, label=_("Your reply"), help_text=help_text, button=_("Reply"))


def _asks(request: UserRequest, grant: ThreadAccess) -> bool:
    """Whether the reader is on the side that asks: one who is asked as well, if the question is their own."""
    return grant.voice is None or (grant.runs and grant.thread.asked_by_id == request.user.pk)


def _write(request: UserRequest, grant: ThreadAccess, form: ReplyForm) -> bool:
    text = form.cleaned_data["text"]
    try:
        if grant.voice is None or _asks(request, grant):
            actions.follow_up(thread=grant.thread, text=text, by=request.user)
        else:
            actions.reply(voice=grant.voice, text=text)
    except actions.ThreadClosedError:
        form.add_error(None, _("This thread is closed. Nothing was saved."))
    except actions.TooManyThreadsError:
        form.add_error(None, _("You have written enough in this thread for today. Nothing was saved."))
    else:
        messages.success(request, _("Saved."))
    return form.is_valid()


@signed_in("POST")
def close(request: UserRequest, pk: UUID, thread: UUID) -> HttpResponse:
    """Close a thread or, as one of those asked in a confidential assessment, say to oneself that nothing is to add."""
    grant = access.require_thread(request.user, pk, thread)
    if "finish" in request.POST and grant.voice is not None:
        actions.finish(voice=grant.voice, by=request.user)
    elif grant.runs:
        actions.close(thread=grant.thread, by=request.user)
    else:
        raise Http404
    messages.success(request, _("Saved."))
    return redirect("threads", pk=pk)


@signed_in("GET")
def download(request: UserRequest, pk: UUID) -> HttpResponse:
    """The threads as CSV, with what the pages show."""
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    if assessment.is_draft:
        raise Http404
    bank = results.bank_in(assessment.bank_version, language())
    lines = [thread_line(bank, row, entries) for row, entries in access.threads_with_entries(assessment)]
    if request.method == "GET":
        downloads.note(what=[assessment], form="threads csv", by=request.user)
    words = (assessment.organisation.name, assessment.name, _("questions about answers"))
    return attachment(threads_csv(lines), CONTENT_TYPES["csv"], file_name(*words, ending="csv", otherwise="threads"))
