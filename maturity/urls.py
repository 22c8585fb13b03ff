"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from assessments.views import answering, autosave, demo, health, landing, results, review, rounds

handler400 = "assessments.views.errors.bad_request"
handler500 = "assessments.views.errors.server_error"

urlpatterns = [
    path("", landing.landing, name="landing"),
    path("sample-report.pdf", landing.sample_report, name="sample_report"),
    path("home/", rounds.home, name="home"),
    path("assessments/start/", rounds.start, name="start"),
    path("assessments/<uuid:pk>/", answering.overview, name="overview"),
    path("assessments/<uuid:pk>/pillars/<str:key>/", answering.pillar, name="pillar"),
    path("assessments/<uuid:pk>/answers/<str:key>", autosave.answer, name="answer"),
    path("assessments/<uuid:pk>/review/", review.review, name="review"),
    path("assessments/<uuid:pk>/submit/", review.submit, name="submit"),
    path("session", autosave.session, name="session"),
    path("assessments/<uuid:pk>/result/", results.result, name="result"),
    path("assessments/<uuid:pk>/report.pdf", results.report, name="report"),
    path("", include("maturity.result_urls")),
    path("assessments/<uuid:pk>/manage/", rounds.manage, name="manage"),
    path("assessments/<uuid:pk>/close/", rounds.close, name="close"),
    path("assessments/<uuid:pk>/release/", rounds.release, name="release"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("demo/outbox", demo.outbox, name="outbox"),
    path("healthz", health.healthz, name="healthz"),
]
