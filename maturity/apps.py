"""Django admin as this site runs it."""

from django.contrib.admin.apps import AdminConfig


class HouseAdmin(AdminConfig):
    """Themed and guarded: see `admin_site.py`."""

    default_site = "maturity.admin_site.HouseAdminSite"
