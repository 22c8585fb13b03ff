"""Units as people paste them: tables, paths, indented lines; and a sentence for each row that cannot be one."""

import datetime

import pytest

from assessments.forms.unit_rows import rows_of

EUROPE = [("Europe",), ("Europe", "Sales")]


def found(text, existing=()):
    return [(row.path, row.details) for row in rows_of(text, existing) if row.problem is None]


def problems(text, existing=()):
    return [(row.line, row.problem) for row in rows_of(text, existing) if row.problem]


@pytest.mark.parametrize(
    "text",
    [
        "parent\tname\theadcount\nEurope\tSales\t1.200\n\tEurope\t\nSales\tBerlin\t3",
        "Übergeordnet;Einheit;Mitarbeitende\n;Europe;\nEurope;Sales;1'200\nEurope > Sales;Berlin;3",
        "Europe\nEurope > Sales; 1200\nEurope > Sales > Berlin; 3",
        "Europe\n  Sales, 1200\n    Berlin, 3",
        "Europe\n\tSales, 1200\n\t\tBerlin, 3",
    ],
)
def test_all_ways_to_write_a_tree_are_the_same(text):
    assert found(text) == [
        (("Europe",), {}),
        (("Europe", "Sales"), {"headcount": 1200}),
        (("Europe", "Sales", "Berlin"), {"headcount": 3}),
    ]
    assert problems(text) == []


def test_rows_go_under_units_that_are_there():
    assert found("parent,name\nSales,Berlin\nEUROPE,Ops", EUROPE) == [
        (("Europe", "Sales", "Berlin"), {}),
        (("Europe", "Ops"), {}),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name\nEurope", 2, "already a unit called “Europe” at the top"),
        ("parent,name\nEurope,SALES", 2, "“Europe” already has a unit called “SALES”"),
        ("parent,name\n,Asia\n,Asia", 3, "already a unit called “Asia”"),
        ("parent,name\nAfrica,Lagos", 2, "no unit called “Africa” to put “Lagos” under"),
        ("Africa > Lagos", 1, "no unit called “Africa”"),
        ("parent,name\nA,B\nB,A", 2, "“B” is under “A”, which never leads to the top"),
        ("parent,name\nA,A", 2, "“A” is under “A”"),
        ("parent,name\n,Ops\nOps,Sales\nSales,Berlin", 4, "several units called “Sales”"),
        ("a\n b\n  c\n   d\n    e\n     f\n      g", 7, "up to 6 levels deep"),
        ("name,headcount\nAsia,many", 2, "“many” is not a headcount"),
        ("name,headcount\nAsia,0", 2, "“0” is not a headcount"),
        ("name,headcount\n,3", 2, "The name is missing"),
        ("name\n" + "x" * 121, 2, "up to 120 characters"),
        ("name\nsee www.example.org", 2, "without brackets or web addresses"),
        ("name,in use since\nBot,soon", 2, "“soon” is not a date"),
    ],
)
def test_each_bad_row_has_a_sentence_with_its_number(text, line, words):
    said = dict(problems(text, EUROPE))
    assert words in said[line]


def test_a_system_has_its_purpose_owner_and_class():
    text = "Name;Purpose;Owner;In use since;Risk class\nChatbot;Answers customers;Ann Lee;31.03.2026;high"
    since = datetime.date(2026, 3, 31)
    details = {"purpose": "Answers customers", "owner": "Ann Lee", "in_use_since": since, "risk_class": "high"}
    assert found(text) == [(("Chatbot",), details)]
