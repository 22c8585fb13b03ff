"""How every figure is calculated, for readers who want to check one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.pages.method import method


@require_safe
def method_page(request: HttpRequest) -> HttpResponse:
    return render(request, "assessments/method/page.html", {"method": method()})
