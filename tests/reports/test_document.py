"""What the report says, before it is set on paper."""

from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest

from assessments.reports.document import document
from assessments.reports.pdf.report import report_html
from assessments.results import ActionSummary, Interviews
from tests.charts import northfield
from tests.markup import flat
from tests.reports.examples import block, blocks, pillar, quoted, report, section, unanswered


def plain(text):
    return text.replace("\u00a0", " ")


def ethics(**fields):
    return pillar(report(**fields))


def test_summary_tells_strengths_gaps_moves_and_decisions():
    page = document(report()).summary
    assert [point.head for point in page.strengths] == ["Vision 3.8.", "Alignment 3.4.", "Culture 3.2."]
    assert plain(page.strengths[0].text).startswith("Level 3, highest in “")
    assert page.gaps_heading == "Three gaps"
    assert page.gaps[0].head == "Ethics, 1.4 below target."
    assert page.gaps[0].text == "First: “Accountability”"
    assert page.moves[0].head == "90 days."
    assert page.decisions == (
        "Name who answers for each of the first three moves. Proposed: Chief executive, Legal.",
        "Fund 3 person-months for the first three moves.",
    )


def test_finding_of_a_very_long_name_is_set_smaller_so_that_the_decisions_stay_on_the_page():
    assert not document(report()).summary.is_long
    html = report_html(report(organisation="The Consolidated Holding Company of the North " * 4))
    assert '<article class="page tight" > <p class="kicker">Summary</p>' in " ".join(html.split())


def test_summary_without_a_clear_gap_does_not_speak_of_gaps():
    result = northfield.result()
    rows = tuple(replace(pillar, gap_within_error=True) for pillar in result.pillars)
    page = document(report(result=replace(result, pillars=rows))).summary
    assert page.gaps_heading == "Lowest scores"
    assert page.gaps[0].head == "Ethics 1.6."


def scored(*scores, level=3):
    """The first pillars with these scores and nothing that blocks them, the others without one; no targets."""
    bank, found = northfield.bank(), northfield.result()
    rows = [
        replace(row, score=score, level=level, target=None, gap=None, blocking=(), status="rated")
        for row, score in zip(found.pillars, scores, strict=False)
    ]
    rest = (northfield.absent(pillar, status="insufficient", coverage=0.0) for pillar in bank.pillars[len(rows) :])
    return replace(found, pillars=(*rows, *rest))


def test_equal_scores_are_neither_highest_nor_lowest():
    page = document(report(result=scored(*[5.0] * 8, level=5))).summary
    assert (page.strengths, page.gaps) == ((), ())
    html = report_html(report(result=scored(*[5.0] * 8, level=5)))
    assert "Highest scores" not in html
    assert "Lowest scores" not in html


def test_no_pillar_is_among_both_the_highest_and_the_lowest_and_each_says_its_level():
    result = scored(2.0, 3.0, 4.0)
    lacking = replace(result.pillars[0], level=None, status="provisional", coverage=0.71)
    page = document(report(result=replace(result, pillars=(lacking, *result.pillars[1:])))).summary
    assert [point.head for point in page.strengths] == ["Talent 4.0."]
    assert [(point.head, point.text) for point in page.gaps] == [("Vision 2.0.", "71% answered: no level")]


def test_legend_names_the_marks_of_its_drawing_and_no_others():
    profile = section(report(), "profile")
    svg, legend = block(profile, "figure").svg, block(profile, "legend")
    assert [item.short for item in legend.items][:3] == ["Score", "90% interval", "Target"]
    assert all(f'class="{item.mark}"' in svg for item in legend.items)
    assert legend.words.startswith("Dot: score; shaded: 90% interval; black line: target")
    page = document(report(result=scored(2.0, 3.0, 4.0))).summary
    assert "hollow dot: provisional" not in page.legend.words


def test_below_three_people_no_column_of_intervals_stands_empty():
    few = northfield.result()
    rows = tuple(replace(row, interval=None, respondents=2) for row in few.pillars)
    few = replace(few, pillars=rows, answered=2, overall=replace(few.overall, interval=None))
    html = flat(report_html(report(result=few)))
    assert "Two views, too few for an interval" in html
    assert ">Interval</th>" not in html
    assert 'col">90% interval</th>' not in html
    assert "Score by pillar, 1 to 5, in the order of the questions" in html
    whole = flat(report_html(report()))
    assert ">Interval</th>" in whole
    assert 'col">90% interval</th>' in whole


@pytest.mark.parametrize(
    ("opened", "closed", "shown"),
    [
        (date(2026, 11, 2), date(2026, 11, 20), "2–20 November 2026"),
        (date(2026, 10, 28), date(2026, 11, 20), "28 October – 20 November 2026"),
        (date(2026, 12, 20), date(2027, 1, 8), "20 December 2026 – 8 January 2027"),
        (date(2026, 11, 20), date(2026, 11, 20), "20 November 2026"),
        (None, date(2026, 11, 20), "20 November 2026"),
        (None, None, None),
    ],
)
def test_dates_name_month_and_year_once_where_they_are_shared(opened, closed, shown):
    assert dict(document(report(opened_on=opened, closed_on=closed)).cover.facts).get("Dates") == shown


def test_pillar_shows_the_next_level_in_the_words_of_what_blocks_first():
    here, following = block(ethics().section, "stages").items
    assert (here.number, here.question) == (1, "“Accountability”")
    assert here.text == "At level 1, ethics-accountability looks like this."
    assert (following.number, following.text) == (2, "At level 2, ethics-accountability looks like this.")


def test_pillar_without_means_shows_the_level_in_general():
    here = block(ethics(told=northfield.NOTHING).section, "stages").items[0]
    assert here.question is None
    assert here.text == "Initial: what it means."


def test_without_means_no_question_is_listed_and_a_line_says_why():
    page = ethics(told=northfield.NOTHING).section
    (suggested,) = blocks(page, "table")
    assert suggested.key == "moves"
    assert "gain" not in [column.key for column in suggested.columns]
    note = "Answers of six people. Figures that could reveal individual answers are not shown"
    assert note in [plain(text.text) for text in blocks(page, "text")]
    assert not any(question.text in str(page) for question in northfield.bank().questions.values())


def test_question_whose_figures_are_hidden_says_so_across_its_row():
    means = northfield.everything()["means"] - {"ethics-bias"}
    answers = block(ethics(told={"means": means, "counts": {}}).section, "table")
    hidden = {row[0].text: (row[1].text, len(row)) for row in answers.rows if len(row) == 2}
    assert hidden == {
        "How do you find bias in AI, and act on it?": ("Not shown: it could reveal individual answers", 2)
    }
    assert "people" not in [column.key for column in answers.columns]


def test_moves_leave_out_columns_that_would_be_empty():
    bare = northfield.result()
    few = replace(bare, priorities=tuple(replace(each, effort=None, horizon=None) for each in bare.priorities))
    columns = [column.key for column in blocks(ethics(result=few).section, "table")[1].columns]
    assert "months" not in columns
    assert "horizon" not in columns


def test_with_means_alone_there_are_figures_and_no_columns():
    answers = block(ethics(told={**northfield.everything(), "counts": {}}).section, "table")
    assert answers.rows[0][1].text == "1.7"
    assert "people" not in [column.key for column in answers.columns]
    assert plain(answers.name) == "Answers by question", "middle answers need five people"


def test_title_of_the_answers_is_proved_by_the_columns():
    # 21 of the 41 answers are at level 1: half of them and a little more
    assert plain(block(ethics().section, "table").name) == (
        "51% of the answers are at level 1, and views differ on “Accountability”"
    )


def stretches(page):
    """The periods of a roadmap: name, rows as texts by the key of their column, note."""
    table, found = block(page, "table"), []
    for row in table.body:
        if row[0].look == "group":
            found.append((row[0].text, [], row[0].remark or None))
        else:
            keys = (table.columns[start].key for start in accumulate((cell.across for cell in row[:-1]), initial=0))
            found[-1][1].append(dict(zip(keys, (cell.text for cell in row), strict=True)))
    return found


def test_roadmap_groups_by_time_and_adds_up():
    page = section(report(), "roadmap")
    assert page.title == "Two of six moves fit into the first 90 days"
    assert page.blocks[0].text.endswith(". One move has no period")
    assert [name for name, _rows, _note in stretches(page)] == ["90 days", "6 months"]
    assert [note for _name, _rows, note in stretches(page)] == [
        "All moves in this period: 1.5 person-months.",
        "All moves in this period: 4.5 person-months.",
    ]


def test_a_move_is_a_bar_with_its_owner_across_the_quarters_of_its_period():
    table = block(section(report(), "roadmap"), "table")
    assert [column.head for column in table.columns[2:]] == ["Q4 2026", "Q1 2027", "Q2 2027"]
    _soon, first, _second, _later, last, *_more = table.body
    assert [(cell.text, cell.across) for cell in first[2:]] == [("Chief executive", 2), ("", 1)]
    assert (last[2].text, last[2].across) == ("", 1)
    assert all(sum(cell.across for cell in row) == len(table.columns) for row in table.body)


def test_comments_stand_with_their_question():
    assert [(quote.question, quote.lines) for quote in quoted(ethics())] == [
        ("“Accountability”", ("I assumed it was the CIO; the CIO assumed it was legal.",)),
        ("“Fairness”", ("We would stop a risky model, but nobody is told to look.",)),
    ]


def test_comment_runs_in_the_direction_of_its_script():
    page = ethics(comments={"ethics-bias": ("1. مرحبا AI", "2. AI مرحبا", "שלום", "42")})
    assert [quote.direction for quote in quoted(page)] == ["rtl", "ltr", "rtl", "ltr"]


def test_many_differences_are_cut_to_a_page_with_a_line_that_says_so():
    bank, result = northfield.bank(), northfield.result()
    keys = {pillar.key: tuple(question.key for question in pillar.questions) for pillar in bank.pillars}
    rows = tuple(
        replace(pillar, agreement=replace(pillar.agreement, flagged=keys[pillar.key])) for pillar in result.pillars
    )
    page = section(report(result=replace(result, pillars=rows)), "agreement")
    differences = block(page, "table", 1)
    hidden = sum(len(found) for found in keys.values()) - len(differences.rows)
    assert len(differences.rows) == 10
    assert f"{hidden} more questions are marked" in page.blocks[-1].text


def test_below_three_people_the_page_on_agreement_is_left_out_with_a_line():
    rows = tuple(
        replace(pillar, agreement=northfield.Agreement(None, None, ())) for pillar in northfield.result().pillars
    )
    html = report_html(report(result=northfield.result(pillars=rows, answered=2)))
    assert "Agreement needs at least three people; two answered." in html
    assert "The page on agreement is therefore left out." in html
    assert "compares how far answers lie apart" not in html


def test_assessment_that_nobody_answered_is_still_a_report():
    html = report_html(unanswered())
    assert "Northfield has no result: no one has answered" in html
    assert "None" not in html.replace("None set", "")


def test_report_says_what_it_is_and_what_it_was_made_from():
    html = report_html(report())
    for words in (
        "Self-assessment, not an audit",
        "reasoned defaults, not validated norms",
        "6 of 8 invited people answered",
        "20 November 2026",
        "sha256:" + "cd" * 32,
        "sha256:" + "ab" * 32,
        "AI leadership maturity 1.0.0",
        "no conformity is claimed",
    ):
        assert words in html


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src="http://evil.example/x">', "</svg></article>"]
)
def test_hostile_words_are_shown_as_text(hostile):
    comments = {"ethics-bias": (hostile,), "vision-value": (hostile * 3,)}
    html = report_html(report(organisation=hostile, assessment_name=hostile, prepared_by=hostile, comments=comments))
    assert hostile not in html
    assert "<script" not in html
    assert "<img" not in html


def test_control_characters_never_reach_the_page():
    html = report_html(report(comments={"ethics-bias": ("a\x00b\x07c\nd",)}))
    assert "abc</p><p>d" in flat(html)


def test_pillar_without_a_target_shows_nothing_under_to_target():
    result = northfield.result()
    first, *others = result.pillars
    rows = (replace(first, target=None, gap=0.9, gap_within_error=False), *others)
    bound = report(result=replace(result, pillars=rows))
    page = document(bound).summary.dots
    name = northfield.bank().pillars[0].name
    assert page.gap_heading == "To target"
    assert next(row.remark for row in page.rows if row.name == name) == ""
    assert page.note == f"No target is set for {name}"
    assert {fact.label: fact.notes for fact in block(pillar(bound, name).section, "facts").items}["Target"] == ()


def test_without_any_target_the_way_to_the_next_whole_score_stays():
    result = northfield.result()
    rows = tuple(replace(row, target=None) for row in result.pillars)
    page = document(report(result=replace(result, pillars=rows))).summary.dots
    assert (page.gap_heading, page.note) == ("Level", None)
    assert any(row.remark for row in page.rows)


def test_cover_and_method_page_say_how_many_were_interviewed():
    assert report_html(report(interviews=Interviews(3, 1))).count("3 recorded in interviews, 1 not confirmed") == 2
    assert "recorded in" not in report_html(report())


def decided_action(title, horizon="90d", status="planned", **more):
    given = {"owner": "Ada", "due_on": date(2027, 2, 23), "effort": 0.5, "question": "vision-direction", **more}
    return ActionSummary(title=title, horizon=horizon, status=status, **given)


def test_roadmap_shows_what_was_decided_instead_of_suggestions():
    found = [
        decided_action("Write it", status="done"),
        decided_action("Ask", "12m", owner="", due_on=None, effort=None),
    ]
    page = section(replace(report(), actions=tuple(found)), "roadmap")
    assert (page.title, page.look) == ("Two actions are decided, one is done", "decided")
    (_soon, (line,), _note), (later, (empty,), note) = stretches(page)
    assert line == {"action": "Write it", "owner": "Ada", "due": "23 February 2027", "state": "Done", "months": "0.5"}
    assert (later, empty["owner"], empty["due"], note) == ("12 months", "–", "–", None)


def test_a_roadmap_without_decisions_says_that_it_suggests():
    page = section(report(), "roadmap")
    assert page.look == "planned"
    assert page.blocks[0].text.startswith("Suggested by the result, not decided yet")


def test_every_decided_action_is_printed_and_the_sum_says_of_how_many():
    found = [decided_action(f"Action {n}", effort=0.5 if n % 2 else None) for n in range(40)]
    ((_name, rows, note),) = stretches(section(replace(report(), actions=tuple(found)), "roadmap"))
    assert [row["action"] for row in rows] == [f"Action {n}" for n in range(40)]
    assert note == "All actions in this period: 10 person-months for the 20 that have an estimate."
