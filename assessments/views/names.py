"""Review where other people mention an erased person by name, to choose which mentions to redact."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.privacy import name_reviews
from assessments.sentences import gettext as _, ngettext


@signed_in("GET, POST")
def review(request: UserRequest, pk: UUID) -> HttpResponse:
    """List the mentions with their context as checkboxes; POST redacts those ticked and closes the list."""
    row = access.name_review_for(request.user, pk)
    if request.method == "POST":
        try:
            n = name_reviews.finish(review=row, places=set(request.POST.getlist("places")), by=request.user)
        except name_reviews.ReviewClosedError:
            messages.info(request, _("Someone else has already reviewed this list."))
        else:
            messages.success(request, _message(n))
        return redirect("home")
    places = name_reviews.places_of(row.name, row.owner)
    context = {
        "review": row,
        "places": places[: name_reviews.MAX_PLACES],
        "has_more": len(places) > name_reviews.MAX_PLACES,
        "ticked": name_reviews.looks_like_a_name(row.name),
    }
    return render(request, "assessments/leaving/names.html", context)


def _message(n: int) -> str:
    if not n:
        return _("The list is closed. Nothing was redacted.")
    message = ngettext(
        "The list is closed. The name was redacted in %(n)d text.",
        "The list is closed. The name was redacted in %(n)d texts.",
        n,
    )
    return message % {"n": n}
