"""URL patterns whose modules are imported at their first request instead of at start-up."""

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class LazyResolver(URLResolver):
    """Can be reversed by `namespace:name` only, so its patterns need not be loaded in advance."""

    def _populate(self) -> None:
        """Load nothing here: Django would otherwise collect all URL names for the first link of the first page."""


def lazy_include(route: str, urlconf: str, *, app_name: str, namespace: str) -> URLResolver:
    """Like `path(route, include(…))`, but `urlconf` is imported at the first request starting with `route`."""
    return LazyResolver(RoutePattern(route, is_endpoint=False), urlconf, app_name=app_name, namespace=namespace)
