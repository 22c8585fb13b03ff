"""Every table with a text or a person in it says whose its rows are and what becomes of them."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from assessments.privacy import NOT_PERSONAL, REGISTER, ErasurePolicy, label_of

TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
TYPED = (models.TextField, models.JSONField, models.EmailField)


def holds_something(model):
    return any(isinstance(field, TEXTS) or field.related_model is get_user_model() for field in own_fields(model))


def own_fields(model):
    return [*model._meta.concrete_fields, *model._meta.local_many_to_many]


def is_typed(field):
    """Whether a person may have typed what stands in it."""
    plain_words = isinstance(field, models.CharField) and not field.choices and field.name in ("name", "title", "owner")
    return isinstance(field, TYPED) or plain_words or field.name.endswith(("_text", "_link", "_name", "_by"))


def models_with_tables():
    """A proxy has none of its own."""
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def test_every_table_is_classified():
    """A new table: say in `assessments/privacy/register.py` whose its rows are, or that they are nobody's, and why."""
    found = {label_of(model) for model in models_with_tables() if holds_something(model)}
    assert found - set(REGISTER) - set(NOT_PERSONAL) == set()
    assert set(REGISTER) & set(NOT_PERSONAL) == set()


def test_nothing_is_classified_that_is_not_there():
    known = {label_of(model) for model in models_with_tables()}
    assert (set(REGISTER) | set(NOT_PERSONAL)) - known == set()


def classified_people():
    for model in models_with_tables():
        for field in model._meta.concrete_fields:
            if field.related_model is get_user_model():
                yield label_of(model), field.name


@pytest.mark.parametrize(("label", "name"), list(classified_people()))
def test_every_way_to_a_person_is_known(label, name):
    """A new column that leads to an account: is the row about that person, or was it made by them?"""
    entry = REGISTER[label]
    assert name in {path.split("__")[0] for path in (*entry.person, *entry.author)}


def typed_columns():
    for label, entry in REGISTER.items():
        for field in apps.get_model(label)._meta.concrete_fields:
            if is_typed(field) and not field.is_relation:
                yield label, field.name, entry


@pytest.mark.parametrize(("label", "name", "entry"), list(typed_columns()))
def test_every_typed_column_goes_is_emptied_or_says_why_it_stays(label, name, entry):
    assert entry.policy is ErasurePolicy.GOES or name in (*entry.emptied, *entry.authored, *entry.redacted, *entry.kept)
    if entry.author:
        assert name in (*entry.authored, *entry.redacted, *entry.kept, *entry.of_others), (
            "made for others: theirs, or what the maker wrote"
        )
