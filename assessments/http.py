"""Files as a browser saves them, and redirects that lead to a page of this site and nowhere else."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.text import slugify

MAX_NAME = 80  # characters of a name, without its ending


def attachment(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """An answer that is saved as `name`, not shown."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=content_type, headers=headers)


def file_name(*words: str, ending: str, otherwise: str) -> str:
    """A name that every file system takes: `northfield-q4-2026.pdf`. `otherwise` where no word has a Latin letter."""
    return f"{slugify(' '.join(words))[:MAX_NAME] or otherwise}.{ending}"


def is_within(target: str) -> bool:
    """Whether it is a path of this site, and can be written into a header."""
    return target.startswith("/") and target.isprintable() and url_has_allowed_host_and_scheme(target, None)


def redirect_within(request: HttpRequest, target: str | None, *, otherwise: str) -> HttpResponseRedirect:
    """To `target`, which came with the request, if it is a path here; to `otherwise`, which is ours, if not."""
    return HttpResponseRedirect(target if target and is_within(target) else otherwise)
