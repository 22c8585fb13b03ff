"""Addresses of what is decided after a result."""

from django.urls import path

from assessments.views import roadmap

urlpatterns = [
    path("", roadmap.roadmap, name="roadmap"),
    path("status/", roadmap.overview, name="roadmap_status"),
    path("add/", roadmap.add, name="roadmap_add"),
    path("new/", roadmap.new, name="roadmap_new"),
    path("roadmap.csv", roadmap.download, name="roadmap_csv"),
    path("<uuid:action>/", roadmap.edit, name="roadmap_action"),
    path("<uuid:action>/move/<slug:way>", roadmap.move, name="roadmap_move"),
    path("<uuid:action>/mark/<slug:state>", roadmap.mark, name="roadmap_mark"),
    path("<uuid:action>/remove", roadmap.remove, name="roadmap_remove"),
]
