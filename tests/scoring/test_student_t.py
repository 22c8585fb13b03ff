import pytest

from assessments.scoring.student_t import expansion, newton, t95, within

# df, t(.95, df): printed tables, and closed forms for 1 and 2.
TABLE = [
    (1, 6.313751514675043),
    (2, 2.919985580353726),
    (3, 2.353363434801823),
    (4, 2.131846786326649),
    (5, 2.015048373333024),
    (9, 1.833112932653634),
    (10, 1.812461122811676),
    (30, 1.697260886593957),
    (120, 1.657650899),
]


@pytest.mark.parametrize(("df", "expected"), TABLE)
def test_table(df, expected):
    assert t95(df) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("df", [1, 2, 7, 60, 999, 1000])
def test_half_of_what_is_outside_lies_above(df):
    assert within(t95(df), df) == pytest.approx(0.90, abs=1e-13)


@pytest.mark.parametrize("df", [201, 1000, 1001, 5000])
def test_both_roads_meet(df):
    assert expansion(df) == pytest.approx(newton(df, 1.65), abs=3e-12)


def test_a_large_df_is_the_normal_quantile():
    assert t95(10**7) == pytest.approx(1.6448536269514722, abs=1e-6)


def test_it_falls_with_df():
    values = [t95(df) for df in range(1, 60)]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("df", [0, -1])
def test_degrees_of_freedom_start_at_1(df):
    with pytest.raises(ValueError, match="start at 1"):
        t95(df)
