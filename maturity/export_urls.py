"""Addresses of exports: many reports in one file."""

from django.urls import path

from assessments.views import exports

urlpatterns = [
    path("", exports.exports, name="exports"),
    path("new/", exports.new, name="new_export"),
    path("hand-over/", exports.hand_over, name="hand_over"),
    path("<uuid:pk>/", exports.export, name="export"),
    path("<uuid:pk>/reports.zip", exports.download, name="export_file"),
    path("<uuid:pk>/again", exports.again, name="export_again"),
    path("<uuid:pk>/remove", exports.remove, name="remove_export"),
]
