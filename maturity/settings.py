"""All settings, from the environment or the local `.env`; `.env.example` lists each variable with its default."""

import re
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from maturity.environment import Env
from maturity.logs import log_settings
from maturity.places import RESOURCES, state_folder

BASE_DIR, STATE_DIR = RESOURCES, state_folder()  # what came with the product, only read; what this site writes
env = Env()
env.read_env(STATE_DIR / ".env")

SECRET_KEY: str = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Run `make setup`, or set it in the environment (see .env.example)."
    )

SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG: bool = env.bool("DEBUG", default=False)
DEMO: bool = env.bool("DEMO", default=False)
HTTPS: bool = env.bool("HTTPS", default=not (DEBUG or DEMO))
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS: list[str] = LOOPBACK if DEMO else env.list("ALLOWED_HOSTS", default=LOOPBACK)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "maturity.urls"
WSGI_APPLICATION = "maturity.wsgi.application"

INSTALLED_APPS = [
    "maturity.apps.MaturityAdmin",
    "assessments",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",  # models and rules; the protocol is imported on first use
    "crispy_forms",
    "django_tasks_db",
]

MIDDLEWARE = [
    "maturity.middleware.request_id.middleware",
    "maturity.middleware.metrics.middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "maturity.middleware.compression.CompressionMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "maturity.middleware.headers.middleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "maturity.middleware.refusals.for_programs",
    "maturity.middleware.refusals.refuse_nul",
    "maturity.middleware.body_limit.middleware",
    "maturity.middleware.api_https_only.middleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "maturity.middleware.probes.middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "maturity.middleware.plain_text.PlainTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "maturity.accounts.sessions.SessionMiddleware",
    "maturity.middleware.language.middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "maturity.middleware.refusals.for_people",
    "maturity.middleware.second_factor.SecondFactorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "libraries": {"i18n": "assessments.templatetags.isolating_i18n"},
            "builtins": [  # no template loads these
                *("assessments.templatetags.isolating_i18n", "django.templatetags.static"),
                *("crispy_forms.templatetags.crispy_forms_tags", "crispy_forms.templatetags.crispy_forms_filters"),
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["maturity.template_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assessments.context_processors.site",
            ],
        },
    }
]
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # `i18n` is ours on purpose: it isolates what sentences are given
CRISPY_TEMPLATE_PACK = "forms"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("forms",)

# Database: SQLite with durable writes by default, PostgreSQL with DATABASE_URL
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{STATE_DIR}/db.sqlite3")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a deferred one can fail with "database is locked" at its first write
        "timeout": 5,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        ),
    }
elif env.bool("PREPARED_STATEMENTS", default=False):  # not with a pooler that changes connections between statements
    DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=5)
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)  # SQLite checkpoints at every last close
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CACHE_OPTIONS = {"MAX_ENTRIES": 10_000}  # Django's default of 300 would evict rate limits and used codes
CACHES = {"default": {"BACKEND": "maturity.cache.LoudDatabaseCache", "LOCATION": "cache", "OPTIONS": CACHE_OPTIONS}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# People
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

# Language
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # each in its own words
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "maturity.formats"
TIME_ZONE = "UTC"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "assessments.staticfiles.PackageFinder",
]
STORAGES = {
    "default": {  # shared by all web servers: a mounted folder or an object store
        "BACKEND": env.str("STORAGE_BACKEND", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("STORAGE_OPTIONS", default={}),
    },
    "evidence": {  # files behind answers: a folder below MEDIA_ROOT, or an object store
        "BACKEND": env.str("EVIDENCE_STORAGE_BACKEND", default="assessments.uploads.storage.FolderStorage"),
        "OPTIONS": env.json("EVIDENCE_STORAGE_OPTIONS", default={}),
    },
    "staticfiles": {"BACKEND": "assessments.staticfiles.HashedStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT: str = env.str("MEDIA_ROOT", default=str(STATE_DIR / "media"))

# E-mail: through the local mail server; in the demo into files, shown at /demo/outbox
OUTBOX = STATE_DIR / "media" / "outbox"
TIMEOUTS = {"default": 30, "waited_for": 5}  # seconds per response; "waited_for" is for codes
if DEMO:
    to_files = {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": str(OUTBOX)}}
    MAILERS = dict.fromkeys(TIMEOUTS, to_files)
else:
    MAILERS = env.mailers("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25", timeouts=TIMEOUTS)
SITE_URL: str = env.str("SITE_URL", default="http://127.0.0.1:8000/")  # for e-mails that are not triggered by a request
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="AI leadership maturity <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Retention in days; None keeps forever. `assessments/privacy/retention.py` says what each covers, and
# `manage.py run_due --dry-run` counts the rows past their period.
PERIODS = (
    "DRAFTS=90 LINKS=90 UNPROVEN=30 TOKENS=90 ADMIN_LOG=365 QUEUE=7"
    " EMAILS=30 SESSIONS=1 DELETED=30 NAMES=30 GUESTS=1 ROUNDS= IDLE="
)
KEEP_DAYS: dict[str, int | None] = {
    name: int(days) if (days := env.str(f"KEEP_{name}_DAYS", default=default)) else None
    for name, _equals, default in (period.partition("=") for period in PERIODS.split())
}
KEPT_REPORTS_MB: int = env.int("KEPT_REPORTS_MB", default=500)  # cached PDFs, kept for a week at most
PRIVACY_CONTACT: str = env.str("PRIVACY_CONTACT", default="")  # an address or a link, shown on the privacy page

# Limits: one POST with 56 questions and comments of 10,000 characters, and little more
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
BODY_LIMIT = 9 * 1024 * 1024  # including files; the same as in deploy/nginx-locations.conf
HAND_OVER_LIMIT = 200 * 1024 * 1024

# Evidence: the files behind answers
EVIDENCE_MB: int = env.int("EVIDENCE_MB", default=20)  # of one file
EVIDENCE_TOTAL_MB: int = env.int("EVIDENCE_TOTAL_MB", default=500)  # of one organisation's register
EVIDENCE_PERSON_MB: int = env.int("EVIDENCE_PERSON_MB", default=100)  # of one person's files outside of the register
EVIDENCE_KEY: str = env.str("EVIDENCE_KEY", default="")  # encrypts new files; without it they are stored as they are
EVIDENCE_KEY_FALLBACKS: list[str] = env.list("EVIDENCE_KEY_FALLBACKS", default=[])
CLAMD_URL: str = env.str("CLAMD_URL", default="")  # the virus scanner; without one files are not scanned

# Browser security, beyond Django's defaults
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],  # the QR code of the second factor
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
UNUSED_FEATURES = (  # browser features
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media geolocation gyroscope hid idle-detection "
    "magnetometer microphone midi payment picture-in-picture screen-wake-lock serial usb xr-spatial-tracking"
)
OWN_FEATURES = "clipboard-write fullscreen publickey-credentials-create publickey-credentials-get"
PERMISSIONS_POLICY = {**dict.fromkeys(UNUSED_FEATURES.split(), "none"), **dict.fromkeys(OWN_FEATURES.split(), "self")}
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
PROBE_PATHS = ("healthz", "readyz", "metrics")  # internal, addressed by the server's own name or IP
SECURE_REDIRECT_EXEMPT = [r"^api/", *(rf"^{name}$" for name in PROBE_PATHS)]  # api_https_only.py refuses plain HTTP
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_ENGINE = "maturity.accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60  # since sign-in, however active
SESSION_IDLE_MINUTES: int = env.int("SESSION_IDLE_MINUTES", default=120)  # of inactivity; 0 means no idle limit
COOKIES = "__Host-" if HTTPS else ""  # browsers accept such a cookie only from this host and over HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIES}sessionid", f"{COOKIES}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIES}django_language"
MESSAGE_STORAGE = "maturity.message_storage.MessageStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "assessments.views.answering.csrf_failure"

# Metrics for monitoring, at /metrics; 404 without a token
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")

# Logs: every line has the id of its request, and of the assessment that the request is about
SLOW_QUERY_MS: int = env.int("SLOW_QUERY_MS", default=0)  # queries that take longer are logged; 0: none
LOG_FORMAT = env.str("LOG_FORMAT", default="line")
if LOG_FORMAT not in ("line", "json"):
    raise ImproperlyConfigured("LOG_FORMAT is neither line nor json.")
LOGGING = log_settings(LOG_FORMAT, env.str("LOG_LEVEL", default="INFO"))
