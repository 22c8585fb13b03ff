"""The one app."""

from django.apps import AppConfig


class Assessments(AppConfig):
    """The product."""

    name = "assessments"
