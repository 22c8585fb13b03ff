"""The portfolio: every assessment a user runs, the heat map of all clients, and demonstration clients."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.demo import example_clients
from assessments.forms.portfolio import PortfolioForm
from assessments.models import User
from assessments.pages.portfolio import assessments, clients, selection
from assessments.pages.portfolio.heat_map import Group, heat_map_page
from assessments.reader_language import language
from assessments.sentences import gettext as _, ngettext


@signed_in("GET")
def portfolio(request: UserRequest) -> HttpResponse:
    """List the assessments, filtered and sorted by the query string."""
    user = request.user
    consultancies = list(access.consultancies_of(user))
    form = PortfolioForm(request.GET, consultant=bool(consultancies))
    filters = _filters(form)
    portfolio = assessments.portfolio(user, filters)
    form.set_client_choices(portfolio.clients)
    if not portfolio.counted.assessments:
        return _nothing_yet(request, user)
    ticked = selection.selection_of(user, _ticked(request), list(portfolio.page))
    context = {"form": form, "filters": filters, "portfolio": portfolio, "query": _query(request), "ticked": ticked}
    context["kept"] = _kept(request)
    context["headings"] = assessments.headings(filters.sort)
    context |= {"consultancies": consultancies, "consultant": bool(consultancies)}
    return render(request, "assessments/portfolio/list.html", context)


def _filters(form: PortfolioForm) -> assessments.Filters:
    filters = form.filters()
    sort = filters.get("sort", assessments.DEFAULT)
    return assessments.Filters(
        words=filters.get("q", ""),
        state=filters.get("state", ""),
        client=filters.get("client"),
        sort=sort if assessments.is_sort(sort) else assessments.DEFAULT,
        page=filters.get("page", 1),
    )


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return search, filter and order as (name, value), without the page number and the selection."""
    return [(key, value) for key in ("q", "state", "client", "sort") if (value := request.GET.get(key, ""))]


def _query(request: HttpRequest) -> str:
    """Return the same, URL-encoded, for links to other pages."""
    return urlencode(_kept(request))


def _ticked(request: HttpRequest) -> list[str]:
    return [*selection.unpacked(request.GET.get("chosen", "")), *request.GET.getlist("rounds")]


def _nothing_yet(request: HttpRequest, user: User) -> HttpResponse:
    context = {"consultancy": clients.consultancy_of(user)}
    return render(request, "assessments/portfolio/empty.html", context)


@signed_in("GET")
def heat_map(request: UserRequest) -> HttpResponse:
    """Show the latest result of each client by pillar."""
    user = request.user
    consultancies = list(access.consultancies_of(user))
    form = PortfolioForm(request.GET, consultant=bool(consultancies))
    filters = _filters(form)
    heat_map = heat_map_page(user, words=filters.words, page=filters.page)
    on_page = [line.assessment.pk for group in heat_map.groups for line in group.lines]
    ticked = selection.selection_of(user, _ticked(request), on_page)
    context = {"form": form, "heat_map": heat_map, "filters": filters, "query": _query(request), "ticked": ticked}
    context["kept"] = _kept(request)
    context["groups"] = [_worded(group) for group in heat_map.groups]
    context |= {"consultancies": consultancies, "consultant": bool(consultancies)}
    return render(request, "assessments/portfolio/pillars.html", context)


def _worded(group: Group) -> Group:
    """Return the group with pillar names in the reader's language, if the newest version is offered in it."""
    if results.best_match(language(), group.newest.languages) is None:
        return group
    bank = results.bank_in(group.newest, language())
    names = {pillar.key: pillar.short or pillar.name for pillar in bank.pillars}
    columns = tuple(replace(column, name=names.get(column.key, column.name)) for column in group.columns)
    return replace(group, bank=bank.title, columns=columns)


@signed_in("POST")
def add_demo(request: UserRequest) -> HttpResponse:
    """Add demonstration clients to the user's consultancy; does nothing if they already exist."""
    consultancy = clients.consultancy_of(request.user)
    version = access.current_bank_version()
    if consultancy is None:
        raise Http404
    try:
        example_clients.add(consultancy=consultancy, version=version, by=request.user)
    except example_clients.NoDemoError:
        messages.warning(request, _("No question bank published here fits the demonstration. Nothing was changed."))
    return redirect("portfolio")


@signed_in("GET, POST")
def remove_demo(request: UserRequest) -> HttpResponse:
    """Show what would be deleted; POST deletes the demonstration clients."""
    user = request.user
    demo = clients.demo_clients_of(user)
    if not demo:
        return redirect("portfolio")
    if request.method == "POST":
        example_clients.remove(organisations=demo, by=user)
        messages.success(request, _removed(len(demo)))
        return redirect("portfolio")
    context = {"clients": demo, "rounds": clients.assessments_of(demo, user)}
    return render(request, "assessments/portfolio/remove_demo.html", context)


def _removed(count: int) -> str:
    text = ngettext("%(count)d demo client has been removed.", "%(count)d demo clients have been removed.", count)
    return text % {"count": count}
