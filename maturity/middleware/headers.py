"""Security headers that Django does not set itself: Permissions-Policy, Cross-Origin-Resource-Policy and Cache-Control.

The Content Security Policy (`SECURE_CSP`), HSTS and the others are in `settings.py`."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Nothing of the device is used; keys for signing in are, by this site alone
POLICY = ", ".join(
    [
        *(
            f"{name}=()"
            for name in (
                *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation"),
                *("gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment"),
                *("picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking", "browsing-topics"),
            )
        ),
        "fullscreen=(self)",
        "clipboard-write=(self)",
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
    ]
)


def middleware(get_response: GetResponse) -> GetResponse:
    """What is answered to someone with a session is kept by no one, unless a view said otherwise."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return handle
