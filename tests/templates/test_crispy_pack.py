"""Our crispy pack: label, hint, error and control tied together, and a summary of what is wrong."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms

from tests.markup import flat


class Round(forms.Form):
    name = forms.CharField(label="Name of the assessment", help_text="For example the quarter.")
    note = forms.CharField(label="Note", required=False)
    who = forms.ChoiceField(
        label="Who answers?", widget=forms.RadioSelect, choices=[("a", "Only me"), ("b", "<b>All</b>")]
    )
    ok = forms.BooleanField(label="I have checked it")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.fixture
def empty():
    return render_crispy_form(Round())


@pytest.fixture
def wrong():
    return render_crispy_form(Round({}))


def test_hint_is_tied_to_its_field(empty):
    assert '<div class="hint" id="id_name_helptext">For example the quarter.</div>' in empty
    assert 'aria-describedby="id_name_helptext"' in empty


def test_optional_fields_say_so_and_required_ones_do_not(empty):
    assert empty.count("(optional)") == 1


def test_radios_are_a_fieldset_with_a_legend(empty):
    assert "<legend>Who answers?</legend>" in empty.replace("\n", "")
    assert '<label class="option" for="id_who_0">' in empty


def test_markup_in_a_choice_is_text(empty):
    assert "&lt;b&gt;All&lt;/b&gt;" in empty
    assert "<b>All</b>" not in empty


def test_nothing_is_wrong_before_sending(empty):
    assert "error" not in empty


def test_summary_takes_focus_and_links_to_each_field(wrong):
    assert 'class="error-summary" tabindex="-1" autofocus' in wrong
    for target in ("#id_name", "#id_who_0", "#id_ok"):
        assert f'href="{target}"' in wrong


def test_each_empty_field_is_named_in_its_error(wrong):
    assert wrong.count("“Name of the assessment” is still empty") == 2
    assert wrong.count("Choose an answer to “Who answers?”") == 2
    assert wrong.count("Tick “I have checked it” to continue") == 2
    assert "This field is required" not in wrong


def test_error_is_tied_to_its_field(wrong):
    assert 'id="id_name_error"' in wrong
    assert 'aria-describedby="id_name_helptext id_name_error"' in wrong
    assert 'aria-invalid="true"' in wrong


def test_layout_objects_render():
    helper = FormHelper()
    helper.layout = Layout(
        Fieldset("The assessment", "name", Field("note")), Div("who", css_class="wide"), "ok", Submit("go", "Start")
    )
    html = flat(render_crispy_form(Round(), helper))
    assert "<legend>The assessment</legend>" in html
    assert '<div class="wide"' in html
    assert 'type="submit"' in html
    assert "novalidate" in html
