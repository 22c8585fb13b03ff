"""Addresses of the method and of what can be done with a result beside looking at it."""

from django.urls import path

from assessments.views import method, results

urlpatterns = [
    path("method/", method.method_page, name="method"),
    path(
        "assessments/<uuid:pk>/result/charts/<str:chart_name>.<str:kind>",
        results.chart_file,
        name="chart_file",
    ),
]
