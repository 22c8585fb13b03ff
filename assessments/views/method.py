"""How every figure is calculated, for readers who want to check one; and help for each of the three users."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.pages.help import TOPICS, help_language, help_page, help_titles
from assessments.pages.method import method


@require_safe
def method_page(request: HttpRequest) -> HttpResponse:
    return render(request, "assessments/method/page.html", {"method": method(), "is_about_us": True})


@require_safe
def help_topic(request: HttpRequest, topic: str) -> HttpResponse:
    """Help on one topic, with pictures."""
    if topic not in TOPICS:
        raise Http404
    context = {"page": help_page(topic), "titles": help_titles(), "here": topic, "written_in": help_language()}
    return render(request, "assessments/method/help.html", context)
