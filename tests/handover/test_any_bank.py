"""A client with a bank of another shape leaves and arrives with the same bank, figures and credit."""

import pytest

from assessments import results
from assessments.handover.import_client import import_client
from assessments.models import Assessment
from tests.handover.test_whole import forget_banks, handed
from tests.shaped_assessments import released, start_shaped
from tests.shapes import SHAPES


def shown(pk):
    return results.assessment_result(Assessment.objects.get(pk=pk), reader=None, may_read_comments=True)


@pytest.mark.parametrize("shape", ["mixed", "staged"])
def test_results_arrive_with_the_bank_and_its_credit(shape, northfield, alice):
    started, bank = start_shaped(SHAPES[shape](), northfield, alice)
    released(started, alice)
    before, file = shown(started.pk), handed(northfield)
    northfield.delete()
    forget_banks()
    import_client(handover=file, lead=alice, dry_run=False)
    after = shown(started.pk)
    assert (after.result, after.bank) == (before.result, bank)
    assert (after.bank.licence, after.bank.attribution) == (bank.licence, bank.attribution)
