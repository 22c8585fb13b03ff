"""Addresses of preparing an assessment, moving its dates, and interviews."""

from django.urls import path

from assessments.views import assessments, interviews, planning

urlpatterns = [
    path("assessments/prepare/", planning.new, name="plan_new"),
    path("assessments/<uuid:pk>/prepare/<slug:step>/", planning.plan, name="plan"),
    path("assessments/<uuid:pk>/prepare/people/<uuid:person>/drop", planning.drop, name="plan_drop"),
    path("assessments/<uuid:pk>/prepare/discard", planning.discard, name="plan_discard"),
    path("assessments/<uuid:pk>/due/", assessments.due, name="due"),
    path("assessments/<uuid:pk>/people/<uuid:person>/interview", interviews.interview, name="interview"),
    path("assessments/<uuid:pk>/people/<uuid:person>/ask", interviews.ask, name="interview_ask"),
    path("interviews/<str:token>/", interviews.confirm, name="confirm"),
]
