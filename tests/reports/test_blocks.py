"""Blocks as every renderer reads them."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from assessments.reports.blocks import DASH, FIGURE, Column, Fact, Facts, Heading, Section, Styled, Table, Text

COLUMNS = (Column("name", "Name"), Column("score", "Score", style=FIGURE), Column("owner", "Owner"))


def table(*rows, **more):
    return Table("table", "Table", COLUMNS, rows, **more)


def html(*blocks):
    return render_to_string("assessments/report/_section.html", {"section": Section("key", "Kicker", "Title", blocks)})


def test_a_part_is_a_heading_with_what_follows_it():
    before, first, second = Text("a"), Text("b"), Text("c")
    section = Section("key", "Kicker", "Title", (before, Heading("One"), first, Heading("Two"), second))
    assert [(part.heading and part.heading.text, part.blocks) for part in section.parts] == [
        (None, (before,)),
        ("One", (first,)),
        ("Two", (second,)),
    ]


def test_nothing_is_a_dash_and_texts_beside_the_first_column_stand_at_the_start():
    ((name, score, owner),) = table(("Vision", None, "Ada")).lines
    assert (name.look, score.text, score.look, owner.look) == ("", DASH, "", "left")


def test_the_last_cell_of_a_short_row_reaches_over_the_rest():
    ((_name, absent),) = table(("Vision", Styled("Not shown", "absent"))).lines
    assert (absent.across, absent.look) == (2, "absent")
    assert '<td class="absent" colspan="2">Not shown</td>' in html(table(("Vision", Styled("Not shown", "absent"))))


def test_a_total_stands_apart():
    found = table(("Vision", "3.1", "Ada"), ("All", "3.0", ""), has_total=True)
    assert ([row[0].text for row in found.body], found.total[0].text) == (["Vision"], "All")


def test_a_text_is_escaped_and_a_drawing_is_not():
    found = html(table((Styled("<b>", remark="<i>"), mark_safe("<svg></svg>"), "<p>")), Facts((Fact("L", "<u>"),)))
    assert all(text in found for text in ("&lt;b&gt;", "&lt;i&gt;", "&lt;p&gt;", "&lt;u&gt;", "<svg></svg>"))
