"""The addresses of the API, which bring a library of their own."""

from assessments.api.v1 import api

urlpatterns, app_name, _namespace = api.urls
