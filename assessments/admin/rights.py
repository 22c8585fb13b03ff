"""What staff may do to whose account, and who may give rights. docs/security.md says it in a table.

A right is what opens more than one's own answers: the admin, and a client as its lead, its consultant or its firm.
Anyone who could give one could give it to themselves, or to an account that they made for it.
"""

from typing import Any

from django.http import HttpRequest

from assessments import access
from assessments.models import User


def may_give_rights(request: HttpRequest) -> bool:
    return access.require_user(request.user).is_superuser


def may_change(request: HttpRequest, person: User | None) -> bool:
    """Anyone who can set someone's password or address can be them: no one becomes more than they are."""
    return may_give_rights(request) or person is None or not has_rights(person)


def has_rights(person: User) -> bool:
    return (
        person.is_superuser
        or person.is_staff
        or person.groups.exists()
        or person.user_permissions.exists()
        or person.consultancies.exists()
    )


class GivenBySuperusers:
    """Rows that are rights: others of the staff may look at them, where they may do that."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_give_rights(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_give_rights(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_give_rights(request)
