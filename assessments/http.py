"""File downloads, and redirects restricted to pages of this site."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.text import slugify

MAX_NAME = 80  # characters, without the extension


def attachment(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """A response that browsers save as `name` instead of displaying it."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=content_type, headers=headers)


def file_name(*words: str, ending: str, otherwise: str) -> str:
    """A portable file name, such as `northfield-q4-2026.pdf`, using `otherwise` if `words` have no Latin letters."""
    return f"{slugify(' '.join(words))[:MAX_NAME] or otherwise}.{ending}"


def is_within(target: str) -> bool:
    """Whether `target` is a path on this site that is safe in a header."""
    return target.startswith("/") and target.isprintable() and url_has_allowed_host_and_scheme(target, None)


def redirect_within(request: HttpRequest, target: str | None, *, otherwise: str) -> HttpResponseRedirect:
    """Redirect to `target`, from the request, if it is a path on this site; if not, to the trusted `otherwise`."""
    return HttpResponseRedirect(target if target and is_within(target) else otherwise)
