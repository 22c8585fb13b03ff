"""Titles, remarks and reasons: each says what its figures prove, in the terms of the people who answered."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from assessments.scoring.figures import Agreement, Blocker
from assessments.wording.next_steps import blocker_reason, moves_title, people_at, why
from assessments.wording.pillars import pillar_titles
from assessments.wording.remarks import absence, interval_title, remark
from assessments.wording.titles import agreement_note, agreement_title, gaps_title, profile_title
from tests.charts import northfield

BANK = northfield.bank()
NOTHING = northfield.NOTHING


def row(**fields):
    return northfield.pillar_result(BANK.pillars[0], **fields)


def gaps(**by_key):
    """Northfield with these gaps to targets, each clear of its error."""
    result = northfield.result()
    rows = [replace(p, gap=by_key.get(p.key, 0.0), gap_within_error=p.key not in by_key) for p in result.pillars]
    return gaps_title(northfield.view(replace(result, pillars=tuple(rows))))


def test_title_of_the_gaps():
    assert gaps_title(northfield.view(northfield.result())) == "Ethics is 1.4 below its target; no other gap comes near"
    assert gaps(ethics=0.9, talent=0.7) == "Ethics and Talent are furthest below target, by 0.9 and 0.7"
    assert gaps(ethics=0.71, talent=0.7) == "Ethics and Talent are furthest below target, both by 0.7"
    assert gaps(ethics=3.0, talent=2.5) == "Ethics and Talent are furthest below target, by 3.0 and 2.5"
    assert gaps(ethics=3.0, talent=2.5, culture=2.5) == "Ethics is furthest below target, by 3.0"
    assert gaps(ethics=2.5, talent=2.5, culture=2.5) == "Three pillars are furthest below target, each by 2.5"
    assert gaps(talent=0.6) == "Talent is 0.6 below its target; no other pillar clearly is"
    assert gaps() == "Every pillar with a score meets its target"


def test_gaps_within_error_are_not_called_gaps():
    result = northfield.result()
    rows = [replace(p, gap=0.2, gap_within_error=True) for p in result.pillars if p.score is not None]
    assert (
        gaps_title(northfield.view(northfield.with_pillars(result, *rows))) == "No pillar is clearly below its target"
    )


def test_without_targets_the_title_tells_the_highest_and_the_lowest():
    result = northfield.result()
    rows = [replace(p, target=None) for p in result.pillars]
    assert (
        gaps_title(northfield.view(replace(result, pillars=tuple(rows))))
        == "Vision is highest at 3.8, Ethics lowest at 1.6"
    )
    even = [replace(p, target=None, score=3.0) for p in result.pillars]
    assert gaps_title(northfield.view(replace(result, pillars=tuple(even)))) == "Every pillar with a score is at 3.0"


def test_nothing_scored_has_a_title_too():
    rows = tuple(northfield.absent(p, status="insufficient", coverage=0.0) for p in BANK.pillars)
    result = northfield.result(pillars=rows)
    assert gaps_title(northfield.view(result)) == "No pillar has a score"
    assert profile_title(northfield.view(result)) == "The profile has too few scores for a shape"
    assert agreement_title(northfield.view(replace(result, answered=2))) == "Agreement needs at least three people"
    assert agreement_title(northfield.view(result)) == "Too few people answered to show how far they agree"


def test_profile_names_pillars_and_no_group_which_its_figure_does_not_show():
    result = northfield.result()
    assert profile_title(northfield.view(result)) == "Vision is 2.2 ahead of Ethics"
    scores = {"vision": 4.0, "ethics": 3.9, "alignment": 3.8, "culture": 3.0, "talent": 2.5, "change": 3.2}
    rows = [replace(p, score=scores.get(p.key, 3.5)) for p in result.pillars]
    assert profile_title(northfield.view(replace(result, pillars=tuple(rows)))) == "Vision is 1.5 ahead of Talent"
    rows = [replace(p, score={"vision": 3.76, "ethics": 1.94}.get(p.key, 3.0)) for p in result.pillars]
    title = profile_title(northfield.view(replace(result, pillars=tuple(rows))))
    assert title == "Vision is 1.9 ahead of Ethics", "3.8 less 1.9, as printed"
    close = [replace(p, score=3.0 + place / 20) for place, p in enumerate(result.pillars)]
    title = profile_title(northfield.view(replace(result, pillars=tuple(close))))
    assert title == "Eight pillars lie within 0.4 of one another"


@pytest.mark.parametrize(
    ("weak", "title"),
    [
        ((), "People agree on every pillar"),
        (("ethics",), "Views differ on Ethics"),
        (("ethics", "change"), "Views differ on Ethics and Change"),
        (("ethics", "change", "talent"), "Views differ on three pillars, most on Talent"),
    ],
)
def test_title_of_the_agreement(weak, title):
    result = northfield.result()
    rows = [
        replace(p, agreement=Agreement(0.4 if p.key in weak else 0.8, "weak" if p.key in weak else "strong", ()))
        for p in result.pillars
    ]
    assert agreement_title(northfield.view(replace(result, pillars=tuple(rows)))) == title


def test_agreement_is_claimed_only_where_enough_people_answered():
    result = northfield.result()
    rows = [replace(p, agreement=Agreement(0.8, "strong", ())) for p in result.pillars[:3]]
    rest = [replace(p, agreement=Agreement(None, None, ())) for p in result.pillars[3:]]
    title = agreement_title(northfield.view(replace(result, pillars=(*rows, *rest))))
    assert title == "People agree where enough of them answered to show it"


@pytest.mark.parametrize(
    ("answered", "note"),
    [
        (6, "Agreement between six respondents, r*wg, 0 to 1"),
        (2, "Agreement needs at least three people; two answered."),
        (0, "Agreement needs at least three people; no one answered."),
    ],
)
def test_note_of_the_agreement(answered, note):
    assert agreement_note(northfield.result(answered=answered)) == note


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"gap": 0.62}, "0.6 to target"),
        ({"gap": 0.19, "gap_within_error": True}, "0.2, no clear gap"),
        ({"gap": 0.0}, "target met"),
        ({"gap": 0.01, "gap_within_error": True}, "under 0.1, no clear gap"),
        ({"gap": 0.2, "target": None, "score": 3.8, "level": 3}, "level\u00a03"),
        ({"status": "provisional", "level": None, "coverage": 5 / 7}, "71% answered: no level"),
        ({"status": "provisional", "level": None, "coverage": 0.7999}, "79% answered: no level"),
        ({"level": None, "na_share": 0.6}, "60% not applicable: no level"),
        ({"respondents": 1}, "one person’s view"),
        ({"respondents": 2}, "two views, no interval"),
    ],
)
def test_remarks(fields, words):
    assert remark(BANK, row(**fields), few_people=False) == words


def test_assessment_of_one_person_says_so_once_and_still_shows_each_gap():
    assert remark(BANK, row(respondents=1, gap=0.6, gap_within_error=None), few_people=True) == "0.6 to target"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"status": "insufficient", "coverage": 3 / 7, "bounds": (2.2857, 4.5714)},
            "No score: 43% answered, half is needed. It would lie between 2.3 and 4.6",
        ),
        ({"status": "insufficient", "coverage": 0.0}, "No score: no question has an answer on the scale"),
        ({"status": "not_applicable"}, "No score: every question was set aside as not applicable"),
        ({"status": "unscored"}, "No score: its questions carry no weight"),
    ],
)
def test_absent_scores_say_why(fields, words):
    assert absence(northfield.absent(BANK.pillars[0], **fields)) == words


def test_strip_tells_what_it_draws():
    assert interval_title(row(interval=(3.58, 4.04), target=4.0), BANK.scale) == "90% interval 3.6 to 4.0, target 4.0"
    assert interval_title(row(interval=None, target=4.0), BANK.scale) == "Target 4.0"
    assert interval_title(row(interval=None, target=None), BANK.scale) == "Score on an axis from 1 to 5"


def reason(number, because="below", told=None, **figures):
    ethics = northfield.result().pillars[3]
    blocker = Blocker(ethics.questions[number].key, because)
    if figures:
        changed = replace(ethics.questions[number], **figures)
        ethics = replace(ethics, questions=(*ethics.questions[:number], changed, *ethics.questions[number + 1 :]))
    view = northfield.view(northfield.with_pillars(northfield.result(), ethics), told=told)
    text = blocker_reason(view, ethics, blocker)
    return text.replace("\u00a0", " ")


def test_reason_of_an_essential_question():
    assert reason(0, "essential") == "Required for level 2; the median answer is level 1"
    assert reason(0, "essential", NOTHING) == "Required for level 2; not met"
    assert reason(0, "essential", n=1) == "Required for level 2; the answer is level 1"
    assert reason(0, "essential", n=0, dont_know=2) == "Required for level 2; no one could answer it"
    assert reason(0, "essential", n=0, dont_know=0) == "Required for level 2; no one answered it"


def test_reason_of_a_cap_and_of_a_share():
    assert reason(1, "cap").startswith("The median answer is level 1, and a pillar is at most two levels above")
    assert reason(1, "cap", NOTHING) == "A pillar is at most two levels above its lowest answer"
    assert reason(1) == "1 of 6 people is at level 2 or above"
    assert reason(2) == "2 of 6 people are at level 2 or above"
    assert reason(1, told=NOTHING) == "Too few answers at level 2 or above"
    assert reason(1, n=0, dont_know=0) == "No one answered it"


def test_without_permission_no_reason_gives_a_number_of_people_or_a_middle_answer():
    for number in range(7):
        for because in ("essential", "cap", "below"):
            assert not re.search(r"\d of|middle", reason(number, because, NOTHING))


def test_nobody_is_a_word():
    asked = BANK.pillars[0].questions[0]
    assert people_at(BANK, asked, (6, 0, 0, 0, 0), 2).replace("\u00a0", " ") == "No one is at level 2 or above"
    assert people_at(BANK, asked, (6, 0, 0, 0, 0), 5).replace("\u00a0", " ") == "No one is at level 5", "none is above"


def test_why_a_move_comes_where_it_comes():
    view, hidden = northfield.view(), northfield.view(told=NOTHING)
    ethics, (first, second, *_others) = view.rows["ethics"], view.result.priorities
    said = why(view, ethics, first).replace("\u00a0", " ")
    assert said == "Ethics. Views differ (answers from level 1 to level 4): align on the facts first"
    assert why(hidden, ethics, first) == "Ethics. Look at this together first", "nothing says that people differ"
    assert why(view, ethics, second).replace("\u00a0", " ") == "Ethics. Keeps the pillar from level 2"
    assert why(hidden, ethics, second) == "Ethics. Keeps the pillar from its next level", (
        "no level beside a hidden step"
    )


def test_title_of_the_moves():
    moves = northfield.result().priorities
    assert moves_title(BANK, moves[:5]) == "Five moves that matter most; the first three are in Ethics"
    assert moves_title(BANK, moves[:3]) == "Three moves that matter most, all in Ethics"
    assert moves_title(BANK, moves[2:5]) == "Three moves that matter most, in three pillars"
    assert moves_title(BANK, moves[:1]) == "One move matters most, in Ethics"
    assert moves_title(BANK, ()) == "No moves left: no question is below its target"


def frame(title, bank=BANK):
    """A title without its names and numbers."""
    for pillar in bank.pillars:
        title = title.replace(pillar.name, "P")
    return re.sub("“[^”]*”", "Q", re.sub(r"\d+%?|one|two|three|four|five|six|seven", "N", title.lower()))


def test_pillar_titles_name_the_blocker():
    titles = {
        key: text.replace("\u00a0", " ") for key, text in pillar_titles(northfield.view(northfield.result())).items()
    }
    assert titles["ethics"] == "Ethics stays at level 1 until “Accountability” reaches level 2"
    assert titles["talent"] == "Raise “Funding” and Talent reaches level 3"
    assert titles["partnerships"] == "No question of Partnerships applies"


def test_settling_one_question_is_promised_only_where_it_suffices():
    talent = replace(northfield.result().pillars[2], attained={2: 0.8, 3: 0.4, 4: 0.1, 5: 0.0})
    titles = pillar_titles(northfield.view(northfield.with_pillars(northfield.result(), talent)))
    assert "reaches" not in titles["talent"]
    assert "Only" not in titles["talent"]


@pytest.mark.parametrize("because", ["essential", "cap", "below"])
@pytest.mark.parametrize("blocking", [1, 2, 7])
def test_no_frame_serves_three_of_eight_titles(because, blocking):
    rows = tuple(
        northfield.pillar_result(p, level=2, blocking=tuple(Blocker(q.key, because) for q in p.questions[:blocking]))
        for p in BANK.pillars
    )
    titles = pillar_titles(northfield.view(northfield.result(pillars=rows))).values()
    assert max(Counter(frame(title) for title in titles).values()) <= 2


@pytest.mark.parametrize(
    "fields",
    [
        {"level": 5, "blocking": ()},
        {"level": None, "status": "provisional", "coverage": 0.6},
        {"level": None, "status": "insufficient", "coverage": 0.4, "score": None},
        {"level": None, "status": "not_applicable", "coverage": None, "score": None},
        {"level": None, "status": "unscored", "coverage": None, "score": None},
        {"level": None, "na_share": 0.7},
    ],
)
def test_nor_where_nothing_blocks_or_nothing_is_scored(fields):
    rows = tuple(northfield.pillar_result(p, **fields) for p in BANK.pillars)
    titles = pillar_titles(northfield.view(northfield.result(pillars=rows))).values()
    assert max(Counter(frame(title) for title in titles).values()) <= 2
