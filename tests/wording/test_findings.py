"""The finding and its lead, for every way in which an organisation can stand."""

from dataclasses import replace

import pytest

from assessments.scoring.figures import Overall
from assessments.scoring.organisation import level
from assessments.wording.findings import finding, lead, level_reason
from tests.charts import northfield

NOTHING = Overall(None, None, None, None, None, None, "…")


def levels(*numbers, bank=None, **fields):
    """A result whose pillars have these levels, and the level that follows from them."""
    bank = bank or northfield.bank()
    rows = [northfield.pillar_result(pillar, level=level) for pillar, level in zip(bank.pillars, numbers, strict=True)]
    standing = Overall(3.0, 50.0, level(bank, rows), 1.0, None, None, None)
    return northfield.result(pillars=tuple(rows), overall=standing, **fields)


def found(result, bank=None):
    return finding(northfield.view(result, of=bank)).replace("\u00a0", " ")


def led(result, **fields):
    text = lead(northfield.view(result, **fields))
    return text and text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ((3, 3, 2, 1, 3, 2, 3, 3), "Ethics holds Northfield at level 2; without it, level 3 would be reached"),
        (
            (4, 4, 4, 2, 4, 4, 2, 4),
            "Ethics and Change hold Northfield at level 3; without them, level 4 would be reached",
        ),
        ((1, 1, 1, 1, 3, 3, 3, 3), "Northfield is at level 1: four of eight pillars are below level 2"),
        ((2, 2, 2, 2, 2, 2, 2, 2), "Northfield is at level 2 in every pillar"),
        ((4, 4, 4, 4, 3, 3, 3, 3), "Northfield is at level 3: four of eight pillars are below level 4"),
        ((4, 4, 4, 4, 4, 4, 3, 3), "Northfield is at level 4: Change and Partnerships are below level 4"),
        ((5, 5, 5, 5, 5, 5, 5, 5), "Northfield is at level 5 in every pillar"),
        ((5, 5, 5, 5, 5, 5, 5, 4), "Northfield is at level 5, the highest"),
    ],
)
def test_level_and_what_holds_it(numbers, sentence):
    assert found(levels(*numbers)) == sentence


def test_three_lowest_pillars_are_counted_not_named():
    bank = northfield.bank(names=tuple("ABCDEFGHIJKLMNOPQRSTU"))
    result = levels(2, 2, 2, *[4] * 18, bank=bank)
    assert found(result, bank) == "Three pillars hold Northfield at level 3; without them, level 4 would be reached"


def test_drawn_example():
    assert found(northfield.result()) == "Ethics holds Northfield at level 2; without it, level 3 would be reached"
    assert led(northfield.result()) == (
        "Views differ on “Accountability”. Once Ethics is at level 2, the whole organisation is at level 3."
    )


def test_without_means_nothing_is_said_about_how_people_see_a_question():
    assert led(northfield.result(), told=northfield.NOTHING).startswith("“Accountability” comes first. Once Ethics")


def test_more_than_half_is_needed_for_the_next_level():
    assert led(levels(4, 4, 4, 4, 3, 3, 3, 3)) == (
        "For level 4, more than half of the pillars must be at that level. Four of eight pillars are there."
    )
    assert led(levels(2, 2, 2, 2, 2, 2, 2, 2)).endswith("No pillar is there yet.")
    assert led(levels(3, 2, 2, 2, 2, 2, 2, 2)).endswith("Of eight pillars, only Vision is there.")


def test_share_of_a_lower_level_is_named_with_its_threshold():
    assert led(levels(4, 4, 4, 4, 4, 4, 3, 3)) == (
        "For level 5, more than 85% of the pillars must be at level 4 or above. Six of eight pillars are there."
    )


def test_unequal_weights_speak_of_weight():
    bank = northfield.bank()
    heavy = replace(bank, pillars=(replace(bank.pillars[0], weight=5.0), *bank.pillars[1:]))
    result = levels(2, 2, 3, 3, 3, 3, 3, 3, bank=heavy)
    assert led(result, of=heavy).endswith("It is 50%.")


def test_lifting_the_lowest_is_not_promised_to_suffice_where_it_does_not():
    bank = northfield.bank(names=tuple("ABCDE"))
    result = levels(1, 2, 2, 3, 3, bank=bank)
    text = led(result, of=bank)
    assert "whole organisation" not in text


def test_nobody_answered():
    result = northfield.result(answered=0, overall=NOTHING)
    assert found(result) == "Northfield has no result: no one has answered"
    assert led(result) is None


def test_nothing_scored():
    bank = northfield.bank()
    rows = [northfield.absent(pillar, status="insufficient", coverage=0.2, bounds=(1, 5)) for pillar in bank.pillars]
    result = northfield.result(pillars=tuple(rows), overall=NOTHING)
    assert found(result) == "Northfield has no score: too few questions are answered"
    assert led(result) == "An index needs a score in six pillars; none has one."


def test_nothing_applies():
    rows = [northfield.absent(pillar, status="not_applicable", coverage=None) for pillar in northfield.bank().pillars]
    result = northfield.result(pillars=tuple(rows), overall=NOTHING)
    assert found(result) == "Northfield has no score: every question was set aside as not applicable"


def test_index_without_level_names_the_pillar_that_lacks_answers():
    result = northfield.result()
    talent = replace(result.pillars[2], status="provisional", level=None, coverage=5 / 7)
    result = replace(northfield.with_pillars(result, talent), overall=replace(result.overall, level=None))
    assert found(result) == "Northfield scores 2.9 and has no level: Talent lacks answers"
    assert led(result) == "A level needs answers to at least 80% of the questions in every pillar that applies."
    assert level_reason(northfield.view(result)) == "No level: Talent lacks answers"


def test_pillar_that_mostly_does_not_apply_is_not_said_to_lack_answers():
    result = northfield.result()
    talent = replace(result.pillars[2], level=None, na_share=0.6)
    result = replace(northfield.with_pillars(result, talent), overall=replace(result.overall, level=None))
    assert found(result).endswith("has no level: most of Talent does not apply")


@pytest.mark.parametrize(
    ("answered", "ending"), [(1, "one person’s view."), (2, "too few for an interval."), (3, "level 3.")]
)
def test_few_respondents_are_said(answered, ending):
    assert led(northfield.result(answered=answered)).endswith(ending)


def test_self_declared_is_said_only_where_the_organisation_is_that_high():
    high = levels(5, 5, 5, 5, 5, 5, 5, 5)
    declared = northfield.with_pillars(high, replace(high.pillars[0], self_declared=True))
    assert "One pillar at level 4 or 5 is self-declared" in led(declared)
    low = northfield.result()
    assert "self-declared" not in led(
        northfield.with_pillars(low, replace(low.pillars[0], level=4, self_declared=True))
    )
