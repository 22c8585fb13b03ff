"""Why something is not shown: that too few people answered is said only where they did."""

from dataclasses import replace

import pytest

from assessments.scoring.suppression import WITHHELD
from assessments.wording.findings import finding
from assessments.wording.pillars import pillar_titles
from assessments.wording.remarks import remark, short_absence
from tests.charts import northfield


def withheld(people):
    """Northfield with the level of Ethics withheld, which so many answered."""
    result = northfield.result()
    ethics = next(row for row in result.pillars if row.key == "ethics")
    row = replace(ethics, status=WITHHELD, level=None, respondents=people)
    result = northfield.with_pillars(result, row)
    return row, northfield.view(replace(result, overall=replace(result.overall, level=None)))


@pytest.mark.parametrize("people", [1, 2])
def test_too_few_answered(people):
    row, view = withheld(people)
    assert short_absence(row) == "Not shown: too few people answered"
    assert remark(view.bank, row, few_people=False) == "level not shown: too few people"
    assert finding(view).endswith("too few people answered Ethics to show it")
    assert pillar_titles(view)["ethics"] == "Too few people answered Ethics to show its level"


@pytest.mark.parametrize("people", [3, 6])
def test_enough_answered_but_it_would_tell_what(people):
    row, view = withheld(people)
    assert short_absence(row) == "Not shown: it could reveal individual answers"
    assert remark(view.bank, row, few_people=False) == "level not shown: it could reveal answers"
    assert finding(view).endswith("the level of Ethics could reveal individual answers")
    assert "too few" not in pillar_titles(view)["ethics"].lower()
