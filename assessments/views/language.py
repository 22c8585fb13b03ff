"""Choosing a language, stored in a cookie and, for signed-in users, in the account."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from assessments import languages
from assessments.http import redirect_within


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Redirect back in the chosen language; an unknown language changes nothing."""
    back = redirect_within(request, request.POST.get("next"), otherwise=reverse("landing"))
    return languages.remember(request, back, request.POST.get("language", ""))
