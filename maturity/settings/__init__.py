"""All settings, from the environment or the local `.env`; `.env.example` lists each variable with its default. Those of sign-in
are in `accounts.py`, those of browsers, sessions and cookies in `security.py`.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from maturity.logs import log_settings
from maturity.settings.accounts import *  # noqa: F403
from maturity.settings.base import *  # noqa: F403
from maturity.settings.base import BASE_DIR, DEBUG, DEMO, STATE_DIR, env
from maturity.settings.security import *  # noqa: F403

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

# Metrics for monitoring, at /metrics; 404 without a token
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")

# Logs: every line has the id of its request, and of the assessment that the request is about
SLOW_QUERY_MS: int = env.int("SLOW_QUERY_MS", default=0)  # queries that take longer are logged; 0: none
LOG_FORMAT = env.str("LOG_FORMAT", default="line")
if LOG_FORMAT not in ("line", "json"):
    raise ImproperlyConfigured("LOG_FORMAT is neither line nor json.")
LOGGING = log_settings(LOG_FORMAT, env.str("LOG_LEVEL", default="INFO"))
