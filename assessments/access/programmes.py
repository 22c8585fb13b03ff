"""Who may see and change the programme of an organisation: its leads and consultants."""

from uuid import UUID

from django.http import Http404

from assessments.models import Organisation, Programme, User

from .brands import organisation_for


def programme_of(organisation: Organisation) -> Programme | None:
    """The current programme of an organisation from `organisation_for`, or None."""
    return Programme.objects.of(organisation)


def programme_for(user: User, pk: UUID) -> Programme:
    """The current programme of the organisation `pk`, which `user` leads or serves."""
    programme = programme_of(organisation_for(user, pk))
    if programme is None:
        raise Http404
    return programme
