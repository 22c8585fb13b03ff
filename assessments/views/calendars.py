"""The calendar of a person: its secret address, and what programs read there."""

from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments import access, ics
from assessments.access.decorators import UserRequest, signed_in
from assessments.access.reauthentication import reauthentication_required
from assessments.actions import calendars
from assessments.models import User
from assessments.pages.calendar import events_of
from assessments.reader_language import interface_in
from assessments.sentences import gettext as _

RATE = "60/m"  # requests from one network


@signed_in("GET, POST")
@reauthentication_required
def calendar(request: UserRequest) -> HttpResponse:
    """Show whether there is an address; POST creates one, which appears only in this response."""
    address = None
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("calendar_feed", args=[calendars.make(by=request.user)]))
    context = {"address": address, "feed": access.calendar_feed_of(request.user)}
    return render(request, "account/calendar.html", context)


@signed_in("POST")
def withdraw(request: UserRequest) -> HttpResponse:
    calendars.withdraw(user=request.user, by=request.user)
    messages.success(request, _("The address of your calendar no longer works."))
    return redirect("calendar")


@never_cache
@require_http_methods(["GET", "HEAD"])
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the calendar of whoever made this address."""
    from ninja.throttling import AnonRateThrottle  # loaded by the first reader, not by every worker

    if not AnonRateThrottle(RATE).allow_request(request):
        return HttpResponse(status=429)
    found = access.calendar_owner(token)
    if found is None:
        raise Http404
    calendars.note_use(feed=found)
    with override(interface_in(found.user.language)):
        content = ics.calendar_of(_("AI leadership"), _events(found.user, request.build_absolute_uri("/")))
    etag = quote_etag(sha256(content).hexdigest())
    unchanged = get_conditional_response(request, etag=etag)
    return unchanged or HttpResponse(content, content_type=ics.CONTENT_TYPE, headers={"ETag": etag})


def _events(user: User, base_url: str) -> tuple[ics.DayEvent, ...]:
    rows = access.dates_to_answer(user), access.dates_of_release(user), access.dates_of_actions(user)
    return tuple(events_of(*rows, access.dates_of_programmes(user), base_url=base_url))
