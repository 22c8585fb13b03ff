"""Addresses of a workshop: those of whoever runs it, and those of everybody in the room."""

from django.urls import path

from assessments.views import workshop, workshop_phone

urlpatterns = [
    path("w/", workshop_phone.join, name="join_workshop"),
    path("assessments/<uuid:pk>/workshop/", workshop.agenda, name="workshop"),
    path("assessments/<uuid:pk>/workshop/start", workshop.start, name="start_workshop"),
    path("assessments/<uuid:pk>/workshop/end", workshop.end, name="end_workshop"),
    path("assessments/<uuid:pk>/workshop/screen/", workshop.screen, name="workshop_screen"),
    path("assessments/<uuid:pk>/workshop/ask", workshop.ask, name="workshop_ask"),
    path("assessments/<uuid:pk>/workshop/reveal", workshop.reveal, name="workshop_reveal"),
    path("assessments/<uuid:pk>/workshop/answers/<str:key>/", workshop.agreed, name="agreed_answer"),
    path("assessments/<uuid:pk>/workshop/answers/<str:key>/withdraw", workshop.withdraw, name="withdraw_agreed"),
    path("assessments/<uuid:pk>/workshop/vote/", workshop_phone.vote, name="workshop_vote"),
    path("assessments/<uuid:pk>/workshop/now", workshop_phone.now, name="workshop_now"),
]
