"""Django admin as this site runs it."""

from django.contrib.admin.apps import AdminConfig


class HouseAdmin(AdminConfig):
    """Themed and guarded: see `workshop.py`."""

    default_site = "maturity.workshop.HouseAdminSite"
