"""Every table goes along in a hand-over or says why not, and so does every column of those that do."""

import pytest
from django.apps import apps

from assessments.handover.columns import STAYS, TRAVELS
from assessments.privacy import label_of


def models_with_tables():
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def test_every_table_travels_or_stays():
    """A new table: say in `assessments/handover/columns.py` whether it belongs to a client, and let it go along if so."""
    found = {label_of(model) for model in models_with_tables()}
    assert found - set(TRAVELS) - set(STAYS) == set()
    assert (set(TRAVELS) | set(STAYS)) - found == set()
    assert set(TRAVELS) & set(STAYS) == set()


@pytest.mark.parametrize("label", TRAVELS)
def test_every_column_travels_or_stays(label):
    there = {field.name for field in apps.get_model(label)._meta.concrete_fields}
    travelling, staying = set(TRAVELS[label].columns), set(TRAVELS[label].stays)
    assert there == travelling | staying
    assert travelling & staying == set()
