"""What is printed of index and level is recomputed from its text alone."""

import html
import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from assessments.demo import sample
from assessments.scoring.answers import NOT_APPLICABLE
from assessments.scoring.result import score
from assessments.scoring.view import ResultView, view_of
from assessments.wording.explanations.organisation import whole
from assessments.wording.numbers import rounded
from tests.markup import flat
from tests.scoring.limited import seen
from tests.wording.test_explanations import shown

BANK, ANSWERS = sample.sample_bank(), sample.sample_answers()
WEIGHTS = dict(zip((pillar.key for pillar in BANK.pillars), (1, 2, 1, 0.5, 0, 1, 3, 1), strict=True))
HEAVY = replace(BANK, pillars=tuple(replace(pillar, weight=WEIGHTS[pillar.key]) for pillar in BANK.pillars))


def printed(bank=BANK, answers=ANSWERS, *, confidential=True):
    """The rendered disclosure: cells of each row, lines by figure, and the result."""
    result = score(bank, answers)
    found = whole(ResultView(bank, seen(bank, answers, confidential=confidential), "Northfield"))
    text = flat(render_to_string("assessments/results/_whole.html", {"whole": found, "method": "/method/"}))
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall("<tr>(.*?)</tr>", text)]
    blocks = [re.split("</dt><dd>|</dd><dd>", block) for block in re.findall("<div><dt>(.*?)</div>", text)]
    lines = [[html.unescape(re.sub("<.*?>", "", part)).replace("\u00a0", " ") for part in block] for block in blocks]
    return cells[1:-1], {name: rest for name, *rest in lines}, result


def without_a_pillar(key):
    """Nobody has to do with this pillar, and of another one half is missing."""
    aside = {question.key: NOT_APPLICABLE for question in BANK.pillars[-1].questions}
    return replace(ANSWERS, respondents=tuple(replace(p, answers={**p.answers, **aside}) for p in ANSWERS.respondents))


@pytest.mark.parametrize("bank", [BANK, HEAVY])
@pytest.mark.parametrize("answers", [ANSWERS, without_a_pillar(BANK.pillars[-1].key)])
def test_index_and_level_follow_from_what_is_printed(bank, answers):
    rows, figures, result = printed(bank, answers)
    counted = [(float(weight), float(points)) for _n, weight, _c, _l, points, *_p in rows if re.match(r"\d", points)]
    counted = [pair for pair in counted if pair[0]]
    total, weight = sum(w * s for w, s in counted), sum(w for w, _s in counted)
    assert shown(figures["Index"][0])[:3] == [
        pytest.approx(total, abs=1e-3),
        pytest.approx(weight),
        pytest.approx(result.overall.index, abs=6e-4),
    ]
    assert total / weight == pytest.approx(result.overall.index, abs=1e-3)
    reach, index, again, low, high = shown(figures["90% interval"][1])
    assert (again, low, high) == (reach, pytest.approx(index - reach, abs=2e-3), pytest.approx(index + reach, abs=2e-3))
    assert (low, high) == tuple(pytest.approx(end, abs=1e-3) for end in result.overall.interval)
    levels = [(float(w), int(level)) for _n, w, _c, level, *_rest in rows if level.isdigit() and float(w)]
    shares = [sum(w for w, at in levels if at >= floor) / sum(w for w, _at in levels) for floor in range(2, 6)]
    assert [shown(line)[-1] for line in figures["Level"] if line.startswith("P(")] == [
        pytest.approx(each, abs=6e-4) for each in shares
    ]
    climb = [line for line in figures["Level"] if re.match(r"Level \d: ", line)]
    reached = 1 + sum(line.endswith("holds") for line in climb)
    assert result.overall.level == min(reached, 1 + min(at for _w, at in levels))
    for line in climb:
        checks = [(float(a) > float(b), sign == ">") for a, sign, b in re.findall(r"= ([\d.]+) ([>≤]) ([\d.]+)", line)]
        assert all(holds == said for holds, said in checks)
        assert all(said for _holds, said in checks) == line.endswith("holds")


@pytest.mark.parametrize("bank", [BANK, HEAVY])
def test_the_corners_of_the_weights_follow_from_what_is_printed(bank):
    rows, figures, result = printed(bank)
    points = {name: (float(weight), float(score)) for name, weight, _c, _l, score, _p in rows if float(weight)}
    low, high = result.overall.weight_range
    for line, bound in zip(figures["Pillar weights ±25%"][:2], (low, high), strict=True):
        raised = [name for name in points if re.search(rf"\b{name}\b", line.partition(" × ")[0])]
        swung = [(w * (1.25 if name in raised else 0.75), s) for name, (w, s) in points.items()]
        assert sum(w * s for w, s in swung) / sum(w for w, _s in swung) == pytest.approx(bound, abs=1e-3)
        assert shown(line)[-1] == pytest.approx(bound, abs=6e-4)


def test_where_a_question_is_hidden_scores_have_one_decimal_and_no_sum_is_printed():
    key = BANK.pillars[0].questions[0].key
    few = tuple(
        replace(person, answers={k: v for k, v in person.answers.items() if k != key or place < 2})
        for place, person in enumerate(ANSWERS.respondents)
    )
    rows, figures, result = printed(answers=replace(ANSWERS, respondents=few))
    first, second = rows[:2]
    assert first[4:] == [str(rounded(result.pillars[0].score)), "–"]
    assert len(second[4]) == len("2.8889")
    assert figures["Index"] == [f"Sum of weight × score / sum of weights, shown as {rounded(result.overall.index)}"]
    assert figures["Pillar weights ±25%"][0].startswith("Shown as ")
    assert figures["90% interval"][-1].startswith("Shown as ")
    assert not re.search(r"\d\.\d\d\d", " ".join([*figures["Index"], *figures["90% interval"]]))


def test_without_index_and_level_the_reason_stands_there():
    alone = replace(ANSWERS, respondents=(replace(ANSWERS.respondents[0], answers={}),))
    rows, figures, _result = printed(answers=alone)
    assert figures["Index"] == ["No index: too few pillars have a score"]
    assert figures["Level"][0].startswith("No level")
    assert "Pillar weights ±25%" not in figures
    assert len(rows) == 8


def test_every_name_leads_to_a_heading_of_the_method():
    from assessments.pages.method import method

    anchors = {heading.anchor for heading in method().headings}
    found = whole(view_of(BANK, score(BANK, ANSWERS)))
    assert {figure.anchor for figure in found.figures} <= anchors
