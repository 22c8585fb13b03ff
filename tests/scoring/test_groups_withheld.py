"""A group's score never gives away the pillar that a reader may not see."""

from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.result import score
from assessments.scoring.suppression import Extent, suppress
from tests.shapes import staged


def shown(extent):
    """The groups as a reader sees them who may see the first pillar to this extent."""
    bank = staged()
    given = {key: question.offered[place % 3 + 1] for place, (key, question) in enumerate(bank.questions.items())}
    result = score(bank, Answers((Respondent("a", given),)))
    return result, suppress(bank, result, {}, {bank.pillars[0].key: extent}).result


def test_a_group_with_a_pillar_without_a_score_has_none():
    result, seen = shown(Extent(means=frozenset(), distributions=frozenset(), score=False, level=False, index=False))
    assert (seen.groups[0].score, seen.groups[0].score_100) == (None, None)
    assert seen.groups[1:] == result.groups[1:]


def test_a_group_with_a_rounded_pillar_is_rounded():
    result, seen = shown(Extent(means=frozenset(), distributions=frozenset()))
    assert seen.groups[0].score == round(seen.groups[0].score, 1)
    assert seen.groups[0].score != result.groups[0].score
    assert seen.groups[1:] == result.groups[1:]
