"""Count requests with duration and status, by URL name and never by the values in a URL."""

import hmac
import os
import time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

from .headers import GetResponse

REQUESTS = Counter("maturity_requests_total", "Requests by address and status.", ("method", "view", "status"))
SECONDS = Histogram(
    "maturity_request_seconds",
    "Seconds until a request was answered.",
    ("view",),
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
)
SAVES = Counter("maturity_saves_total", "Answers sent by a questionnaire page, by what became of them.", ("outcome",))
OUTCOMES = {  # by the status of `answer`
    200: "saved",
    400: "invalid",
    401: "signed_out",
    403: "refused",
    404: "refused",
    409: "closed_or_changed",
    503: "unavailable",
}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def middleware(get_response: GetResponse) -> GetResponse:
    def count(request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        view = (match.view_name if match else "") or "unknown"
        method = request.method if request.method in METHODS else "other"
        SECONDS.labels(view).observe(time.perf_counter() - begun)
        REQUESTS.labels(method, view, response.status_code).inc()
        if view == "answer":
            SAVES.labels(OUTCOMES.get(response.status_code, "other")).inc()
        return response

    return count


def registry() -> CollectorRegistry:
    """Return this process's metrics, or those of all processes that share the folder PROMETHEUS_MULTIPROC_DIR."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the metrics in Prometheus's text format if METRICS_TOKEN is sent, or else 404."""
    sent = request.headers.get("Authorization", "").encode()
    if not settings.METRICS_TOKEN or not hmac.compare_digest(sent, f"Bearer {settings.METRICS_TOKEN}".encode()):
        raise Http404
    from maturity import database_metrics

    text = generate_latest(registry()) + generate_latest(database_metrics.registry())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)
