"""Where a request may send its reader: to a page of this site, and nowhere else."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def is_within(target: str) -> bool:
    """Whether it is a path of this site, and can be written into a header."""
    return target.startswith("/") and target.isprintable() and url_has_allowed_host_and_scheme(target, None)


def redirect_within(request: HttpRequest, target: str | None, *, otherwise: str) -> HttpResponseRedirect:
    """To `target`, which came with the request, if it is a path here; to `otherwise`, which is ours, if not."""
    return HttpResponseRedirect(target if target and is_within(target) else otherwise)
