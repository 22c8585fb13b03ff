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


def split(answers, *, shown=(KEY,), eligible=()):
    eligible = {person.id for person in answers.respondents} if eligible == () else eligible
    return means_by_function(northfield.bank(), answers, shown, eligible=eligible)


def test_functions_of_three_have_their_means_in_the_order_of_the_functions():
    found = split(people(technology=(1, 2, 3), ceo=(5, 5, 4)))
    assert {key: {name: round(mean, 3) for name, mean in split.items()} for key, split in found.items()} == {
        KEY: {"Chief executive": 4.667, "Technology": 2.0}
    }
    assert list(found[KEY]) == ["Chief executive", "Technology"]


@pytest.mark.parametrize("legal", [(4,), (4, 3), (4, 3, None), (4, 3, "dont_know")])
def test_one_function_with_fewer_than_three_numbers_hides_them_all(legal):
    answers = people(technology=(1, 2, 3), ceo=(5, 5, 4), legal=legal)
    assert KEY not in split(answers)
    assert KEY in split(answers, eligible=None)


def test_one_function_alone_is_no_split():
    assert split(people(ceo=(1, 2, 3))) == {}


def test_whoever_does_not_count_is_in_the_means_and_not_in_the_limit():
    answers = people(technology=(1, 2, 3), ceo=(5, 5, 4))
    interviewed = {person.id for person in answers.respondents} - {"ceo2"}
    assert split(answers, eligible=interviewed) == {}
    more = people(technology=(1, 2, 3), ceo=(5, 5, 4, 2))
    assert split(more, eligible={person.id for person in more.respondents} - {"ceo3"})[KEY]["Chief executive"] == 4.0


def test_a_question_without_its_distribution_is_not_split():
    assert split(people(technology=(1, 2, 3), ceo=(5, 5, 4)), shown=()) == {}
