"""Which accounts staff may change, and who may grant rights. docs/security.md has the table.

A right is any access beyond one's own answers: to the admin, or to a client as its lead or consultant.
Anyone able to grant one could grant it to themselves, or to an account they create.
"""

from typing import Any

from django.http import HttpRequest

from assessments import access
from assessments.models import User


def may_give_rights(request: HttpRequest) -> bool:
    return access.require_user(request.user).is_superuser


def may_change(request: HttpRequest, person: User | None) -> bool:
    """Protect accounts with rights: setting someone's password or address is enough to take over their account."""
    return may_give_rights(request) or person is None or not has_rights(person)


def has_rights(person: User) -> bool:
    return (
        person.is_superuser
        or person.is_staff
        or person.groups.exists()
        or person.user_permissions.exists()
        or person.consultancies.exists()
    )


class SuperuserGrantsMixin:
    """Rows that grant rights. Other staff may view them if they have permission."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_give_rights(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_give_rights(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_give_rights(request)
