"""What people paste holds characters that they do not see: Word's line break, a bell, half an emoji. They are taken out of
every form once, before any view or form reads it, as `tidy` does; a form without such a character is left as it is.

A null stays: Django's forms refuse it in words.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from assessments.forms.text import tidy

UNSEEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class PlainTextMiddleware:
    """Reads a form where the check against forgery has read it already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if request.method == "POST" and request.content_type in FORMS and _has_unseen(request.POST):
            request.POST = _tidied(request.POST)  # type: ignore[assignment]  # it becomes immutable below


def _has_unseen(sent: QueryDict) -> bool:
    return any(UNSEEN.search(value) for _name, values in sent.lists() for value in values)


def _tidied(sent: QueryDict) -> QueryDict:
    made = sent.copy()
    for name, values in sent.lists():
        made.setlist(name, [tidy(value) if UNSEEN.search(value) else value for value in values])
    made._mutable = False
    return made
