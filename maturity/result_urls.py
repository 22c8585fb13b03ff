"""Addresses of the method and of what can be done with a result beside looking at it."""

from django.urls import path

from assessments.views import deliver, method, results, whatif

urlpatterns = [
    path("method/", method.method_page, name="method"),
    path("assessments/<uuid:pk>/report.pdf", deliver.report, name="report"),
    path("assessments/<uuid:pk>/result/report.<str:form>", deliver.report_file, name="report_file"),
    path(
        "assessments/<uuid:pk>/result/charts/<str:chart_name>.<str:kind>",
        results.chart_file,
        name="chart_file",
    ),
    path("assessments/<uuid:pk>/what-if/", whatif.what_if, name="what_if"),
    path("assessments/<uuid:pk>/what-if/<uuid:scenario>/", whatif.scenario, name="scenario"),
    path("assessments/<uuid:pk>/what-if/<uuid:scenario>/remove", whatif.remove, name="remove_scenario"),
]
