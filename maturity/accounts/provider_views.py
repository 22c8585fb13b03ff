"""Sign-in at the organisation's provider: the redirect and the callback. 404 if none is configured."""

from collections.abc import Callable
from functools import wraps

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from .provider import logger, refused

type View = Callable[[HttpRequest], HttpResponse]


def require_provider(view: View) -> View:
    """Rate-limit the view, because each visit queries the provider; explain if the provider fails. 404 without one."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.OIDC_SERVER:
            raise Http404
        limited: HttpResponse | None = ratelimit.consume_or_429(request, action="provider", limit_get=True)
        if limited:
            return limited
        from requests import RequestException

        try:
            return view(request)
        except (RequestException, KeyError, ValueError) as problem:
            logger.warning("The provider of sign-in does not answer as it should: %r", problem)
            return refused(request, "unreachable", status=503)

    return guarded


@never_cache
@require_GET
@require_provider
def begin(request: HttpRequest) -> HttpResponse:
    """Redirect to the provider. Reached by a link, because our CSP forbids forms that lead to other sites."""
    from . import openid

    if request.user.is_authenticated:
        return redirect("home")
    return openid.begin(request, get_next_redirect_url(request))


@never_cache
@require_GET
@require_provider
def answer(request: HttpRequest) -> HttpResponse:
    from . import openid

    return openid.finish(request)
