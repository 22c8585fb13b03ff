"""What *Explain these numbers* prints is recomputed from its text alone, with arithmetic that shares no code with it."""

import html
import re
from collections import Counter
from dataclasses import replace
from functools import partial
from math import sqrt

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings, strategies as st

from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.bank import Bank, Pillar
from assessments.scoring.result import score
from assessments.scoring.view import ResultView
from assessments.wording.explanations.figures import compared, small
from assessments.wording.explanations.pillar import explanations
from tests.charts import northfield
from tests.markup import flat
from tests.scoring.limited import seen

NUMBER = r"−?\d+(?:\.\d+)?"


def bank(weights=(1,) * 7, essential=None):
    questions = tuple(
        northfield.question(f"q{place}", short=f"Question {place}", weight=weight, allows_na=True, essential_at=tag)
        for place, (weight, tag) in enumerate(zip(weights, essential or (None,) * 7, strict=True))
    )
    return Bank("b", "1.0.0", "B", northfield.LEVELS, (Pillar("p", "Pillar", questions),))


def people(*rows):
    return tuple(
        Respondent(f"r{number}", {f"q{place}": value for place, value in enumerate(row) if value is not None})
        for number, row in enumerate(rows)
    )


def explained(of, answers, *, confidential=True):
    limited = seen(of, answers, confidential=confidential)
    (found,) = explanations(ResultView(of, limited, "Northfield"))
    return found


def printed(explanation):
    """The rendered disclosure as (cells of each table row, lines by figure)."""
    context = {"explained": (explanation,), "method": "/method/"}
    text = flat(render_to_string("assessments/results/_explain.html", context))
    rows = [
        [html.unescape(re.sub("<.*?>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall("<tr>(.*?)</tr>", text)
    ]
    figures = {}
    for block in re.findall("<div><dt>(.*?)</div>", text):
        name, *lines = [html.unescape(re.sub("<.*?>", "", part)) for part in re.split("</dt><dd>|</dd><dd>", block)]
        figures[name] = lines
    return rows[1:-1], figures


def shown(line):
    """The numbers of a line, in order."""
    return [float(number.replace("−", "-")) for number in re.findall(NUMBER, line)]


def by_hand(rows):
    """Score, a(2)-a(5) and the floor from the rows of inputs as an assessor would take them."""
    counted = [row for row in rows if len(row) == 9 and float(row[1]) > 0]  # no phrase over three cells: answered
    missing = [row for row in rows if len(row) == 7 and row[2].startswith("missing")]
    weights = [float(row[1]) for row in counted]
    mean = sum(w * float(row[3]) for w, row in zip(weights, counted, strict=True)) / sum(weights)
    applicable = sum(weights) + sum(float(row[1]) for row in missing)
    reached = [
        sum(w * float(row[column]) for w, row in zip(weights, counted, strict=True)) / applicable
        for column in range(5, 9)
    ]
    floor = sum(w * w / float(row[2]) for w, row in zip(weights, counted, strict=True)) / 12 / sum(weights) ** 2
    return mean, reached, floor


THREE = people((3, 4, 2, 3, 4, 3, 2), (4, 4, 3, 3, 5, 3, 2), (2, 3, 2, "dont_know", 4, 3, 1))


def test_three_respondents_as_in_the_method():
    rows, figures = printed(explained(bank(), Answers(THREE, invited=4), confidential=False))
    mean, reached, floor = by_hand(rows)
    assert mean == pytest.approx(3.0, abs=1e-4)
    assert reached == pytest.approx([20 / 21, 5 / 7, 2 / 7, 1 / 21], abs=1e-4)
    assert figures["Score"] == ["Sum of weight × mean / sum of weights = 21.0000 / 7 = 3.000, shown as 3.0"]
    assert "a(3) = sum of weight × q(3) / weight applicable = 5.0000 / 7 = 0.714" in figures["Level"]
    assert "Level 3: a(3) = 0.714 > 0.50, a(2) = 0.952 > 0.85: holds" in [
        line.replace("\u00a0", " ") for line in figures["Level"]
    ]
    assert "Level 4: a(4) = 0.286 ≤ 0.50, a(3) = 0.714 ≤ 0.85, a(2) = 0.952 > 0.85: fails" in [
        line.replace("\u00a0", " ") for line in figures["Level"]
    ]
    assert figures["90% interval"][-1] == "3.000 ± 0.3613 = 2.639 to 3.361, shown as 2.6–3.4"
    assert shown(figures["90% interval"][1])[-1] == pytest.approx(floor, abs=1e-6)


VALUE = st.sampled_from([1, 2, 3, 4, 5, 3, 2, "dont_know", "not_applicable", None])
ROW = st.lists(VALUE, min_size=7, max_size=7)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(ROW, min_size=1, max_size=9),
    weights=st.lists(st.sampled_from([1, 1, 2, 0.5, 0, 0.25]), min_size=7, max_size=7).filter(any),
    invited=st.sampled_from([None, 9, 12]),
    tags=st.lists(st.sampled_from([None, None, None, 2, 3]), min_size=7, max_size=7),
)
def test_whatever_is_printed_can_be_recomputed(rows, weights, invited, tags):
    of = bank(weights, tags)
    answers = Answers(people(*rows), invited=invited)
    result = score(of, answers).pillars[0]
    table, figures = printed(explained(of, answers, confidential=False))
    if result.score is None:
        assert "shown as" not in " ".join(figures["Score"])
        return
    mean, reached, floor = by_hand(table)
    total, weight, printed_score, _rounded = shown(figures["Score"][0])
    assert printed_score == pytest.approx(mean, abs=6e-4)
    assert printed_score == pytest.approx(total / weight, abs=6e-4)
    assert shown(figures["Score"][0])[-2] == pytest.approx(result.score, abs=5.1e-4)
    if result.level is not None:
        check_level(figures["Level"], reached, result, applicable_weight(table))
    if result.interval is not None:
        check_interval(figures["90% interval"], mean, floor, result)


def applicable_weight(rows):
    counted = [row for row in rows if len(row) == 9 or row[2].startswith("missing")]
    return sum(float(row[1]) for row in counted)


def check_level(lines, reached, result, applicable):
    for place, level in enumerate(range(2, 6)):
        line = next(line for line in lines if line.startswith(f"a({level})"))
        total, weight, share = shown(line)[-3:]
        assert share == pytest.approx(reached[place], abs=6e-4)
        assert share == pytest.approx(total / weight, abs=6e-4)
        assert weight == pytest.approx(applicable)
    climb = [line for line in lines if re.match(r"Level.\d: ", line)]
    verdicts = [line.rpartition(": ")[2] for line in climb]
    assert verdicts[:-1] == ["holds"] * (len(climb) - 1)
    top = len(climb) + (verdicts[-1] == "holds")
    for line in climb:
        checks = [
            (float(a) > float(limit)) == (sign == ">")
            for a, sign, limit in re.findall(rf"= ({NUMBER}) ([>≤]) ({NUMBER})", line)
        ]
        checks += [
            (int(median) >= int(needed)) == (sign == "≥")
            for median, sign, needed in re.findall(r"median answer (\d) ([≥<]) (\d)", line)
        ]
        assert all(checks)
        conditions = re.findall(r"[>≤≥<]|is missing", line)
        assert ("holds" in line) == (not set(conditions) & {"≤", "<", "is missing"})
    cap = shown(next(line for line in lines if line.startswith("Cap: ")))[-1]
    assert min(top, cap) == result.level


def check_interval(lines, mean, floor, result):
    reach = next(shown(line)[-1] for line in lines if line.startswith("t(0.95"))
    last = shown(lines[-1])
    assert last[1] == pytest.approx(reach)
    assert (last[2], last[3]) == (pytest.approx(mean - reach, abs=2e-3), pytest.approx(mean + reach, abs=2e-3))
    assert max(1, last[2]) == pytest.approx(result.interval[0], abs=2e-3)
    assert min(5, last[3]) == pytest.approx(result.interval[1], abs=2e-3)
    t, se = shown(next(line for line in lines if line.startswith("t(0.95")))[-3:-1]
    assert t * se == pytest.approx(reach, rel=1e-3)
    squares = next((line for line in lines if line.startswith("SE² = (")), None)
    if squares is None:
        assert se == pytest.approx(sqrt(floor), rel=1e-3)
        return
    n, one, _n, total, *rest = shown(squares)
    unseen = 1 - rest[1] / rest[2] if "(1 − " in squares.partition("×")[2] else 1
    assert sqrt((n - one) / n * total * unseen) == pytest.approx(se, rel=2e-3)
    assert se**2 >= floor * 0.999


def test_hidden_means_are_in_no_cell_and_in_no_sum():
    """Two people answered the last question; six means and an exact sum would give the seventh away."""
    rows = [(3, 4, 2, 3, 4, 3, 5), (4, 4, 3, 3, 5, 3, 4), (2, 3, 2, 3, 4, 3, None)]
    found = explained(bank(), Answers(people(*rows), invited=3))
    table, figures = printed(found)
    assert table[-1][2] == "not shown"
    assert [row[2] for row in table].count("not shown") > 1, "another one is hidden, or the score would tell the last"
    assert found.inputs.total is None
    assert figures["Score"] == ["Sum of weight × mean / sum of weights, shown as 3.4"]
    assert not re.search("Floor|SE|±", " ".join(figures["90% interval"]))


def test_a_share_that_would_give_a_hidden_one_away_is_not_printed():
    """Five people on six questions, four on the seventh: a(L) minus six known shares would be the seventh's."""
    rows = [(3, 4, 2, 3, 4, 3, 3)] * 4 + [(3, 4, 2, 3, 4, 3, None)]
    found = explained(bank(), Answers(people(*rows), invited=5))
    _table, figures = printed(found)
    assert set(found.inputs.shares) == {None}
    assert not [line for line in figures["Level"] if "a(" in line]
    assert figures["Level"][0] == "Too few people answered some questions to show how far each level is reached"


def test_one_person_of_several_shows_no_total():
    """The exact sum of seven answers tells more than the score that is printed."""
    found = explained(bank(), Answers(people((4,) * 6 + (1,)), invited=5))
    table, figures = printed(found)
    assert {row[2] for row in table} == {"not shown"}
    assert found.inputs.total is None
    assert "n = 1 people" not in " ".join(figures["90% interval"])
    assert "Cap" not in " ".join(figures["Level"])


def test_missing_and_inapplicable_questions_say_how_they_count():
    rows = [(4, 4, 4, 4, 4, "dont_know", "not_applicable")]
    table, figures = printed(explained(bank(), Answers(people(*rows)), confidential=False))
    assert [row[2] for row in table[-2:]] == ["missing: counts as not reached", "not applicable: in no sum"]
    assert shown(figures["Bounds"][0])[:4] == [20.0, 1.0, 6.0, 3.5]
    assert figures["Coverage"][0].startswith("Weight answered / weight applicable = 5 / 6 = 0.833")


def test_without_a_score_the_reason_stands_there():
    _table, figures = printed(explained(bank(), Answers(people((4, 4, 4))), confidential=False))
    assert "half is needed" in figures["Score"][0]
    assert figures["Level"] == ["A level needs a coverage of 0.80: no level"]


def test_a_share_on_a_threshold_shows_on_which_side_it_lies():
    assert compared(0.85, 0.5, 0.85) == "0.850"
    assert compared(0.85004, 0.5, 0.85) == "0.85004"
    assert compared(0.857142, 0.5, 0.85) == "0.857"


def test_small_numbers_keep_four_digits():
    assert [small(value) for value in (0.00137796, 0.5712, 12.34567, 0.0, 1.0)] == [
        "0.001378", "0.5712", "12.35", "0", "1.000",
    ]  # fmt: skip


def test_every_figure_leads_to_a_heading_of_the_method():
    from assessments.pages.method import method

    anchors = {heading.anchor for heading in method().headings}
    counts = Counter(figure.anchor for one in explanations(northfield.view()) for figure in one.figures)
    assert set(counts) <= anchors
    assert counts["score"] == 8


def test_evidence_is_named_where_a_level_is_self_declared():
    of = bank()
    view = partial(northfield.view, of=of, told={"means": frozenset(of.questions), "counts": {}})
    result = score(of, Answers(people((4,) * 7)))
    pillar = replace(result.pillars[0], self_declared=True)
    (found,) = explanations(view(replace(result, pillars=(pillar,))))
    lines = next(figure.lines for figure in found.figures if figure.name == "Level")
    assert "self-declared" in lines[-1]
    (found,) = explanations(view(result, supported={"p": 1}))
    lines = next(figure.lines for figure in found.figures if figure.name == "Level")
    assert lines[-1].endswith("the others missing: level\u00a01")
