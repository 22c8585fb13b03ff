"""Lines through scores over time, against figures that others computed."""

import csv
import random
import shutil
import subprocess
from io import StringIO

import pytest

from assessments.scoring.regression import Observation, random_intercept, weighted_line

R = """
suppressMessages(library(lme4))
data <- read.csv(file("stdin"))
tight <- lmerControl(optCtrl = list(xtol_abs = 1e-14, ftol_abs = 1e-16, xtol_rel = 1e-14, ftol_rel = 1e-16,
                                    maxeval = 1e5), check.nobs.vs.nlev = "ignore", check.nobs.vs.nRE = "ignore")
for (case in unique(data$case)) {
  fit <- suppressWarnings(suppressMessages(
    lmer(value ~ time + (1 | person), data[data$case == case, ], REML = TRUE, control = tight)))
  cat(sprintf("%.17g %.17g\\n", fixef(fit)[2], sqrt(as.matrix(vcov(fit))[2, 2])))
}
"""
GROWTH = [  # distances in mm at ages 8, 10, 12 and 14 (Potthoff and Roy 1964), the girls
    (21.0, 20.0, 21.5, 23.0), (21.0, 21.5, 24.0, 25.5), (20.5, 24.0, 24.5, 26.0), (23.5, 24.5, 25.0, 26.5),
    (21.5, 23.0, 22.5, 23.5), (20.0, 21.0, 21.0, 22.5), (21.5, 22.5, 23.0, 25.0), (23.0, 23.0, 23.5, 24.0),
    (20.0, 21.0, 22.0, 21.5), (16.5, 19.0, 19.0, 19.5), (24.5, 25.0, 28.0, 28.0),
]  # fmt: skip
AGES = (8, 10, 12, 14)


def of(rows, times):
    return [[Observation(time, value) for time, value in zip(times, row, strict=True)] for row in rows]


def simulated(seed):
    """Some people at some of three to nine times, of whom some never answer."""
    rng = random.Random(seed)
    times = sorted(rng.uniform(0, 4) for _ in range(rng.randint(3, 9)))
    between, within = rng.choice([0, 0.1, 0.5, 1.5]), rng.choice([0.05, 0.3, 1])
    people = []
    for _ in range(rng.randint(3, 9)):
        level = rng.gauss(3, between)
        there = [time for time in times if seed % 3 == 0 or rng.random() < 0.8]
        people.append([Observation(time, level + 0.2 * time + rng.gauss(0, within)) for time in there])
    return people


def test_growth_of_girls():
    line = random_intercept(of(GROWTH, AGES))
    assert line.slope == pytest.approx(0.4795454545, abs=1e-9)  # balanced, so that of the means
    assert line.se == pytest.approx(0.0525898, abs=1e-6)  # as the literature and R's nlme give it


def test_parallel_lines_have_no_error():
    line = random_intercept([[Observation(t, level + 0.3 * t) for t in range(4)] for level in (1.5, 2, 3.25)])
    assert (line.slope, line.se) == (pytest.approx(0.3, abs=1e-12), 0.0)


def test_people_who_do_not_differ_add_no_variance():
    """The estimate between people is then 0, and the line that of ordinary least squares."""
    line = random_intercept([[Observation(0, 2), Observation(1, 4)], [Observation(0, 3), Observation(1, 3)]])
    assert line.slope == pytest.approx(1.0)
    assert line.se == pytest.approx((1 / 2) ** 0.5 * 1.0)


@pytest.mark.parametrize("groups", [[], [[Observation(1, 2)], [Observation(1, 3)], [Observation(1, 4)]]])
def test_no_line_without_time(groups):
    assert random_intercept(groups) is None


def test_shifting_changes_nothing():
    early, late = (random_intercept(of(GROWTH, [age + shift for age in AGES])) for shift in (0, 1e4))
    assert late.slope == pytest.approx(early.slope, rel=1e-9)
    assert late.se == pytest.approx(early.se, rel=1e-9)


def test_weighted_line_by_hand():
    """Weights 4, 1, 1: sums w 6, t 3, y 10, tt 5, ty 10, so the slope is (10 - 3*10/6) / (5 - 9/6) = 5 / 3.5."""
    points = [Observation(0, 1), Observation(1, 2), Observation(2, 4)]
    line = weighted_line(points, [0.5, 1.0, 1.0])
    assert line.slope == pytest.approx(5 / 3.5)
    assert line.se == pytest.approx((1 / 3.5) ** 0.5)  # the spread about the line is smaller than the errors imply


def test_scatter_widens_the_weighted_line():
    points = [Observation(t, y) for t, y in enumerate([1, 3, 1, 3])]
    line = weighted_line(points, [0.1] * 4)
    spread = sum((t - 1.5) ** 2 for t in range(4))
    residual = sum((y - 2 - line.slope * (t - 1.5)) ** 2 for t, y in points) / 2
    assert line.se == pytest.approx((residual / spread) ** 0.5)


@pytest.mark.long
def test_equals_lme4():
    """60 simulated data sets; needs Debian's r-cran-lme4."""
    if shutil.which("Rscript") is None:
        pytest.fail("Rscript is missing: apt-get install r-cran-lme4")
    table = StringIO()
    rows = csv.writer(table)
    rows.writerow(["case", "person", "time", "value"])
    cases = [of(GROWTH, AGES), *map(simulated, range(60))]
    for number, people in enumerate(cases):
        for person, observations in enumerate(people):
            rows.writerows([number, person, repr(float(one.time)), repr(float(one.value))] for one in observations)
    done = subprocess.run(["Rscript", "-e", R], input=table.getvalue(), capture_output=True, text=True, check=True)
    theirs = [tuple(map(float, line.split())) for line in done.stdout.splitlines()]
    assert len(theirs) == len(cases)
    for people, (slope, se) in zip(cases, theirs, strict=True):
        line = random_intercept(people)
        assert (line.slope, line.se) == (pytest.approx(slope, abs=1e-6), pytest.approx(se, abs=1e-6))
