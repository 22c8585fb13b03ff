"""A split by function is shown whole or not at all."""

import pytest

from assessments.results.split import means_by_function
from assessments.scoring.answers import Answers, Respondent
from tests.charts import northfield

KEY = "vision-direction"


def people(**values):
    return Answers(
        tuple(
            Respondent(f"{role}{number}", {} if value is None else {KEY: value}, role=role)
            for role, found in values.items()
            for number, value in enumerate(found)
        )
    )


def test_functions_of_three_have_their_means_in_the_order_of_the_functions():
    found = means_by_function(northfield.bank(), people(technology=(1, 2, 3), ceo=(5, 5, 4)), confidential=True)
    assert {key: {name: round(mean, 3) for name, mean in split.items()} for key, split in found.items()} == {
        KEY: {"Chief executive": 4.667, "Technology": 2.0}
    }
    assert list(found[KEY]) == ["Chief executive", "Technology"]


@pytest.mark.parametrize("legal", [(4,), (4, 3), (4, 3, None), (4, 3, "dont_know")])
def test_one_function_with_fewer_than_three_numbers_hides_them_all(legal):
    answers = people(technology=(1, 2, 3), ceo=(5, 5, 4), legal=legal)
    assert KEY not in means_by_function(northfield.bank(), answers, confidential=True)
    assert KEY in means_by_function(northfield.bank(), answers, confidential=False)


def test_one_function_alone_is_no_split():
    assert means_by_function(northfield.bank(), people(ceo=(1, 2, 3)), confidential=True) == {}
