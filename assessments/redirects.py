"""Where a request may send its reader: to a page of this site, and nowhere else."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def redirect_within(request: HttpRequest, target: str | None, *, otherwise: str) -> HttpResponseRedirect:
    """To `target`, which came with the request, if it is a path here; to `otherwise`, which is ours, if not."""
    here = (
        target is not None
        and target.startswith("/")
        and target.isprintable()
        and url_has_allowed_host_and_scheme(target, None, require_https=request.is_secure())
    )
    return HttpResponseRedirect(target if here and target else otherwise)
