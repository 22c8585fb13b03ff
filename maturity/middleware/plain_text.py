"""Clean pasted text of invisible characters, such as Word's line break, a bell or half an emoji. They are removed with
`tidy` before any view or form reads the data; a form without such characters is left unchanged.

NUL stays, because Django's forms reject it with a message.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from assessments.forms.text import tidy

UNSEEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class PlainTextMiddleware:
    """Runs in `process_view`, where the CSRF check has already parsed the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if request.method == "POST" and request.content_type in FORMS and _has_unseen(request.POST):
            request.POST = _tidied(request.POST)  # type: ignore[assignment]  # made immutable below


def _has_unseen(sent: QueryDict) -> bool:
    return any(UNSEEN.search(value) for _name, values in sent.lists() for value in values)


def _tidied(sent: QueryDict) -> QueryDict:
    made = sent.copy()
    for name, values in sent.lists():
        made.setlist(name, [tidy(value) if UNSEEN.search(value) else value for value in values])
    made._mutable = False
    return made
