"""Files as a browser saves them."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

LONGEST = 80  # characters of a name, without its ending


def attachment(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """An answer that is saved as `name`, not shown."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=content_type, headers=headers)


def file_name(*words: str, ending: str, otherwise: str) -> str:
    """A name that every file system takes: `northfield-q4-2026.pdf`. `otherwise` where no word has a Latin letter."""
    return f"{slugify(' '.join(words))[:LONGEST] or otherwise}.{ending}"
