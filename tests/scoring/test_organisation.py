from itertools import product

import pytest

from assessments.scoring.organisation import share_level, weight_range

from .small import FIVE, bank, pillar, scored


def organisation(row, weights=None, count=1, **given):
    """Pillars of `count` questions; one person's row over all of them."""
    size = len(row) // count
    of = bank(*[pillar(f"p{n}", count=count, weight=w) for n, w in enumerate(weights or [1] * size)])
    return of, scored(row, of=of, **given)


class TestIndex:
    def test_needs_six_of_eight(self):
        assert organisation("333333--")[1].overall.index == 3
        assert organisation("33333---")[1].overall.index is None

    @pytest.mark.parametrize(("row", "shown"), [("33-", False), ("333-", True), ("333--", False), ("3333-", True)])
    def test_three_quarters_in_another_bank(self, row, shown):
        assert (organisation(row)[1].overall.index is not None) is shown

    def test_three_quarters_counts_pillars_that_do_not_apply_but_none_of_weight_0(self):
        assert organisation("3333--", weights=[1, 1, 1, 0, 1, 1])[1].overall.index is None
        assert organisation("333---", weights=[1, 1, 1, 1, 0, 0])[1].overall.index == 3

    def test_needs_four_fifths_of_the_weight(self):
        _, result = organisation("33?" * 4, count=3)
        assert result.overall.coverage == pytest.approx(2 / 3)
        assert result.overall.index is None
        assert result.overall.weight_range is None

    def test_coverage_is_averaged_over_applicable_pillars_by_weight(self):
        _, result = organisation("33333?" + "--" * 1, weights=[1, 1, 2, 5], count=2)
        assert result.overall.coverage == pytest.approx((1 + 1 + 2 * 0.5) / 4)

    def test_a_pillar_of_weight_0_is_scored_and_counts_in_nothing(self):
        _, result = organisation("3331", weights=[1, 1, 1, 0])
        assert result.pillars[3].score == 1
        assert (result.overall.index, result.overall.level) == (3, 3)

    def test_is_weighted(self):
        assert organisation("15", weights=[3, 1])[1].overall.index == 2


class TestLevel:
    def test_none_while_an_applicable_pillar_has_none(self):
        _, result = organisation("3" * 10 + "3333333???", count=10)
        assert result.pillars[1].status == "provisional"
        assert result.overall.level is None

    def test_pillars_that_do_not_apply_are_left_out(self):
        assert organisation("33-")[1].overall.level == 3

    def test_exists_without_an_index(self):
        overall = organisation("33333---")[1].overall
        assert (overall.index, overall.level) == (None, 3)

    def test_weights_decide_the_share(self):
        assert organisation("4433", weights=[1, 1, 1, 1])[1].overall.level == 3
        assert organisation("4433", weights=[1.1, 1, 1, 1])[1].overall.level == 4

    # (weight, pillar level), level: largely at the level itself, fully at every one below it
    @pytest.mark.parametrize(
        ("parts", "expected"),
        [
            ([(6, 4), (2, 2)], 3),  # .75 at 3 is not fully
            ([(5, 5), (1, 1)], 2),  # .833 at 2 neither
            ([(85, 4), (15, 2)], 3),  # .85 is not above .85
            ([(86, 4), (14, 2)], 4),
            ([(1, 2), (1, 1)], 1),  # half is not largely
        ],
    )
    def test_shares(self, parts, expected):
        assert share_level(parts) == expected


class TestWeightRange:
    def test_is_the_extreme_over_all_corners(self):
        parts = [(1.0, 3.1), (0.2, 1.4), (2.5, 4.9), (1.0, 2.2), (0.7, 3.1)]
        corners = []
        for swing in product((0.75, 1.25), repeat=len(parts)):
            weights = [w * s for (w, _), s in zip(parts, swing, strict=True)]
            corners.append(sum(w * s for w, (_, s) in zip(weights, parts, strict=True)) / sum(weights))
        assert weight_range(FIVE, parts) == pytest.approx((min(corners), max(corners)))

    def test_holds_the_index_to_the_last_bit(self):
        # Equal scores cannot be moved by weights; doubles would put the index, 3.4000000000000004, above the range.
        assert organisation("34343" * 3, weights=[0.1, 0.2, 1.1], count=5)[1].overall.index == 3.4000000000000004
        low, high = weight_range(FIVE, [(0.1, 3.4), (0.2, 3.4), (1.1, 3.4)])
        assert low <= 3.4000000000000004 <= high
        # And here the range, 3.4000000000000004, above the index.
        low, high = weight_range(FIVE, [(1.0, 3.4), (2.3, 3.4), (0.3, 3.4)])
        assert low <= 3.4 <= high

    def test_one_pillar_has_no_room(self):
        assert weight_range(FIVE, [(2.0, 3.3)]) == pytest.approx((3.3, 3.3))


class TestReason:
    def test_none_where_both_exist(self):
        assert organisation("3333")[1].overall.reason is None

    def test_too_few_pillars(self):
        reason = organisation("33333---")[1].overall.reason
        assert reason == "There is no index, because 5 of 8 pillars have a score and 6 are needed."

    def test_one_sentence_names_both(self):
        reason = organisation("333?" * 2 + "3???" * 2, count=4)[1].overall.reason
        assert reason == (
            "There is no index, because 2 of 4 pillars have a score and 3 are needed and only 50 % of what applies is "
            "answered and 80 % are needed; and there is no level, because P0, P1, P2 and P3 have none."
        )

    def test_only_the_level_is_missing(self):
        reason = organisation("3333" * 3 + "333?", count=4)[1].overall.reason
        assert reason == "There is no level, because P3 has none."

    def test_enough_pillars_are_not_complained_of(self):
        reason = organisation("33?" * 3 + "???", count=3)[1].overall.reason
        assert reason.startswith(
            "There is no index, because only 50 % of what applies is answered and 80 % are needed;"
        )

    def test_one_pillar_has(self):
        reason = organisation("333" + "???" * 3, count=3)[1].overall.reason
        assert reason.startswith("There is no index, because 1 of 4 pillars has a score and 3 are needed and only 25 %")

    def test_the_only_pillar_has_none(self):
        reason = organisation("???", count=3)[1].overall.reason
        assert reason.startswith("There is no index, because 0 of 1 pillar has a score and 1 is needed and only 0 %")

    def test_percents_are_rounded_down(self):
        reason = organisation("33?" * 4, count=3)[1].overall.reason
        assert reason.startswith("There is no index, because only 66 % of what applies is answered")

    def test_many_pillars_are_not_all_named(self):
        reason = organisation("?" * 8)[1].overall.reason
        assert reason == (
            "There is no index, because 0 of 8 pillars have a score and 6 are needed and only 0 % of what applies is "
            "answered and 80 % are needed; and there is no level, because P0, P1, P2 and 5 more pillars have none."
        )
        assert organisation("?" * 5)[1].overall.reason.endswith("because P0, P1, P2 and 2 more pillars have none.")

    def test_nothing_applies(self):
        overall = organisation("----")[1].overall
        assert (overall.index, overall.level, overall.coverage) == (None, None, None)
        assert overall.reason == (
            "There is no index and no level, because no pillar with a weight has a question that applies."
        )
