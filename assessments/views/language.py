"""Choosing a language: kept with the account of the person who is signed in, and in a cookie for everyone."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from assessments import languages
from assessments.http import redirect_within


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Back to where the reader was, in the language chosen; one that no one offers changes nothing."""
    back = redirect_within(request, request.POST.get("next"), otherwise=reverse("landing"))
    return languages.remember(request, back, request.POST.get("language", ""))
