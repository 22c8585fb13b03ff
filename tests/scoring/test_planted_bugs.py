"""Every property notices a bug that it is there for: a fault is planted in the engine, and the property must go red."""

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from assessments.formats import yaml_text
from assessments.scoring import interval, level, organisation, pillar, question, result
from assessments.scoring.answers import DONT_KNOW, NOT_APPLICABLE
from assessments.scoring.bank import Scale
from tests.scoring import test_properties as properties
from tests.scoring.strategies import banks, cases

quick = settings(
    max_examples=400,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # the first example that fails will do
    suppress_health_check=[*HealthCheck],
)
shuffles = st.randoms(use_true_random=False)
true = SimpleNamespace(  # the engine as it is
    bounds=pillar.bounds,
    pillar_sums=pillar.pillar_sums,
    status_of=pillar.status_of,
    tally=question.tally,
    replicates=interval.leave_one_out,
    tilted=organisation.tilted,
    share=question.Tally.share,
)


def recounted(changes):
    """A `tally` that tallies counts after `changes` has spoilt them."""

    def tally(marks, counts, evidence):
        return true.tally(marks, {**counts, **changes(counts)}, evidence)

    return tally


def bounds_that_take_4_for_the_highest(sums):
    low, high = true.bounds(sums) or (None, None)
    missing = pillar.weight(one for one in sums.applicable if one.missing and one.question.highest == 5)
    return None if low is None else (low, high - missing / sums.applicable_weight)


def zero_for_no_score(*given):
    found = true.pillar_sums(*given)
    return found if found.score is not None else replace(found, score=0.0)


def share_at_exactly(tally, level):
    counts = tally.counts
    return counts[tally.question.asked(level) - 1] / tally.n if tally.n else 0.0


def last_grade(respondents):
    return {key: evidence.grade for person in respondents for key, evidence in person.evidence.items()}


def without_the_first(tallies, people):
    found = true.replicates(tallies, people)
    return found._replace(takes_part=[False, *found.takes_part[1:]])


def weight_or_1(marks, counts, evidence):
    return true.tally(marks, counts, evidence)._replace(weight=marks.question.weight or 1.0)


def weight_of_an_essential(marks, counts, evidence):
    asked = marks.question
    return true.tally(marks, counts, evidence)._replace(weight=asked.weight or float(asked.essential_at is not None))


def applicable_whatever_it_weighs(bank, found):
    return [(p, its) for p, its in zip(bank.pillars, found, strict=True) if its.status not in ("unscored",)]


def bare(name, text):
    """A field that nobody quoted."""
    if text is not None:
        yield text if name is None else f"{name}: {text}"


def asked_below(asked, level):
    """The rule of engine 1.0.0: an answer counts for the levels up to the next one offered."""
    return max(each for each in asked.offered if each <= level)


def share_of_engine_1(tally, level):
    return sum(tally.counts[asked_below(tally.question, level) - 1 :]) / tally.n if tally.n else 0.0


def share_without_the_highest(tally, level):
    return true.share(tally, level) * (level < tally.question.highest)


def climb_past_what_is_offered(sums, shares):
    return next((lv - 1 for lv in (2, 3, 4, 5) if level.failed_share(shares, lv)), 5)


# the property, what it is given, where the bug is planted, the bug
BUGS = [
    ("a_score_lies_within_its_bounds", [cases()], result, "bounds", lambda s: true.bounds(s) and (1.0, 1.5)),
    (
        "whatever_the_missing_answers_are_the_score_lies_within_the_bounds",
        [cases(fewest=1), shuffles],
        result,
        "bounds",
        bounds_that_take_4_for_the_highest,
    ),
    (
        "an_interval_contains_its_score_and_stays_on_the_scale",
        [cases(fewest=3)],
        result,
        "interval",
        lambda scale, score, half_width: (score - half_width, score + half_width),
    ),
    (
        "a_weight_range_contains_the_index",
        [cases(fewest=3)],
        organisation,
        "weight_range",
        lambda scale, parts: (min(true.tilted(parts)), sum(true.tilted(parts)) / (len(parts) + 1) - 0.01),
    ),
    ("what_does_not_exist_is_none_and_never_nan_or_infinite", [cases()], result, "pillar_sums", zero_for_no_score),
    (
        "what_does_not_exist_is_none_and_never_nan_or_infinite",
        [cases()],
        Scale,
        "hundred",
        lambda scale, score: math.nan if score is None else 25 * (score - 1),
    ),
    ("raising_one_answer_lowers_nothing", [properties.raises()], question.Tally, "share", share_at_exactly),
    (
        "a_dont_know_where_nothing_stood_never_raises_a_score",
        [properties.blanks(DONT_KNOW)],
        question,
        "tally",
        recounted(lambda counts: {5: counts[5] + counts[DONT_KNOW]}),
    ),
    (
        "not_applicable_is_not_missing_is_not_one",
        [st.lists(st.integers(2, 5), min_size=6, max_size=6)],
        question,
        "tally",
        recounted(lambda counts: {NOT_APPLICABLE: 0}),
    ),
    (
        "not_applicable_is_not_missing_is_not_one",
        [st.lists(st.integers(2, 5), min_size=6, max_size=6)],
        question,
        "tally",
        recounted(lambda counts: {1: counts[1] + (not any(counts.values()))}),
    ),
    ("the_order_of_respondents_changes_nothing", [cases(fewest=2), shuffles], question, "best_grades", last_grade),
    (
        "the_order_of_respondents_changes_nothing",
        [cases(fewest=3), shuffles],
        result,
        "leave_one_out",
        without_the_first,
    ),
    (
        "scaling_all_weights_changes_nothing",
        [cases(), st.sampled_from((0.1, 0.2, 0.7, 3, 1000)), st.sampled_from((0.1, 0.3, 7))],
        pillar,
        "weight",
        lambda tallies: math.fsum([tally.weight for tally in tallies]) + 0.01,
    ),
    ("a_question_of_weight_0_changes_no_figure", [cases(fewest=1)], question, "tally", weight_or_1),
    ("an_essential_of_weight_0_touches_only_the_gate", [cases(fewest=1)], question, "tally", weight_of_an_essential),
    ("an_essential_of_weight_0_touches_only_the_gate", [cases(fewest=1)], level, "essentials", lambda s, level: []),
    (
        "a_pillar_of_weight_0_counts_in_nothing_of_the_organisation",
        [cases(fewest=1)],
        organisation,
        "applicable",
        applicable_whatever_it_weighs,
    ),
    (
        "a_bank_scores_without_answers",
        [banks()],
        pillar,
        "status_of",
        lambda weight, coverage: true.status_of(weight, coverage or None),
    ),
    (
        "the_lowest_answer_everywhere_is_the_lowest_level_and_0_points",
        [banks()],
        question.Tally,
        "share",
        share_of_engine_1,
    ),
    (
        "the_highest_answer_everywhere_is_the_highest_level_unless_a_lower_one_caps_it",
        [banks()],
        question.Tally,
        "share",
        share_without_the_highest,
    ),
    ("no_level_or_default_target_is_above_what_the_bank_offers", [cases()], level, "gate", climb_past_what_is_offered),
    ("load_dump_load_is_the_identity", [properties.worded_banks()], yaml_text, "field", bare),
]


@pytest.mark.parametrize(("name", "given_to", "where", "what", "bug"), BUGS)
def test_a_planted_bug_turns_the_property_red(name, given_to, where, what, bug, monkeypatch):
    asked = getattr(properties, f"test_{name}").hypothesis.inner_test
    check = quick(given(*given_to)(asked))
    monkeypatch.setattr(where, what, bug)
    with pytest.raises(Exception) as caught:
        check()
    assert isinstance(caught.value, AssertionError | ValueError | ZeroDivisionError), caught.value


def test_output_that_depends_on_hashing_is_noticed(monkeypatch):
    monkeypatch.setattr(
        properties, "RUN", "for _ in range(40): print({'vision', 'value', 'culture', 'ethics', 'data'})"
    )
    with pytest.raises(AssertionError):
        properties.test_the_same_input_gives_byte_identical_output_on_every_run()


def test_every_property_has_its_bug():
    bugs = {f"test_{name}" for name, *_ in BUGS}
    found = {name for name in vars(properties) if name.startswith("test_")}
    assert found - bugs == {
        "test_raising_one_answer_lowers_nothing_in_many_banks",  # the same check, more of it
        "test_the_same_input_gives_byte_identical_output_on_every_run",  # above
    }
