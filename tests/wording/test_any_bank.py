"""Sentences about banks of other shapes than ours: each holds, and names only levels that the bank offers."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from assessments.branding.colour import contrast
from assessments.charts import palette
from assessments.charts.ladder import ladder
from assessments.charts.radar import is_numbered
from assessments.charts.radar_labels import LINE_HEIGHT, SIZE, WIDTH, labels
from assessments.charts.svg import width_of
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.bank import Gate, Level, Scale
from assessments.scoring.minimum_respondents import disclosed
from assessments.scoring.result import score
from assessments.scoring.suppression import ReaderResult
from assessments.scoring.view import ResultView, view_of
from assessments.wording.explanations.organisation import whole
from assessments.wording.explanations.pillar import explanations
from assessments.wording.findings import finding, lead
from assessments.wording.pillars import answers_title, pillar_titles
from assessments.wording.remarks import claimed_levels, level_named, level_shown, thresholds
from assessments.wording.titles import gaps_title
from tests.shapes import SHAPES, checklist, one_question, seven_levels, staged


def seen(bank, place, people=1):
    """Everybody gave the answer at this place among those offered, from 0 or from the end."""
    given = {key: question.offered[place] for key, question in bank.questions.items()}
    answers = Answers(tuple(Respondent(f"r{number}", given) for number in range(people)))
    found = disclosed(bank, answers, confidential=False)
    return ResultView(bank, ReaderResult(score(bank, answers), *found), "Northfield")


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", [0, -1])
def test_no_sentence_names_a_level_that_is_not_offered(shape, place):
    view = seen(SHAPES[shape](), place)
    said = [finding(view), lead(view), gaps_title(view), *pillar_titles(view).values(), claimed_levels(view.bank)]
    said += [line for each in explanations(view) for figure in each.figures for line in figure.lines]
    said += [line for figure in whole(view).figures for line in figure.lines]
    named = {int(number) for text in said for number in re.findall(r"level (\d+)", plain(text), re.IGNORECASE)}
    assert named <= {view.bank.level_number(level) for level in range(1, view.bank.highest + 1)}
    assert len(ladder(view)) == view.bank.highest
    assert {step.percent for step in ladder(view)} >= {0, 100}


def levels(*names, **fields):
    return replace(one_question(), levels=tuple(Level(name) for name in names), **fields)


@pytest.mark.parametrize(
    ("bank", "first", "third"),
    [
        (levels("Level 0", "Level 1", "Level 2"), 0, "Level 2"),
        (levels("Stage 5", "Stage 6", "Stage 7"), 5, "Stage 7"),
        (levels("Level 1", "Level 2", "Level 4"), 1, "level 3, Level 4"),
        (levels("A", "B", "C"), 1, "level 3, C"),
        (levels("A", "B", "C", range=Scale(0, 2)), 0, "level 2, C"),
        (levels("A", "B", "C", range=Scale(0, 100)), 1, "level 3, C"),
        (levels("A", "B", "C", range=Scale(0, 100), gate=Gate("stages")), 0, "level 2, C"),
        (levels("A", "B", "C", gate=Gate("stages")), 1, "level 3, C"),
    ],
)
def test_a_level_is_called_by_its_own_name_or_number(bank, first, third):
    assert bank.level_number(1) == first
    assert plain(level_named(bank, 3)) == third


@pytest.mark.parametrize("count", range(2, 8))
def test_no_two_levels_of_a_ladder_share_a_colour(count):
    tones = [palette.tone(place, count) for place in range(1, count + 1)]
    for fills in ([palette.FILL[tone] for tone in tones], [palette.DARK[palette.FILL[tone]] for tone in tones]):
        light = [contrast(fill, "#000000") for fill in fills]
        assert light in (sorted(light), sorted(light, reverse=True))
        assert all(high / low >= 1.2 for low, high in pairwise(sorted(light)))
    for fill, text in palette.ON_FILL.items():
        assert min(contrast(fill, text), contrast(palette.DARK[fill], palette.DARK[text])) >= 4.2


def test_one_pillar_is_not_every_pillar():
    view = seen(one_question(), 0, people=3)
    assert plain(finding(view)) == "Northfield is at level 1"
    assert lead(view) == "“only-1?” comes first."
    assert plain(finding(seen(one_question(), -1))) == "Northfield is at level 3, the highest"


def test_a_model_with_a_scale_of_its_own_has_its_figure_first():
    assert plain(finding(seen(staged(), -1))) == "3.0 of 3. Northfield is at level 3 in every pillar"
    assert plain(finding(seen(checklist(), 0))) == "Northfield is at level 1 in every pillar"


def test_two_levels_need_evidence_at_the_upper_one():
    assert plain(claimed_levels(checklist())) == "level 2"
    assert plain(claimed_levels(seven_levels())) == "level 6 or 7"


def test_a_bank_with_thresholds_of_its_own_is_said_to_set_them():
    assert thresholds(checklist()) == "The thresholds are reasoned defaults, not validated norms."
    assert thresholds(staged()).startswith("The question bank sets the thresholds of its levels")
    assert plain(lead(seen(checklist(), 0))).startswith("For level 2, more than half of the pillars must be at")


def test_answers_of_a_shared_set_are_called_by_their_texts():
    view = seen(staged(), -1, people=3)
    assert plain(answers_title(view, view.result.pillars[0])) == "All answers are “answer 4”"


def test_a_stage_is_explained_by_the_arithmetic_of_its_questions():
    bank = staged()
    given = {key: question.offered[-1 if question.stage == 2 else 1] for key, question in bank.questions.items()}
    view = view_of(bank, score(bank, Answers((Respondent("r", given),))), "Northfield")
    first, row = explanations(view)[0], view.result.pillars[0]
    lines = [plain(line) for figure in first.figures for line in figure.lines]
    assert any(line.endswith("over the questions of stage 1 / their weight = 2.0000 / 2 = 1.000") for line in lines)
    assert "Level 1: a(1) = 1.000 ≥ 1.00: holds" in lines
    assert "Level 2: a(2) = 0.250 < 1.00, a(1) = 1.000 ≥ 1.00: fails" in lines
    assert first.inputs.heads == ("Stage",)
    assert level_shown(bank, row) == "1+"
    assert [step.number for step in ladder(view)] == [0, 1, 2, 3]


def test_the_groups_are_what_an_index_of_groups_is_recomputed_from():
    found = whole(seen(staged(), -1))
    groups = [row for row in found.rows if row.is_group]
    assert [row.name for row in groups] == ["Governance", "Design", "Implementation", "Verification", "Operations"]
    assert sum(float(row.product) for row in groups) == pytest.approx(float(found.total))


LONG = "Stakeholder participation and accountability"


@pytest.mark.parametrize("count", [3, 8, 12])
def test_names_without_room_become_numbers(count):
    bank = seven_levels()
    pillars = tuple(replace(bank.pillars[0], key=f"p{place}", name=LONG) for place in range(count))
    short = replace(bank, pillars=tuple(replace(pillar, name=f"Field {place}") for place, pillar in enumerate(pillars)))
    for each, numbered in ((replace(bank, pillars=pillars), True), (short, False)):
        view = view_of(each, score(each, Answers(())))
        assert is_numbered(view) is numbered
        assert_inside([name for name, _pillar in view.axes])


def assert_inside(names):
    for label in labels(names, ["0.0"] * len(names)):
        wide = max(width_of(line, SIZE) for line in (*label.name, *label.value))
        left = label.x - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
        assert left >= -2
        assert left + wide <= WIDTH + 2
        assert len(label.name) * SIZE * LINE_HEIGHT < 60
