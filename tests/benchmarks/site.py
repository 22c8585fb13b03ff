"""The site with one more address: a view that does nothing, behind all that stands before every page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from maturity.wsgi import application

__all__ = ["application", "urlpatterns"]


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("bare", bare), path("", include("maturity.urls"))]
settings.ROOT_URLCONF = __name__
