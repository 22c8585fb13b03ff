"""Addresses of what people may know and decide about their data."""

from django.urls import path

from assessments.views import benchmarks, leaving, names, privacy, sessions

urlpatterns = [
    path("privacy/", privacy.privacy, name="privacy"),
    path("account/data/", privacy.your_data, name="your_data"),
    path("account/data/copy", privacy.copy, name="my_copy"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/end-others", sessions.end_others, name="end_other_sessions"),
    path("account/sessions/<str:handle>/end", sessions.end, name="end_session"),
    path("account/sign-out-everywhere", privacy.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/erase/", privacy.erase, name="erase"),
    path("names/<uuid:pk>/", names.review, name="name_review"),
    path("organisations/<uuid:pk>/delete/", leaving.delete_organisation, name="delete_organisation"),
    path("organisations/<uuid:pk>/benchmarks/", benchmarks.consent, name="peer_consent"),
    path("benchmarks/", benchmarks.cohorts, name="cohorts"),
    path("organisations/<uuid:pk>/restore", leaving.restore_organisation, name="restore_organisation"),
]
