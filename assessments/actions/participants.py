"""Correcting a person on the list of an open assessment."""

from django.db import transaction

from assessments import audit
from assessments.models import Participant, User

from . import invitations
from .assessments import WrongStateError


class AddressTakenError(Exception):
    """Someone else on the list has this address; nothing was changed."""


@transaction.atomic
def correct(*, participant: Participant, name: str, function: str, by: User, base_url: str, email: str = "") -> bool:
    """Correct a person's name and function and, before they have joined, the address; returns whether it was changed.

    A changed address gets a new invitation, and the old link stops working. Raises WrongStateError unless the
    assessment is open, AddressTakenError, HasJoinedError, TooOftenError.
    """
    current = Participant.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=participant.pk)
    if not current.assessment.is_open:
        raise WrongStateError
    current.name, current.function = name, function
    current.save(update_fields=["name", "function"])
    audit.record(by=by, verb=audit.Verb.CORRECTED, what=current)
    if not email or email.lower() == invitations.address_of(current).lower():
        return False
    if email.lower() in invitations.addresses_of(current.assessment):
        raise AddressTakenError
    invitations.send_again(participant=current, by=by, base_url=base_url, email=email.lower())
    return True
