"""Addresses whose code is loaded when someone asks for one of them, not with the site."""

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class LazyResolver(URLResolver):
    """Reversed by `namespace:name` alone, so that nothing has to be known of it beforehand."""

    def _populate(self) -> None:
        """Django collects every name of the site for the first link of the first page: not these."""


def lazy_include(route: str, urlconf: str, *, app_name: str, namespace: str) -> URLResolver:
    """As `path(route, include(…))`, but `urlconf` is imported at the first request that starts with `route`."""
    return LazyResolver(RoutePattern(route, is_endpoint=False), urlconf, app_name=app_name, namespace=namespace)
