"""Who may call a view, and how."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments.models import User

from .shared_results import link_on


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


def signed_in_or_shared[**P, R: HttpResponseBase](view: View[P, R]) -> View[P, HttpResponseBase]:
    """Let GET requests through from people who signed in, and from browsers that may read the result `pk` by a link."""
    for_users = signed_in("GET")(cast("UserView[P, R]", view))
    for_links = cast("View[P, HttpResponseBase]", never_cache(require_safe(view)))

    @wraps(view)
    def choose(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        by_link = not request.user.is_authenticated and link_on(request, cast("UUID", kwargs["pk"])) is not None
        return (for_links if by_link else for_users)(request, *args, **kwargs)

    return choose
