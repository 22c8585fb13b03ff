"""Invented clients of one consultancy, to explore the product: marked in their names, and removable.

Their people belong to it alone: no one can sign in as one of them, and their addresses cannot receive e-mail.
"""

from collections.abc import Iterable
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import audit
from assessments.formats.problems import ProblemsError
from assessments.models import BankVersion, Consultancy, Engagement, Organisation, User

from .demonstration import PREPARED, Play, seat
from .story import StoryClient, read_story

NOWHERE = "@demo.invalid"  # a domain that can never exist, RFC 2606
MORE = 2  # engagements start this many times PREPARED before the first round


class NoDemoError(Exception):
    """No published bank matches the demonstration's answers; nothing was changed."""


@transaction.atomic
def add(*, consultancy: Consultancy, version: BankVersion | None, by: User) -> None:
    """Create the demonstration's clients, engaged to `consultancy`; does nothing if it has any already.

    An assessment whose own version is not published here uses `version`. Raises NoDemoError if its bank is another.
    """
    Consultancy.objects.locked(consultancy.pk)
    if Engagement.objects.filter(consultancy=consultancy, organisation__is_demo=True).exists():
        return
    if version is None:
        raise NoDemoError
    try:
        for client in read_story().clients:
            _add(client, consultancy, version, by)
    except ProblemsError as problem:
        raise NoDemoError from problem


def _add(client: StoryClient, consultancy: Consultancy, version: BankVersion, by: User) -> None:
    since = client.assessments[0].opened_at - MORE * PREPARED
    organisation = Organisation.objects.create(
        name=_("%(name)s (demo)") % {"name": client.name}, time_zone=client.time_zone, is_demo=True, created_at=since
    )
    people = _people(client)
    seat(organisation, client, people)
    Engagement.objects.create(consultancy=consultancy, organisation=organisation, since=since.date())
    audit.record(by=by, verb=audit.Verb.DEMO_ADDED, what=organisation)
    published = {each.version: each for each in BankVersion.objects.published().filter(bank=version.bank_id)}
    for entry in client.assessments:
        used = published.get(entry.bank_version, version)
        if used.has_subset(entry.subset):
            Play(client, organisation, people, used, entry).run()


def _people(client: StoryClient) -> dict[str, User]:
    """Create inactive accounts, one per person of the story."""
    mark = uuid4().hex[:12]
    users = User.objects.bulk_create(
        User(email=f"{person.id}.{mark}{NOWHERE}", name=person.name, is_active=False, password=make_password(None))
        for person in client.people
    )
    return {person.id: user for person, user in zip(client.people, users, strict=True)}


@transaction.atomic
def remove(*, organisations: Iterable[Organisation], by: User) -> None:
    """Delete invented clients with all their data, and their invented people. Real ones are kept."""
    clients = Organisation.objects.filter(pk__in=[organisation.pk for organisation in organisations], is_demo=True)
    people = User.objects.filter(memberships__organisation__in=clients, email__endswith=NOWHERE)
    keys = list(people.values_list("pk", flat=True))
    for organisation in clients:
        audit.record(by=by, verb=audit.Verb.DEMO_REMOVED, what=organisation)
        organisation.delete()
    User.objects.filter(pk__in=keys).delete()
