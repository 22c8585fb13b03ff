"""Who may call a view, and how."""

from collections.abc import Callable
from typing import Concatenate, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.models import User


class UserRequest(HttpRequest):
    """A request whose user has signed in."""

    user: User


type View[**P, R: HttpResponseBase] = Callable[Concatenate[HttpRequest, P], R]
type UserView[**P, R: HttpResponseBase] = Callable[Concatenate[UserRequest, P], R]


def signed_in[**P, R: HttpResponseBase](methods: str) -> Callable[[UserView[P, R]], View[P, HttpResponseBase]]:
    """Require sign-in, respond to other `methods` ("GET", "POST", "GET, POST") with 405, and disable caching."""
    allowed = methods.replace("GET", "GET, HEAD").split(", ")

    def decorate(view: UserView[P, R]) -> View[P, HttpResponseBase]:
        guarded = login_required(never_cache(require_http_methods(allowed)(view)))
        return cast("View[P, HttpResponseBase]", guarded)

    return decorate
