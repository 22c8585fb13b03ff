"""Running a workshop: its questions, the big screen, and the agreed answers."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import agreeing, workshop_guests, workshops
from assessments.actions.assessments import WrongStateError
from assessments.charts.answers import votes_svg
from assessments.charts.qr import qr_svg
from assessments.forms.workshop import AgreedForm, AskForm, AskingForm, written_code
from assessments.models import AgreedAnswer, Asking, Assessment, Question, User, Workshop
from assessments.pages import workshop
from assessments.sentences import gettext as _, ngettext
from assessments.wording.credit import credit
from assessments.wording.remarks import numbered


@signed_in("GET")
def agenda(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the questions in workshop order; before the start, explain what a workshop is."""
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    if assessment.is_draft:
        return redirect("manage", pk=pk)
    view = workshop.workshop_view(assessment)
    context = {
        "assessment": assessment,
        "view": view,
        "bank_credit": credit(workshop.bank_for(assessment)),
        "now": access.workshop_now(request.user, pk),
        "people": assessment.participants.count(),
        "with_account": assessment.participants.exclude(user=None).count(),
        "fewest": results.MIN_VOTES,
        "door": _door(request, view.workshop),
        "guests": access.guests_of(assessment),
    }
    return render(request, "assessments/workshop/agenda.html", context)


class Door(NamedTuple):
    """How to get in: the address and code as people type them, and both as a QR code."""

    address: str  # maturity.example/w
    code: str
    qr: str


def _door(request: HttpRequest, row: Workshop | None) -> Door:
    code = (row and row.code) or ""
    address = request.build_absolute_uri(reverse("join_workshop")).partition("://")[2].rstrip("/")
    if not code:
        return Door(address, "", "")
    direct = request.build_absolute_uri(reverse("join_with_code", args=[code]))
    return Door(address, written_code(code), qr_svg(direct, _("QR code for %(address)s") % {"address": direct}))


@signed_in("GET")
def screen(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the big screen, with the controls of the person who runs the workshop."""
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    view = workshop.workshop_view(assessment)
    if not view.is_held:
        return redirect("workshop", pk=pk)
    now = access.workshop_now(request.user, pk)
    small = now.people < results.MIN_VOTES
    context = {
        "assessment": assessment,
        "view": view,
        "bank_credit": credit(workshop.bank_for(assessment)),
        "now": now,
        "small": small,
        "votes": view.stage and votes_svg(view.stage.bank, view.stage.line.question, view.stage.counts),
        "form": None if view.stage is None else _form_on(assessment, view.stage, small=small),
        "door": _door(request, view.workshop),
        "guests": access.guests_of(assessment),
    }
    return render(request, "assessments/workshop/screen.html", context)


def _form_on(assessment: Assessment, stage: workshop.CurrentQuestion, *, small: bool) -> AgreedForm | None:
    """Return the form for the agreed answer if there is none yet and the votes are shown or the room is small."""
    if not (stage.asking.is_revealed or small) or stage.line.agreed is not None:
        return None
    key, bank = stage.line.question.key, workshop.bank_for(assessment)
    action = reverse("agreed_answer", args=[assessment.pk, key])
    return AgreedForm(None, bank=bank, question=stage.line.question, current=None, action=action)


@signed_in("POST")
def start(request: UserRequest, pk: UUID) -> HttpResponse:
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    try:
        workshops.start(assessment=assessment, by=request.user)
    except WrongStateError:
        messages.warning(request, _("A workshop needs an open assessment for several people."))
    return redirect("workshop", pk=pk)


@signed_in("POST")
def end(request: UserRequest, pk: UUID) -> HttpResponse:
    user = request.user
    assessment = access.managed_assessment_for(user, pk, pulses=False)
    if _run_or_explain(request, lambda: workshops.end(assessment=assessment, by=user)):
        messages.success(
            request, _("The workshop has ended. Agreed answers are kept alongside the individual answers.")
        )
    return redirect("workshop", pk=pk)


@signed_in("POST")
def remove_guest(request: UserRequest, pk: UUID, guest: UUID) -> HttpResponse:
    """Take a guest out of the workshop."""
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    row = access.guest_in(assessment, guest)
    if row is not None:
        workshop_guests.remove(guest=row, by=request.user)
        messages.success(request, _("%(name)s has been removed from the workshop.") % {"name": row.name})
    return redirect("workshop", pk=pk)


@signed_in("POST")
def ask(request: UserRequest, pk: UUID) -> HttpResponse:
    """Put a question to the room."""
    user = request.user
    assessment = access.managed_assessment_for(user, pk, pulses=False)
    form = AskForm(request.POST)
    question = workshop.question_of(assessment, form.cleaned_data["question"]) if form.is_valid() else None
    if question is None:
        raise Http404
    turn = form.cleaned_data["turn"]
    _run_or_explain(request, lambda: workshops.ask(assessment=assessment, question=question, turn=turn, by=user))
    return redirect("workshop_screen", pk=pk)


@signed_in("POST")
def reveal(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show how the votes are distributed."""
    user = request.user
    assessment = access.managed_assessment_for(user, pk, pulses=False)
    form = AskingForm(request.POST)
    asking = workshop.asking_of(assessment, form.cleaned_data["asking"]) if form.is_valid() else None
    if asking is None:
        messages.info(request, _("The workshop has moved on to another question; nothing was changed."))
    else:
        _run_or_explain(request, lambda: _reveal(request, asking, user))
    return redirect("workshop_screen", pk=pk)


def _reveal(request: HttpRequest, asking: Asking, user: User) -> None:
    left_out = workshops.reveal(asking=asking, by=user)
    if left_out:
        text = ngettext(
            "%(n)d vote is left out: compared with the earlier distribution it would reveal how that person voted.",
            "%(n)d votes are left out: compared with the earlier distribution they would reveal how "
            "those people voted.",
            left_out,
        )
        messages.info(request, text % {"n": left_out})


def _run_or_explain(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Run `act` and return whether it succeeded; otherwise explain why it did not."""
    try:
        act()
        return True
    except WrongStateError:
        messages.info(request, _("No workshop is running; nothing was changed."))
    except workshops.MovedOnError:
        messages.info(request, _("Someone else has moved the workshop to another question; nothing was changed."))
    except workshops.TooFewVotesError as problem:
        messages.warning(request, _too_few(problem.votes))
    except workshops.WouldCompareError:
        messages.warning(
            request,
            _(
                "The distribution for this question was shown before, and too few people have joined or left "
                "since: comparing the two would reveal how they voted. Wait until everyone from before has "
                "voted again, or until five new people with an account have; guests who are new are left out. Or "
                "record what you agree on without a second distribution."
            ),
        )
    return False


def _too_few(votes: int) -> str:
    if not votes:
        return _("No one has voted yet. The distribution is shown from five votes on, so that no vote can be traced.")
    return ngettext(
        "%(n)d person has voted. The distribution is shown from five votes on, so that no vote can be traced.",
        "%(n)d people have voted. The distribution is shown from five votes on, so that no vote can be traced.",
        votes,
    ) % {"n": votes}


@signed_in("GET, POST")
def agreed(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    """Record or change the room's agreed answer; earlier versions are kept."""
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    question = _question(assessment, key)
    if not agreeing.may_agree(assessment, question):
        messages.warning(request, _("You can record an agreed answer once the votes on its question have been shown."))
        return redirect("workshop", pk=pk)
    current, bank = workshop.agreed_on(assessment, question), workshop.bank_for(assessment)
    form = AgreedForm(request.POST or None, bank=bank, question=bank.questions[key], current=current)
    if request.method == "POST" and form.is_valid():
        try:
            return _agree(request, assessment, question, form, request.user)
        except agreeing.AgreedElsewhereError as problem:
            current = _clash(form, problem.current)
    context = {
        "assessment": assessment,
        "question": bank.questions[key],
        "anchors": workshop.anchors_of(bank, bank.questions[key]),
        "form": form,
        "stands": current,
        "stands_at": "" if current is None else numbered(bank, bank.questions[key], current.level),
        "earlier": []
        if current is None
        else [(numbered(bank, bank.questions[key], each["level"]), each) for each in current.earlier[::-1]],
    }
    return render(request, "assessments/workshop/agreed.html", context, status=409 if form.non_field_errors() else 200)


def _question(assessment: Assessment, key: str) -> Question:
    question = workshop.question_of(assessment, key)
    if question is None:
        raise Http404
    return question


def _agree(
    request: HttpRequest, assessment: Assessment, question: Question, form: AgreedForm, user: User
) -> HttpResponse:
    data = form.cleaned_data
    agreement = agreeing.Consensus(level=data["level"], reason=data["reason"], dissent=data["dissent"])
    agreeing.agree(assessment=assessment, question=question, agreement=agreement, revision=data["revision"], by=user)
    messages.success(request, _("The agreed answer is recorded. The individual answers are unchanged."))
    row = workshop.workshop_of(assessment)
    return redirect("workshop_screen" if row is not None and row.is_running else "workshop", pk=assessment.pk)


def _clash(form: AgreedForm, current: AgreedAnswer | None) -> AgreedAnswer | None:
    """Report what someone else has recorded in the meantime. Sending the form again replaces it."""
    form.add_error(
        None,
        _(
            "Someone else has recorded an agreed answer; yours is not saved. Compare the two: if you "
            "record yours, it replaces theirs, which is kept."
        ),
    )
    form.data = {**form.data.dict(), "revision": str(0 if current is None else current.revision)}  # type: ignore[attr-defined]
    return current


@signed_in("POST")
def withdraw(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    """Withdraw an agreed answer."""
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    current = workshop.agreed_on(assessment, _question(assessment, key))
    if current is not None:
        agreeing.withdraw(agreed=current, by=request.user)
        messages.success(request, _("The agreed answer has been withdrawn. The individual answers are unchanged."))
    return redirect("workshop", pk=pk)
