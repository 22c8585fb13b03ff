"""Django admin as this site runs it."""

from django.contrib.admin.apps import AdminConfig


class HouseAdmin(AdminConfig):
    """Themed and guarded: see `assessments/admin/site.py`."""

    default_site = "assessments.admin.site.HouseAdminSite"
