"""Addresses of the method and of what can be done with a result beside looking at it."""

from django.urls import path

from assessments.views import method

urlpatterns = [
    path("method/", method.method_page, name="method"),
]
