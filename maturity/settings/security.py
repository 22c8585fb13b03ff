"""Settings of browser security beyond Django's defaults: content policy, browser features, HTTPS, sessions and cookies."""

from django.utils.csp import CSP

from maturity.settings.accounts import ALLAUTH_TRUSTED_PROXY_COUNT
from maturity.settings.base import HTTPS, env

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
