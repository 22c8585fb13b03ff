"""Compresses pages where no server in front of this one does, as in `make demo`.

Against BREACH, which reads a secret off the length of compressed pages: Django pads each response by a random length,
form tokens are masked differently in every response, and cookies are not sent with another site's requests for data.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/html", "application/json", "image/svg+xml")  # PDF and Office files are compressed in themselves


class CompressionMiddleware(GZipMiddleware):
    """Django's, for text only."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
