"""From a person to the rows that are theirs."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Model, Q, QuerySet

from assessments.models import User

from .register import HELD, Held


def tables() -> Iterator[tuple[type[Model], Held]]:
    """Every table with rows about people."""
    for label, held in HELD.items():
        yield apps.get_model(label), held


def label_of(model: type[Model]) -> str:
    """`assessments.Answer`."""
    return f"{model._meta.app_label}.{model._meta.object_name}"


def rows_about(user: User, model: type[Model], held: Held) -> QuerySet[Model]:
    """Rows that are this person's own."""
    mine = Q(pk__in=[])
    for path in held.about:
        mine |= Q(**{path: user.pk})
    if held.address:
        for email in addresses_of(user):
            mine |= Q(**{f"{held.address}__iexact": email})
    return model._default_manager.filter(pk__in=model._default_manager.filter(mine).values("pk"))


def rows_by(user: User, model: type[Model], held: Held) -> QuerySet[Model]:
    """Rows that this person made about others."""
    made = Q(pk__in=[])
    for path in held.by:
        made |= Q(**{path: user.pk})
    own = rows_about(user, model, held).values("pk")
    rows = model._default_manager.filter(made).exclude(pk__in=own)
    return rows.exclude(**held.not_by) if held.not_by else rows


def addresses_of(user: User) -> set[str]:
    """Every address that is proven to be this person's; not one that they only began to register."""
    proven = dict(EmailAddress.objects.filter(user=user).values_list("email", "verified"))
    return {email for email, is_proven in ({user.email: True} | proven).items() if is_proven}
