"""Long texts from outside, by the doors that read them: none costs more than its length explains."""

import contextlib
import importlib
import pkgutil
import time

import pytest
from django import forms as django_forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client

import assessments.admin
import assessments.forms
import maturity
from assessments.admin.worddiff import MAX_PIECES, pieces
from assessments.formats.json_text import deepest_line
from assessments.forms.commentary import ProseField
from assessments.forms.invitations import InviteManyForm
from assessments.markdown import blocks
from assessments.models import COMMENTARY_LIMIT
from maturity import logs
from maturity.logs import LONGEST, redact

pytestmark = pytest.mark.django_db


def seconds_of(work):
    """The least processor time of three runs."""
    spent = []
    for _try in range(3):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
        if spent[-1] < 0.05:
            break
    return min(spent)


@pytest.mark.parametrize("host", ["a" * 8_000, "a." * 4_000, "a@" * 4_000, "a@b." * 2_000, "ä" * 8_000])
def test_a_hostile_name_of_the_host_costs_next_to_nothing(host, capfd):
    assert seconds_of(lambda: Client().get("/", headers={"host": host})) < 0.05
    assert host not in capfd.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "<" + " " * 50_000,
        "Dana <" + " " * 50_000,
        "a\t" + "\t" * 50_000 + "x",
        "a@b.example>," + " " * 50_000,
        "a\n" * 29_000,
        "a@b.example\n" * 4_900,
        "<a@b.example>;" * 4_000,
        '"' * 59_999,
        "a;" * 29_000,
    ],
)
def test_a_hostile_list_of_people_is_read_at_once(text):
    form = InviteManyForm({"people": text}, addresses=set())
    assert seconds_of(form.full_clean) < 0.5  # quadratic, it took tens of seconds
    assert form.is_valid() is text.startswith("a@b.example>,")  # one address beside separators


# Fields of forms and models: whatever is entered, a field says within its limits what it thinks of it

HOSTILE = [
    (piece * 100_000)[:100_000] + end
    for piece, end in (
        ("a", "!"),
        (" ", "x"),
        ("a@", ""),
        ("a.", "@"),
        ("<", ""),
        ("\n", "x"),
        ("9", "!"),
        ("- ", ""),
        ("*a_ ", ""),
        ("https://a/", " "),
        ("[::", ""),
        ("ä", "\ud800"),
    )
]


def own_forms():
    for package in (assessments.forms, assessments.admin, maturity):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if module.name not in ("maturity.__main__", "maturity.demo", "maturity.wsgi"):
                for thing in vars(importlib.import_module(module.name)).values():
                    if isinstance(thing, type) and issubclass(thing, django_forms.BaseForm):
                        yield thing


def refused(clean, text):
    def work():
        with contextlib.suppress(ValidationError, ValueError):  # what it says is another test's
            clean(text)

    return work


def test_no_field_of_a_form_takes_long_over_a_hostile_text():
    fields = {(form.__name__, name): field for form in own_forms() for name, field in form.base_fields.items()}
    assert len(fields) > 60
    slow = [
        (where, text[:10], seconds)
        for where, field in fields.items()
        if not isinstance(field, django_forms.FileField)
        for text in HOSTILE
        if (seconds := seconds_of(refused(field.clean, text))) > 0.1
    ]
    assert slow == []


def test_no_validator_of_a_column_takes_long_over_a_hostile_text():
    columns = [field for model in apps.get_app_config("assessments").get_models() for field in model._meta.fields]
    checks = [validator for field in columns for validator in field.validators if hasattr(validator, "regex")]
    assert checks
    slow = [(check, text[:10]) for check in checks for text in HOSTILE if seconds_of(refused(check, text)) > 0.05]
    assert slow == []


# What is read by more than a pattern


@pytest.mark.parametrize("piece", ["*", "**a ", "*_", "_*a", "a**", "- - ", "- a\n  ", "1) ", "\\*", "# ", "\n"])
def test_marks_without_end_in_a_commentary_are_read(piece):
    text = (piece * COMMENTARY_LIMIT)[:COMMENTARY_LIMIT]
    assert seconds_of(lambda: blocks(text)) < COMMENTARY_LIMIT / 50_000


def test_a_commentary_that_is_too_long_is_not_read(monkeypatch):
    monkeypatch.setattr("assessments.forms.commentary.is_too_deep", lambda text: pytest.fail("read"))
    with pytest.raises(ValidationError, match="Shorten this text"):
        ProseField().clean("- " * COMMENTARY_LIMIT)


@pytest.mark.parametrize(
    ("before", "after"), [("a b c ", "a c b "), ("a ", "a "), ("a b ", "b a "), ("a b c d e ", "e d c b a ")]
)
def test_words_that_come_again_and_again_are_compared_at_once(before, after):
    words = MAX_PIECES // 4 // len(before.split())
    assert seconds_of(lambda: pieces(before * words, after * words)) < 0.5


def test_a_text_without_end_in_json_that_is_too_deep_is_looked_at_once():
    text = "[" * 100_000 + '"' + '\\"' * 50_000
    assert seconds_of(lambda: deepest_line(text)) < 0.3


# Log lines


def test_a_long_line_is_cut_before_it_is_searched(monkeypatch):
    searched = []
    monkeypatch.setattr(logs, "cut", lambda text: searched.append(text) or "short")
    assert redact("a" * 100_000) == "short"
    assert searched


def test_what_is_left_of_a_long_line_is_its_beginning_and_its_end():
    line = redact("It began. " + "word " * 100_000 + "It ended.")
    assert line.startswith("It began. word") and line.endswith("word It ended.")
    assert len(line) < LONGEST + 40 and "characters…]" in line


def test_a_line_without_a_space_is_left_out_whole():
    assert redact("a" * 20_000) == " […20000 characters…] "


@pytest.mark.parametrize("secret", ["mat_" + "k" * 40, "bob@northfield.example", "/invitations/" + "k" * 40 + "/"])
@pytest.mark.parametrize("place", [LONGEST // 2, LONGEST * 2 - LONGEST // 2])
def test_no_half_of_a_secret_is_left_where_a_line_is_cut(secret, place):
    words = "kept " * LONGEST
    for before in range(len(secret) + 6):
        line = redact(words[: place - before] + " " + secret + " " + words)
        assert "kk" not in line and "bob" not in line and "field" not in line


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("a@b.c+d@e.example", "…@…"),
        ("a@b@c.example", "a@…@…"),
        ("<a@b.example>,<c@d.example>.", "<…@…>,<…@…>."),
        ("user@localhost", "user@localhost"),
    ],
)
def test_addresses_that_are_glued_together_are_taken_out_whole(said, heard):
    assert redact(said) == heard
