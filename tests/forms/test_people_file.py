"""Lists of people as they come out of spreadsheets, mail programs and Word."""

import pytest

from assessments.forms.invitations import rows_of

ERIN, FRANK = ("erin@n.example", "Erin Osei", "legal"), ("frank@n.example", "Frank Abel", "technology")


def read(text):
    return [row.problem or (row.email, row.name, row.function) for row in rows_of(text, set())]


@pytest.mark.parametrize(
    "text",
    [
        "Erin Osei\terin@n.example\tlegal\nFrank Abel\tfrank@n.example\tTechnology",
        "erin@n.example\tErin Osei\tlegal\nfrank@n.example\tFrank Abel\tCTO\n",
        "Erin\tOsei\terin@n.example\tlegal\r\nFrank\tAbel\tfrank@n.example\tIT\r\n",
        "Erin Osei; erin@n.example; Recht\nFrank Abel; frank@n.example; Technologie",
        "Nachname;Vorname;E-Mail-Adresse;Firma;Funktion\nOsei;Erin;erin@n.example;N;Recht\nAbel;Frank;frank@n.example;N;IT",
        "sep=;\nName;E-mail;Function\nErin Osei;erin@n.example;legal\nFrank Abel;frank@n.example;technology",
        "Erin Osei\terin@n.example\tNorthfield Ltd\tlegal\nFrank Abel\tfrank@n.example\tNorthfield Ltd\tcto",
        "“Erin Osei” <erin@n.example>, legal\n„Frank Abel“ <frank@n.example>; technology",
        "\u202aErin Osei\u202c <\u202aerin@n.example\u202c>, legal\n\ufeffFrank\xa0Abel <frank@n.example>\tCIO",
    ],
)
def test_whatever_it_was_copied_from(text):
    assert read(text) == [ERIN, FRANK]


@pytest.mark.parametrize(
    "text",
    ["Osei, Erin <erin@n.example>; Frank <frank@n.example>;", '"Osei, Erin" <erin@n.example>, Frank <frank@n.example>'],
)
def test_a_line_of_a_mail_program_holds_several(text):
    assert read(text) == [("erin@n.example", "Erin Osei", "other"), ("frank@n.example", "Frank", "other")]


@pytest.mark.parametrize(
    "line",
    [
        "Erin Osei, erin@n.example, legal",
        "legal, Erin Osei, erin@n.example",
        "erin@n.example, legal, Erin Osei",
        "erin@n.example; Erin Osei; Recht",
        "Recht; erin@n.example; Erin Osei",
        "Erin Osei\tlegal\terin@n.example",
        "Erin Osei | erin@n.example | Legal",
        "Erin Osei – erin@n.example – general counsel",
        "Erin Osei erin@n.example legal",
        "Erin Osei <erin@n.example> (Rechtsabteilung)",
        "<erin@n.example> Erin Osei, legal",
        '"Osei, Erin" <erin@n.example>, legal',
        "Osei, Erin <erin@n.example>; legal",
        '"Osei, Erin", erin@n.example, legal',
        "1. Erin Osei, erin@n.example, legal",
        "- Erin Osei, mailto:erin@n.example, legal",
    ],
)
def test_in_any_usual_order_and_separation(line):
    assert read(line) == [ERIN]
    frank = "Frank Abel <frank@n.example>, technology"
    assert read(f"{frank}\n{line}") == [FRANK, ERIN], "whatever the first line is like"


def test_a_degree_is_no_given_name():
    assert read("Erin Osei, PhD <erin@n.example>, legal") == [("erin@n.example", "Erin Osei, PhD", "legal")]


def test_addresses_alone_may_share_a_line():
    assert [row[0] for row in read("erin@n.example; frank@n.example, gina@n.example\nhal@n.example")] == [
        "erin@n.example", "frank@n.example", "gina@n.example", "hal@n.example",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["’t Hooft", "محمد العلي", "王小明", "O’Neill", "ʻAkaka"])
def test_a_name_stays_as_it_is_written(name):
    assert read(f"{name}\terin@n.example\tlegal") == read(f"{name} <erin@n.example>, legal")
    assert read(f"{name}\terin@n.example\tlegal") == [("erin@n.example", name, "legal")]


def test_lines_keep_the_numbers_that_they_have_where_they_come_from():
    rows = list(rows_of("Name\tE-mail\n\nErin\terin@n.example\nFrank\tnowhere@\n", set()))
    assert [(row.line, row.problem is None) for row in rows] == [(3, True), (4, False)]


def test_a_function_without_a_name_is_no_name():
    assert read("erin@n.example\tlegal") == [("erin@n.example", "", "legal")]


@pytest.mark.parametrize(
    "text", [">," * 30_000, ";" * 60_000, "\t" * 60_000, "@ " * 30_000, "<" * 60_000, "a@b>," * 12_000]
)
def test_nonsense_is_read_to_its_end_and_asks_nobody(text):
    assert all(row.problem for row in rows_of(text, set()))
