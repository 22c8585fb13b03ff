"""Finding the rows that belong to a person."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Model, Q, QuerySet

from assessments.models import User

from .register import REGISTER, TableEntry


def tables() -> Iterator[tuple[type[Model], TableEntry]]:
    """Every table with personal data, and its entry."""
    for label, entry in REGISTER.items():
        yield apps.get_model(label), entry


def label_of(model: type[Model]) -> str:
    """The label of a model, such as `assessments.Answer`."""
    return f"{model._meta.app_label}.{model._meta.object_name}"


def rows_about(user: User, model: type[Model], entry: TableEntry) -> QuerySet[Model]:
    """Rows that belong to this person."""
    owned = Q(pk__in=[])
    for path in entry.person:
        owned |= Q(**{path: user.pk})
    if entry.email:
        for email in addresses_of(user):
            owned |= Q(**{f"{entry.email}__iexact": email})
    return model._default_manager.filter(pk__in=model._default_manager.filter(owned).values("pk"))


def rows_by(user: User, model: type[Model], entry: TableEntry) -> QuerySet[Model]:
    """Rows that this person made for or about others."""
    written = Q(pk__in=[])
    for path in entry.author:
        written |= Q(**{path: user.pk})
    own = rows_about(user, model, entry).values("pk")
    rows = model._default_manager.filter(written).exclude(pk__in=own)
    return rows.exclude(**entry.unless) if entry.unless else rows


def addresses_of(user: User) -> set[str]:
    """Every verified address of this person, but none they only started to register."""
    proven = dict(EmailAddress.objects.filter(user=user).values_list("email", "verified"))
    return {email for email, is_proven in ({user.email: True} | proven).items() if is_proven}
