"""Addresses of the desk: all assessments and clients that somebody runs, and assessments side by side."""

from django.urls import path

from assessments.views import compare, portfolio

urlpatterns = [
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("portfolio/pillars/", portfolio.heat_map, name="heat_map"),
    path("portfolio/demo/add", portfolio.add_demo, name="add_demo"),
    path("portfolio/demo/remove/", portfolio.remove_demo, name="remove_demo"),
    path("compare/", compare.compare, name="compare"),
    path("compare.pdf", compare.compare_pdf, name="compare_pdf"),
    path("compare.xlsx", compare.compare_xlsx, name="compare_xlsx"),
]
