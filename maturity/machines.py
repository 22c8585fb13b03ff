"""What machines ask of the site, and nobody reads: neither account, language nor second factor is looked for there."""

from django.http import HttpRequest

NAMES = frozenset({"healthz", "readyz", "metrics"})  # each is the name of an address, and its path


def is_asked_by_one(request: HttpRequest) -> bool:
    """By its path, before the address has been resolved."""
    return request.path[1:] in NAMES
