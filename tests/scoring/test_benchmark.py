from dataclasses import replace

import pytest

from assessments.scoring.benchmark import is_benchmark, may_publish, peer_figures, percentile_rank, quantile, wilson

from .small import bank, pillar, scored

Z95 = 1.959963984540054


@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_reproduces_newcombe(events, n, low, high):
    assert wilson(events / n, n, Z95) == pytest.approx((low, high), abs=5e-5)


def test_wilson_stays_within_a_share():
    assert wilson(0.0, 20)[0] == pytest.approx(0) and wilson(0.0, 20)[0] >= 0
    assert wilson(1.0, 20)[1] == pytest.approx(1) and wilson(1.0, 20)[1] <= 1


@pytest.mark.parametrize(
    ("values", "quartiles"),
    [
        (range(1, 11), (2.9166667, 5.5, 8.0833333)),  # as R's quantile(1:10, type = 8)
        (range(1, 12), (3.1666667, 6, 8.8333333)),
    ],
)
def test_quantiles_of_type_8(values, quartiles):
    assert [quantile([*values], share) for share in (0.25, 0.5, 0.75)] == pytest.approx(quartiles)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    # Places 7/6 and 17/6 of three, 8/6 of two, and places before the first and after the last.
    [
        ((1, 2, 4), 0.25, 7 / 6),
        ((1, 2, 4), 0.75, 2 + 2 * 5 / 6),
        ((1, 3), 3 / 7, 1 + 2 / 3),
        ((1, 3), 0.01, 1),
        ((1, 3), 0.99, 3),
    ],
)
def test_quantiles_of_few(values, share, expected):
    assert quantile(values, share) == pytest.approx(expected)


def cohort(n):
    return {f"o{i}": 2 + i / 10 for i in range(n)}


def test_nothing_below_ten():
    assert peer_figures(cohort(9), own=3) is None


def test_quartiles_alone_from_ten():
    found = peer_figures(cohort(19), own=3)
    assert (found.n, found.percentile) == (19, None)
    assert found.median == pytest.approx(2.9)


def test_a_rank_from_twenty_with_the_quartiles():
    found = peer_figures(cohort(20), own=3)
    assert found.percentile.rank == pytest.approx(100 * (10 + 0.5) / 20)
    assert found.lower_quartile < found.median < found.upper_quartile


def test_the_rank_alone_leaves_the_viewer_out():
    everyone = cohort(21)
    found = peer_figures(everyone, own=everyone["o10"], viewer="o10")
    assert (found.percentile.n, found.percentile.rank) == (20, 50)
    assert found.n == 21
    assert found.median == pytest.approx(3.0)


def test_a_rank_needs_twenty_others():
    everyone = cohort(20)
    assert peer_figures(everyone, own=everyone["o10"], viewer="o10").percentile is None


def test_a_tie_within_rounding_counts_half():
    assert percentile_rank([3.0] * 20, 3.0 + 1e-10).rank == 50


@pytest.mark.parametrize(
    ("last", "new", "allowed"),
    [
        (None, "abc", True),
        ("abcdefghij", "abcdefghij", True),
        ("abcdefghij", "abcdefghijk", False),
        ("abcdefghij", "abcdefghijklmn", False),
        ("abcdefghij", "abcdefghijklmno", True),
        ("abcdefghij", "cdefghijklm", True),  # two left, three joined
        ("abcdefghij", "Abcdefghij", False),  # a capital: the same organisation with another result
        ("abcdefghij", "ABCDefghij", False),
        ("abcdefghij", "ABCDEfghij", True),
        ("abcdefghij", "ABcdefghikl", True),  # two with another result, one left, two joined
        ("abcdefghij", "ABcdefghik", False),
    ],
)
def test_a_new_cohort_differs_by_nobody_or_by_five(last, new, allowed):
    entries = {None: None} | {text: {letter.lower(): letter for letter in text} for text in (last, new) if text}
    assert may_publish(entries[last], entries[new]) is allowed


def test_a_result_that_nobody_knows_any_more_is_another():
    last = {letter: letter for letter in "abcdefghij"}
    assert not may_publish({**last, "a": None}, last)


class TestBenchmark:
    of = bank(*[pillar(key, count=10) for key in "abcd"])

    def test_needs_an_index(self):
        assert is_benchmark(scored("3" * 40, of=self.of))
        assert not is_benchmark(scored("3" * 20 + "?" * 20, of=self.of))

    def test_no_pillar_may_be_mostly_not_applicable(self):
        assert is_benchmark(scored("3" * 37 + "---", of=self.of))
        assert not is_benchmark(scored("3" * 36 + "----", of=self.of))

    def test_an_unscored_pillar_has_no_such_share(self):
        result = scored("3" * 40, of=self.of)
        unscored = replace(result.pillars[0], na_share=None)
        assert is_benchmark(replace(result, pillars=(unscored, *result.pillars[1:])))
