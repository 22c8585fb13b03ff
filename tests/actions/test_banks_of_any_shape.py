"""Banks of format 2 as rows: nothing is lost on the way in and out, and nothing changes once published."""

import pathlib

import pytest
from django.db import IntegrityError, connection, transaction

from assessments import results
from assessments.actions import banks
from assessments.formats.bank import read_bank
from assessments.formats.dump import checksum, dump_bank
from assessments.models import BankVersion

PRACTICES = pathlib.Path(__file__).parents[1] / "formats" / "banks" / "practices.yaml"


@pytest.fixture
def version(db):
    return banks.load(bank=read_bank(PRACTICES))[0]


def test_rows_give_back_the_bank(version):
    bank = read_bank(PRACTICES)
    assert results.bank_of(version) == bank
    assert dump_bank(results.bank_of(version)) == dump_bank(bank)
    assert banks.load(bank=bank) == (version, False)


@pytest.mark.parametrize(
    "change",
    ["attribution = 'x'", "format = 1", "scale = '[]'", "gate = '{}'", "index_of = 'pillars'", "groups = '[]'"],
)
def test_the_shape_of_a_published_version_never_changes(version, change):
    BankVersion.objects.filter(pk=version.pk).update(state="published", published_at="2026-01-01T00:00Z", checksum="x")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE assessments_bankversion SET {change}")


def test_a_bank_of_any_shape_is_published_with_its_checksum(version):
    assert banks.publish(version=version)
    assert version.state == "published"
    assert version.checksum == checksum(results.bank_of(version))
