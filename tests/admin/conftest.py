"""Dana, who keeps the question banks, and a draft with the content of the shipped one."""

import pytest

from assessments.actions import banks
from assessments.models import Question, User
from tests.views.reauthentication import confirmed


@pytest.fixture
def dana(db):
    return User.objects.create_superuser("dana@demo.example", name="Dana")


@pytest.fixture
def workshop(dana):
    """Dana's browser, in which she has just said once more who she is."""
    return confirmed(dana)


@pytest.fixture
def draft(version, dana):
    return banks.new_draft(version=version, by=dana)


@pytest.fixture
def pillar(draft):
    return draft.pillars.first()


@pytest.fixture
def question(pillar):
    return pillar.questions.first()


def change(row):
    return f"/admin/assessments/{row._meta.model_name}/{row.pk}/change/"


def page(version, name=""):
    return f"/admin/assessments/bankversion/{version.pk}/{name}"


def form_of(response):
    """Every field of an admin page as the browser would post it back, inline forms and hidden tokens included."""
    data = {"_opened": response.context.get("token", "")}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += inline.formset.forms
        for name, value in inline.formset.management_form.initial.items():
            data[f"{inline.formset.prefix}-{name}"] = value
    for form in forms:
        for bound in form:
            value = bound.value()
            shown = bound.field.prepare_value(value)
            data[bound.html_name] = "" if shown is None or shown is False else shown
    return data


def save(client, row, **changes):
    """Open a row's page, change some fields, send it back."""
    return client.post(change(row), {**form_of(client.get(change(row))), **changes})


def questions_of(version):
    return Question.objects.filter(pillar__version=version).order_by("pillar__order", "order")
