"""The whole page, for the drawn example, for hostile words, and for whatever people answer."""

from collections import Counter
from dataclasses import asdict, is_dataclass, replace
from functools import cached_property

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings, strategies as st

from assessments.pages.result.next_steps import Lacking
from assessments.pages.result.page import ResultPage
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.organisation import share_level
from assessments.scoring.result import score
from assessments.wording.next_steps import limit_of
from tests.charts import northfield

PARTIALS = {
    "_verdict": "page", "_pillars": "dots", "_radar": "profile", "_figures": "figures", "_explain": "explained", "_blockers": "blockers",
    "_moves": "moves", "_agreement": "agreement", "_method": "page",
}  # fmt: skip


def drawn(base=None, **fields):
    return ResultPage(northfield.view(base, **fields))


def rendered(page, **more):
    parts = {"page": page, **{name: getattr(page, name) for name in set(PARTIALS.values()) - {"page"}}}
    return "".join(
        render_to_string(f"assessments/results/{name}.html", {part: parts[part], **more})
        for name, part in PARTIALS.items()
        if parts[part] is not None
    )


EVERYTHING = [name for name, kind in vars(ResultPage).items() if isinstance(kind, property | cached_property)]


def readable(value):
    """Rows of dataclasses as dictionaries."""
    if isinstance(value, list | tuple):
        return [readable(each) for each in value]
    return asdict(value) if is_dataclass(value) else value


def texts(value):
    """Every string of a page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def test_rows_are_ranked_and_the_unscored_pillar_stands_last():
    rows = drawn().dots.rows
    assert [row.name for row in rows] == [
        "Vision", "Alignment", "Culture", "Change", "Talent", "Infrastructure", "Ethics", "Partnerships",
    ]  # fmt: skip
    assert [row.clear_gap for row in rows] == [False, False, True, False, True, False, True, False]
    assert rows[-1].strip is None


def test_ladder_stands_where_the_level_is():
    steps = drawn().ladder
    assert [(step.reached, step.current, step.next) for step in steps] == [
        (True, False, False), (True, True, False), (False, False, True), (False, False, False), (False, False, False),
    ]  # fmt: skip
    assert [step.note for step in steps if step.note] == ["Northfield is here", "Held back by Ethics"]


def test_without_a_level_nothing_is_filled_and_nothing_dashed():
    result = northfield.result()
    talent = replace(result.pillars[2], status="insufficient", level=None, score=None, coverage=0.43)
    result = replace(northfield.with_pillars(result, talent), overall=replace(result.overall, level=None, index=None))
    page = drawn(result, told=northfield.NOTHING)
    assert not any(step.reached or step.current or step.next for step in page.ladder)
    assert page.verdict.level_reason == "No level: Talent lacks answers"
    assert page.verdict.index_strip is None
    assert page.blockers.lacking == (Lacking("Talent", "43% answered: no score"),)
    assert page.blockers.note.startswith("A level needs answers to at least 80%")


def test_where_nobody_has_answered_no_pillar_is_named_for_it():
    result = score(northfield.bank(), Answers(respondents=()))
    found = drawn(result, told=northfield.NOTHING).blockers
    assert (found.rows, found.lacking) == ((), ())
    assert found.note.startswith("A level needs answers")


def test_gain_is_shown_only_with_the_mean():
    assert drawn().moves.rows[0].gain == "+0.03"
    hidden = drawn(told=northfield.NOTHING).moves.rows
    assert {(move.gain, move.effect) for move in hidden} == {(None, None)}


def test_columns_are_drawn_only_with_the_distribution():
    assert drawn().blockers.rows[0].columns is not None
    limited = drawn(told={**northfield.everything(), "counts": {}})
    assert {row.columns for row in (*limited.blockers.rows, *limited.blockers.more)} == {None}
    assert "Number of people" not in limited.blockers.note


def test_table_has_a_phrase_where_a_score_would_stand():
    rows = drawn().figures.rows
    assert rows[-1].absent == "Not applicable, so no score"
    assert (rows[5].bounds, rows[0].bounds) == ("2.4–3.0", "3.8")
    assert drawn().figures.total.not_applicable == "42"


def test_table_names_the_levels_that_rest_on_words_alone():
    result = northfield.result()
    rows = [replace(result.pillars[place], level=4, self_declared=True) for place in (0, 1)]
    page = drawn(northfield.with_pillars(result, *rows), told=northfield.NOTHING)
    assert page.figures.note == (
        "Self-declared, because evidence for level\u00a04 or 5 is missing: Vision and Culture."
    )
    assert page.figures.note in rendered(page)
    assert drawn().figures.note is None


def test_two_pillars_have_no_radar():
    bank = northfield.bank(names=("Vision", "Ethics"))
    rows = tuple(row for row in northfield.result().pillars if row.key in ("vision", "ethics"))
    result = northfield.result(pillars=rows, priorities=())
    page = drawn(result, of=bank, told=northfield.NOTHING)
    assert page.profile.figure is None
    assert 'class="chart bars"' in page.profile.svg
    assert "Vision" in rendered(page)


def test_page_brings_the_style_elements_of_plotly_with_its_nonce():
    ids = drawn().profile.style_ids
    html = render_to_string("assessments/results/_plotly.html", {"style_ids": ids, "csp_nonce": "n0nce"})
    assert '<style nonce="n0nce" id="plotly.js-style-global"></style>' in html
    assert html.count("<style") == 2
    assert " style=" not in html


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}%(x)s", "</svg>"]
)
def test_hostile_words_are_shown_as_text(hostile):
    bank = northfield.bank()
    pillars = tuple(
        replace(
            pillar,
            name=f"{pillar.name} {hostile}",
            questions=tuple(replace(question, text=hostile, short=None) for question in pillar.questions),
        )
        for pillar in bank.pillars
    )
    levels = tuple(replace(level, name=hostile) for level in bank.levels)
    result = northfield.result()
    priorities = tuple(replace(priority, action=hostile) for priority in result.priorities)
    page = drawn(
        replace(result, priorities=priorities),
        of=replace(bank, pillars=pillars, levels=levels),
        organisation=hostile,
    )
    html = rendered(page)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert html.count("</svg>") == html.count("<svg")
    assert hostile in page.finding


QUESTIONS = tuple(northfield.bank().questions)
VALUES = st.sampled_from([1, 2, 3, 4, 5, 5, 3, "dont_know", None])
PERSON = st.lists(VALUES, min_size=len(QUESTIONS), max_size=len(QUESTIONS))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    people=st.lists(PERSON, max_size=6),
    targets=st.sampled_from([{}, {"ethics": 4.0}, dict.fromkeys(["vision", "change"], 3.5)]),
)
def test_whatever_people_answer_the_page_speaks_whole_sentences(people, targets):
    bank = northfield.bank()
    respondents = tuple(
        Respondent(id=str(number), answers={k: v for k, v in zip(QUESTIONS, values, strict=True) if v is not None})
        for number, values in enumerate(people)
    )
    result = score(bank, Answers(respondents=respondents, targets=targets))
    counted = {key: Counter(person.answers.get(key) for person in respondents) for key in QUESTIONS}
    counts = {key: tuple(found[level] for level in range(1, 6)) for key, found in counted.items()}
    view = northfield.view(result, told={"means": frozenset(QUESTIONS), "counts": counts})
    page = ResultPage(view)
    for text in texts([readable(getattr(page, name)) for name in EVERYTHING]):
        assert "None" not in text
        assert "%(" not in text
        assert "  " not in text
    for title in (page.dots.title, page.profile.title, page.moves.title, page.agreement.title):
        assert 0 < len(title) <= 80
        assert title[0].isupper()
        assert not title.endswith(".")
    limit = limit_of(view)
    assert (limit is None) == (result.overall.level in (None, 5))
    if limit is not None:
        assert limit.pillars == tuple(row.key for row in result.pillars if (row.level or 9) < limit.failed)
        assert limit.level <= limit.failed <= limit.level + 1
    if limit is not None and limit.rule == "lowest":
        others = [(1.0, row.level) for row in result.pillars if row.key not in limit.pillars and row.level is not None]
        assert share_level(others) == limit.others > limit.level
    assert rendered(page)
