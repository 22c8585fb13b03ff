"""Every address of the product."""

from allauth.account.views import email, password_set
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.webauthn.views import add_webauthn
from django.contrib import admin
from django.urls import include, path

from assessments.access.reauthentication import reauthentication_required
from assessments.views import (
    answering,
    assessments,
    autosave,
    delegation,
    demo,
    health,
    invitations,
    joining,
    landing,
    language,
    results,
    review,
    styleguide,
    tokens,
)
from maturity.accounts import provider_views
from maturity.lazy_include import lazy_include
from maturity.middleware import metrics

handler400 = "assessments.views.errors.bad_request"
handler500 = "assessments.views.errors.server_error"

urlpatterns = [
    path("", landing.landing, name="landing"),
    path("sample-report.pdf", landing.sample_report, name="sample_report"),
    path("home/", assessments.home, name="home"),
    path("assessments/start/", assessments.start, name="start"),
    path("assessments/<uuid:pk>/", answering.overview, name="overview"),
    path("assessments/<uuid:pk>/pillars/<str:key>/", answering.pillar, name="pillar"),
    path("assessments/<uuid:pk>/answers/<str:key>", autosave.answer, name="answer"),
    path("assessments/<uuid:pk>/review/", review.review, name="review"),
    path("assessments/<uuid:pk>/submit/", review.submit, name="submit"),
    path("assessments/<uuid:pk>/pillars/<str:key>/colleague/", delegation.delegate, name="pass_on"),
    path("assessments/<uuid:pk>/pillars/<str:key>/colleague/again", delegation.send_again, name="pass_again"),
    path("assessments/<uuid:pk>/pillars/<str:key>/colleague/back", delegation.take_back, name="take_back"),
    path("language", language.choose_language, name="choose_language"),
    path("session", autosave.session, name="session"),
    path("assessments/<uuid:pk>/result/", results.result, name="result"),
    path("", include("maturity.result_urls")),
    path("", include("maturity.desk_urls")),
    path("", include("maturity.planning_urls")),
    path("", include("maturity.brand_urls")),
    path("", include("maturity.workshop_urls")),
    path("", include("maturity.trust_urls")),
    path("assessments/<uuid:pk>/roadmap/", include("maturity.roadmap_urls")),
    path("exports/", include("maturity.export_urls")),
    path("assessments/<uuid:pk>/manage/", assessments.manage, name="manage"),
    path("assessments/<uuid:pk>/close/", assessments.close, name="close"),
    path("assessments/<uuid:pk>/release/", assessments.release, name="release"),
    path("assessments/<uuid:pk>/people/invite/", invitations.invite, name="invite"),
    path("assessments/<uuid:pk>/people/invite-many/", invitations.invite_many, name="invite_many"),
    path("assessments/<uuid:pk>/people/remind", invitations.remind_all, name="remind_all"),
    path("assessments/<uuid:pk>/people/<uuid:person>/remind", invitations.remind, name="remind"),
    path("assessments/<uuid:pk>/people/<uuid:person>/again", invitations.send_again, name="invite_again"),
    path("assessments/<uuid:pk>/people/<uuid:person>/revoke", invitations.revoke, name="revoke"),
    path("assessments/<uuid:pk>/people/<uuid:person>/reopen/", assessments.reopen, name="reopen"),
    path("invitations/<str:token>/", joining.invitation, name="invitation"),
    path("invitations/<str:token>/new", joining.ask_for_invitation, name="ask_for_invitation"),
    path("colleagues/<str:token>/", joining.delegation, name="delegation"),
    path("colleagues/<str:token>/new", joining.ask_for_delegation, name="ask_for_delegation"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<uuid:pk>/revoke", tokens.revoke, name="revoke_token"),
    lazy_include("api/v1/", "maturity.api_urls", app_name="ninja", namespace="api-v1"),
    path("accounts/email/", reauthentication_required(email), name="account_email"),
    path("accounts/password/set/", reauthentication_required(password_set), name="account_set_password"),
    path("accounts/2fa/totp/activate/", reauthentication_required(activate_totp), name="mfa_activate_totp"),
    path("accounts/2fa/webauthn/add/", reauthentication_required(add_webauthn), name="mfa_add_webauthn"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),  # of `allauth.urls`, without the pages about other providers
    path("sign-in/provider", provider_views.begin, name="provider_sign_in"),
    path("sign-in/provider/answer", provider_views.answer, name="provider_answer"),
    path("admin/", admin.site.urls),
    path("demo/outbox", demo.outbox, name="outbox"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]
