"""Settings of accounts: passwords, sign-in, the second factor and an organisation's own identity provider."""

import re
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from maturity.settings.base import DEMO, env

AUTH_USER_MODEL = "assessments.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "maturity.accounts.passwords.OwnWordsValidator"},
]
if env.bool("BREACHED_PASSWORDS", default=False):  # queries api.pwnedpasswords.com
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "maturity.accounts.passwords.BreachedPasswordValidator"})
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_ADAPTER = "maturity.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True  # people who joined by invitation have no password yet
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60  # seconds
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 5  # times
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "maturity.accounts.forms.SignInForm",
    "signup": "maturity.accounts.forms.SignUpForm",
    "add_email": "maturity.accounts.forms.AddressForm",
    "change_email": "maturity.accounts.forms.CorrectionForm",
    "reset_password": "maturity.accounts.forms.ResetForm",
    "request_login_code": "maturity.accounts.forms.CodeForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_RATE_LIMITS = {  # in addition to allauth's own
    "ask_for_new_link": "20/h/ip",
    "provider": "60/m/ip",
    "resend_code": "20/m/ip,3/m/key",
    "shared_result_code": "60/h/ip,20/h/key",
    "join_workshop": "30/m/ip,60/h/ip",  # wrong codes
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # about a new password, address or second factor
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXY_COUNT", default=0)
SECOND_FACTOR_REQUIRED: bool = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)  # for consultants and staff
MFA_ADAPTER = "maturity.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "maturity.accounts.passkey_forms.AddForm",
    "login_webauthn": "maturity.accounts.passkey_forms.PasskeySignInForm",
    "authenticate_webauthn": "maturity.accounts.passkey_forms.SecondStepForm",
    "reauthenticate_webauthn": "maturity.accounts.passkey_forms.OnceMoreForm",
}
MFA_TOTP_ISSUER = "AI leadership maturity"

# An organisation's own identity provider (OpenID Connect); none without OIDC_SERVER
OIDC_SERVER: str = env.str("OIDC_SERVER", default="").rstrip("/")
OIDC_NAME: str = env.str("OIDC_NAME", default="")
OIDC_CLIENT_ID: str = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET: str = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_DOMAINS: list[str] = [domain.lower().lstrip("@") for domain in env.list("OIDC_DOMAINS", default=[])]
OIDC_ADDRESSES_PROVEN: bool = env.bool("OIDC_ADDRESSES_PROVEN", default=False)
OIDC_SECOND_FACTOR: bool = env.bool("OIDC_SECOND_FACTOR", default=False)
if OIDC_SERVER and not (OIDC_NAME and OIDC_CLIENT_ID and OIDC_DOMAINS):
    raise ImproperlyConfigured("OIDC_SERVER needs OIDC_NAME, OIDC_CLIENT_ID and OIDC_DOMAINS as well.")
if OIDC_SERVER and not re.match(r"https://|http://(127\.0\.0\.1|localhost)(:\d+)?(/|$)", OIDC_SERVER):
    raise ImproperlyConfigured("OIDC_SERVER does not begin with https://.")
SOCIALACCOUNT_ADAPTER = "maturity.accounts.provider.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # after the first sign-in, match by the provider's user id
