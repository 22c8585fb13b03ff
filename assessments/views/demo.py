"""The demonstration's outbox: mail that would have been sent. Exists only with DEMO=1, on this machine."""

import email
import email.policy
import re
from email.message import EmailMessage

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    files = sorted(settings.OUTBOX.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    letters = [letter for file in files[:50] for letter in _letters(file.read_bytes())]
    return render(request, "assessments/demo/outbox.html", {"letters": letters})


def _letters(content: bytes) -> list[dict[str, str]]:
    """The mails of one file, as the file-based backend writes them: parted by a line of 79 hyphens."""
    parts = [part.strip() for part in re.split(rb"^-{79}$", content, flags=re.MULTILINE)]
    return [_letter(email.message_from_bytes(part, policy=email.policy.default)) for part in reversed(parts) if part]


def _letter(message: EmailMessage) -> dict[str, str]:
    body = message.get_body(("plain",))
    return {
        "to": message["to"],
        "subject": message["subject"],
        "date": message["date"],
        "text": body.get_content() if body else "",
    }
