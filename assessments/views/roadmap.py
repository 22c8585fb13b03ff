"""The roadmap that follows a result: its actions, their progress, and what a budget would select."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import downloads, roadmap as actions
from assessments.forms.roadmap import ActionForm, BudgetForm, MovesForm, ProgressForm
from assessments.http import attachment, file_name
from assessments.models import RoadmapAction, Unit, User
from assessments.pages.offers import Offer, offers, plan, unplanned
from assessments.pages.roadmap import board, gantt, status
from assessments.pages.units import choices, tree_lines
from assessments.reader_language import language
from assessments.reports.files import CONTENT_TYPES, roadmap_csv
from assessments.reports.task_files import TOOLS, tasks_csv
from assessments.results import AssessmentResult, assessment_result, decisions, in_language
from assessments.sentences import gettext as _, ngettext
from assessments.wording.credit import credit


@signed_in("GET")
def roadmap(request: UserRequest, pk: UUID) -> HttpResponse:
    """List the actions by period, with what can be done to each."""
    result = _result(request.user, pk)
    actions = list(decisions.actions_of(result.assessment))
    context = {
        "assessment": result.assessment,
        "bank_credit": credit(result.bank),
        "board": board(result, actions, result.assessment.organisation.today),
        "gantt": gantt(actions, result.assessment.organisation.today),
        "offers": len(offers(result, {action.question for action in actions})),
    }
    return render(request, "assessments/roadmap/roadmap.html", context)


@signed_in("GET, POST")
def add(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the moves a result suggests; a budget in the query recommends some, POST makes selected ones actions."""
    user = request.user
    result = _result(user, pk)
    on_roadmap = set(decisions.actions_of(result.assessment).values_list("question", flat=True))
    open_offers = offers(result, on_roadmap)
    sent = request.POST if request.method == "POST" else None
    form = MovesForm(sent, keys=[offer.key for offer in open_offers])
    if form.is_valid():
        return _add(request, result, [offer for offer in open_offers if offer.key in form.cleaned_data["moves"]], user)
    budget = BudgetForm(request.GET if "budget" in request.GET else None)
    planned = plan(open_offers, budget.cleaned_data["budget"], result.bank.scale) if budget.is_valid() else None
    context = {
        "assessment": result.assessment,
        "budget": budget,
        "plan": planned,
        "bank_credit": credit(result.bank),
        "lines": unplanned(open_offers),
        "form": form,
    }
    return render(request, "assessments/roadmap/add.html", context, status=422 if form.errors else 200)


def _add(request: HttpRequest, result: AssessmentResult, selection: list[Offer], user: User) -> HttpResponse:
    proposals = [
        actions.Proposal(
            question=offer.key,
            title=offer.move.action,
            owner=offer.move.owner or "",
            effort=offer.priority.effort,
            horizon=offer.horizon,
            requires=offer.requires,
        )
        for offer in selection
    ]
    try:
        n = actions.add(assessment=result.assessment, proposals=proposals, checksum=result.frozen.checksum, by=user)
    except actions.RoadmapIsFullError:
        messages.warning(request, _full())
    else:
        text = ngettext(
            "%(n)d action has been added to the roadmap.", "%(n)d actions have been added to the roadmap.", n
        )
        messages.success(request, text % {"n": n})
    return redirect("roadmap", pk=result.assessment.pk)


def _full() -> str:
    return _("A roadmap can have %(most)d actions at most. Nothing was added.") % {"most": actions.MAX_ACTIONS}


@signed_in("GET, POST")
def new(request: UserRequest, pk: UUID) -> HttpResponse:
    """Add an action that is not based on a suggested move."""
    result = _result(request.user, pk)
    initial = {"horizon": RoadmapAction.Horizon.DAYS_90, "status": RoadmapAction.Status.PLANNED}
    others = decisions.actions_of(result.assessment)
    form = _form(request, result, initial, others)
    if request.method == "POST" and form.is_valid() and _decide(form, result, request.user):
        messages.success(request, _("The action has been added to the roadmap."))
        return redirect("roadmap", pk=pk)
    return _action_page(request, result, form)


def _form(
    request: HttpRequest, result: AssessmentResult, initial: Mapping[str, object], others: QuerySet[RoadmapAction]
) -> ActionForm:
    """For an action of this roadmap; `others` can come before it. It can name a unit that is not closed, or its own."""
    assessment = result.assessment
    lines = tree_lines(access.units_of(assessment.organisation, assessment.unit_kind or Unit.Kind.UNIT))
    units, own = choices(lines), initial.get("unit")
    if isinstance(own, Unit) and own.pk not in dict(units):
        units.append((own.pk, own.name))
    people = decisions.possible_owners(assessment)
    return ActionForm(
        request.POST or None, initial=initial, bank=result.bank, others=others, people=people, units=units
    )


def _decide(form: ActionForm, result: AssessmentResult, user: User) -> bool:
    checksum = result.frozen.checksum
    fields = actions.ActionFields(**form.action_fields)  # type: ignore[typeddict-item]
    try:
        actions.decide(
            assessment=result.assessment, fields=fields, requires=form.prerequisites, checksum=checksum, by=user
        )
    except actions.RoadmapIsFullError:
        form.add_error(None, _full())
    except actions.QuestionTakenError:
        form.add_error("question", _taken())
    return form.is_valid()


@signed_in("GET, POST")
def edit(request: UserRequest, pk: UUID, action: UUID) -> HttpResponse:
    """Edit an action."""
    result = _result(request.user, pk)
    row = decisions.action_of(result.assessment, action)
    others = decisions.actions_of(result.assessment).exclude(pk=row.pk)
    names = ("title", "question", "owner", "owner_account", "unit", "due_on", "horizon", "effort", "status")
    initial = {**{name: getattr(row, name) for name in names}, "requires": list(row.requires.all())}
    form = _form(request, result, initial, others)
    if request.method == "POST" and form.is_valid() and _revise(form, row, request.user):
        return _back(row)
    return _action_page(request, result, form, row)


def _action_page(
    request: HttpRequest, result: AssessmentResult, form: ActionForm, row: RoadmapAction | None = None
) -> HttpResponse:
    context = {"assessment": result.assessment, "bank_credit": credit(result.bank), "form": form, "action": row}
    if row is not None:
        context |= {"progress_form": ProgressForm(action=row), "progress": decisions.progress_of(row)}
    return render(request, "assessments/roadmap/action.html", context)


def _revise(form: ActionForm, action: RoadmapAction, user: User) -> bool:
    fields = actions.ActionFields(**form.action_fields)  # type: ignore[typeddict-item]
    try:
        actions.revise(action=action, fields=fields, requires=form.prerequisites, by=user)
    except actions.CircleError:
        form.add_error("requires", _("One of these already depends on this action, directly or through others."))
    except actions.QuestionTakenError:
        form.add_error("question", _taken())
    except actions.ActionGoneError:
        form.add_error(None, _("Someone else has removed this action. Nothing was saved; what you entered is below."))
    return form.is_valid()


def _taken() -> str:
    return _("Another action already addresses this question.")


@signed_in("POST")
def move(request: UserRequest, pk: UUID, action: UUID, way: str) -> HttpResponse:
    """Move an action up or down one place within its period."""
    row = _action(request, pk, action)
    if way not in ("up", "down"):
        raise Http404
    actions.move(action=row, up=way == "up", by=request.user)
    return _back(row)


@signed_in("POST")
def mark(request: UserRequest, pk: UUID, action: UUID, state: str) -> HttpResponse:
    """Set an action's state."""
    row = _action(request, pk, action)
    if state not in RoadmapAction.Status.values:
        raise Http404
    actions.mark(action=row, status=state, by=request.user)
    return _back(row)


@signed_in("POST")
def note(request: UserRequest, pk: UUID, action: UUID) -> HttpResponse:
    """Add a note of progress to an action."""
    row = _action(request, pk, action)
    form = ProgressForm(request.POST, action=row)
    if not form.is_valid():
        context = {"assessment": row.assessment, "action": row, "progress_form": form}
        return render(request, "assessments/roadmap/note.html", context, status=422)
    try:
        actions.note_progress(action=row, by=request.user, **form.cleaned_data)
    except actions.ActionGoneError:
        messages.warning(request, _("Someone else has removed this action. Nothing was saved."))
        return redirect("roadmap", pk=pk)
    return redirect("roadmap_action", pk=pk, action=action)


@signed_in("POST")
def remove(request: UserRequest, pk: UUID, action: UUID) -> HttpResponse:
    actions.remove(action=_action(request, pk, action), by=request.user)
    messages.success(request, _("The action has been removed."))
    return redirect("roadmap", pk=pk)


def _action(request: UserRequest, pk: UUID, action: UUID) -> RoadmapAction:
    return decisions.action_of(access.closed_assessment_for(request.user, pk), action)


def _back(action: RoadmapAction) -> HttpResponse:
    """Redirect to this action in the list."""
    return redirect(f"{reverse('roadmap', args=[action.assessment_id])}#action-{action.pk}")


@signed_in("GET")
def overview(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show progress on one screen and one printed page, to anyone who may see the result, and to owners of an action."""
    assessment, runs = access.require_roadmap(request.user, pk)
    if assessment.is_pulse:
        raise Http404
    today, actions_there = assessment.organisation.today, list(decisions.actions_of(assessment))
    context = {
        "assessment": assessment,
        "status": status(actions_there, today),
        "own": [row for row in actions_there if row.owner_account_id == request.user.pk and not row.owner_left],
        "today": today,
        "bank_credit": credit(assessment.bank_version),
        "runs": runs,
        "sees_result": access.sees_result(request.user, assessment),
    }
    return render(request, "assessments/roadmap/status.html", context)


@signed_in("GET")
def download(request: UserRequest, pk: UUID) -> HttpResponse:
    """Return the actions as CSV, one per row."""
    result = _result(request.user, pk)
    if request.method == "GET":
        downloads.note(what=[result.assessment], form="roadmap csv", by=request.user)
    words = (result.assessment.organisation.name, result.assessment.name, _("roadmap"))
    name = file_name(*words, ending="csv", otherwise="roadmap")
    return attachment(roadmap_csv(result), CONTENT_TYPES["csv"], name)


@signed_in("GET")
def tasks(request: UserRequest, pk: UUID, tool: str) -> HttpResponse:
    """Return the actions as CSV for a tool that tracks tasks."""
    result = _result(request.user, pk)
    if tool not in TOOLS:
        raise Http404
    if request.method == "GET":
        downloads.note(what=[result.assessment], form=f"roadmap {tool} csv", by=request.user)
    words = (result.assessment.organisation.name, result.assessment.name, tool)
    return attachment(tasks_csv(result, tool), CONTENT_TYPES["csv"], file_name(*words, ending="csv", otherwise=tool))


def _result(user: User, pk: UUID) -> AssessmentResult:
    result = assessment_result(access.closed_assessment_for(user, pk), reader=user, may_read_comments=False)
    return in_language(result, language())
