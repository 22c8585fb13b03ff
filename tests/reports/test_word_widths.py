"""Columns of Word tables: no head or figure breaks, whatever the page of a template has room for."""

import pytest

from assessments.reports.blocks import FIGURE, Column, Styled, Table
from assessments.reports.page_fit import ARABIC, BOLD, HEBREW, MM, text_width
from assessments.reports.word_widths import SIZE, SMALLEST, fitted

HEADS = ("Pillar", "Level", "Score", "90% interval", "Bounds", "Target", "Cover\u00adage", "Evi\u00addence")


def table(name="Talent", widths=(46, 8, 8, 24, 24, 17, 17, 17)):
    columns = tuple(Column(str(place), head, width, FIGURE) for place, (head, width) in enumerate(zip(HEADS, widths, strict=True)))  # fmt: skip
    return Table("", "", columns, ((name, *["3.7"] * 7),))


def breaks(columns, size=SIZE):
    words = [(word, column.width) for column in columns for word in column.head.replace("\u00ad", "").split()]
    return [word for word, width in words if text_width(word, size, BOLD) / MM > width]


def test_heads_keep_their_words_on_a_narrow_page():
    columns, size = fitted(table(), 0.75)
    assert breaks([Column("", head, column.width * 0.75) for head, column in zip(HEADS, table().columns, strict=True)])
    assert not breaks(columns)
    assert size is None
    assert sum(column.width for column in columns) == pytest.approx(161 * 0.75)


def test_letters_are_smaller_where_the_words_have_no_room():
    columns, size = fitted(table(), 0.55)
    assert SMALLEST <= size < SIZE
    assert not breaks(columns, size)
    assert sum(column.width for column in columns) == pytest.approx(161 * 0.55)


def test_names_take_what_the_figures_do_not_need():
    name = "Strategy and measurement 13 of many"
    (first, *others), _size = fitted(table(name), 1)
    assert first.width > 40
    assert text_width(name, SIZE, BOLD) / MM < first.width
    assert not breaks(others)


def test_a_text_beside_figures_has_room_behind_its_indent():
    columns = (Column("", "Move", 60), Column("", "Months", 20, FIGURE), Column("", "Q4 2026", 9), Column("", "Q1", 9))
    found, _size = fitted(Table("", "", columns, (("Act", "2", Styled("", across=2)),)), 1)
    assert found[2].width > found[3].width
    assert found[2].width - 3 > text_width("2026", SIZE, BOLD) / MM


def test_arabic_and_hebrew_are_narrower_than_other_scripts_without_a_measure():
    widths = [text_width(chr(letter), 10) for letter in (ARABIC[0x2C], HEBREW[0x40], 0x4E00)]
    assert widths == pytest.approx([4.6, 6.0, 10.0])
