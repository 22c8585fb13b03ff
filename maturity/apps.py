"""Django admin as this site runs it."""

from django.contrib.admin.apps import AdminConfig


class MaturityAdmin(AdminConfig):
    """The customised admin site in `admin_site.py`."""

    default_site = "maturity.admin_site.MaturityAdminSite"

    def ready(self) -> None:
        super().ready()
        from maturity import slow_queries

        slow_queries.watch()
