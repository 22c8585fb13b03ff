"""The demonstration's outbox: e-mails that would have been sent. Only with DEMO=1 and only from this machine."""

import email
import email.policy
import ipaddress
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
    if not (settings.DEMO and _is_from_this_machine(request)):
        raise Http404
    files = sorted(settings.OUTBOX.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    emails = [email for file in files[:50] for email in _emails(file.read_bytes())]
    return render(request, "assessments/demo/outbox.html", {"emails": emails})


def _is_from_this_machine(request: HttpRequest) -> bool:
    """Check the socket's peer. Any forwarding header fails: the peer is then a proxy, not the reader."""
    if any(request.headers.get(name) for name in ("Forwarded", "Via", "X-Forwarded-For", "X-Real-IP")):
        return False
    try:
        peer = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a Unix socket, so there is a proxy in front
        return False
    return (getattr(peer, "ipv4_mapped", None) or peer).is_loopback


def _emails(content: bytes) -> list[dict[str, str]]:
    """Return the e-mails of one file of Django's file-based backend, which separates them by 79 hyphens."""
    parts = [part.strip() for part in re.split(rb"^-{79}$", content, flags=re.MULTILINE)]
    return [_email(email.message_from_bytes(part, policy=email.policy.default)) for part in reversed(parts) if part]


def _email(message: EmailMessage) -> dict[str, str]:
    body = message.get_body(("plain",))
    return {
        "to": message["to"],
        "subject": message["subject"],
        "date": message["date"],
        "text": body.get_content() if body else "",
    }
