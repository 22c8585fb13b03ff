"""Preparing one assessment in two tabs: what was saved in one is not written over by the other unseen."""

import re

import pytest

from assessments.models import Assessment
from tests.views.test_planning import base, draft, in_days, lead

__all__ = ["base", "draft", "lead"]

TARGETS = {"target-vision": "3", "reason-vision": "Enough", "approved_by": "Board", "approved_on": "2026-01-02"}
BASICS = {"name": "Q1", "confidentiality": "confidential"}


def opened(lead, address):
    """The token that a page carries."""
    (token,) = re.findall(r'name="token" value="(\w+)"', lead.get(address).content.decode())
    return {"token": token}


def as_it_stands(draft):
    draft.refresh_from_db()
    return (
        Assessment.objects.filter(pk=draft.pk)
        .values("name", "confidentiality", "due_on", "reminder_days", "targets")
        .get()
    )


@pytest.mark.parametrize(
    ("step", "one", "other", "said", "kept"),
    [
        ("targets", TARGETS, TARGETS | {"target-vision": "4.5"}, "Vision: someone else has saved “3.0”.", 'value="4.5"'),
        ("targets", TARGETS, {}, "Vision: someone else has saved “Enough”.", "error-summary"),
        ("dates", {"reminder_days": ["7", "3"], "due_on": str(in_days(20))}, {"due_on": str(in_days(30))},
         "Remind people who have not submitted: someone else has saved “7 days before, 3 days before”.", str(in_days(30))),
        ("basics", BASICS | {"name": "Spring"}, BASICS | {"name": "Autumn"}, "someone else has saved “Spring”.", "Autumn"),
    ],
)  # fmt: skip
def test_the_later_tab_is_told_and_keeps_what_was_typed(lead, base, draft, version, step, one, other, said, kept):
    address, bank = f"{base}{step}/", {"bank_version": version.pk}
    seen = opened(lead, address)
    assert lead.post(address, one | seen | bank).status_code == 302
    assert lead.post(address, one | seen | bank).status_code == 302, "pressed twice"
    stands = as_it_stands(draft)
    page = lead.post(address, other | seen | bank)
    html = page.content.decode()
    assert "Someone else has saved this step in the meantime." in html and said in html and kept in html
    assert as_it_stands(draft) == stands
    again = {"token": page.context["form"]["token"].value()}
    assert lead.post(address, other | again | bank).status_code == 302, "seen now, and saved in its place"
    assert as_it_stands(draft) != stands


def test_steps_do_not_disturb_each_other(lead, base, draft):
    seen = opened(lead, base + "targets/")
    lead.post(base + "dates/", {"due_on": str(in_days(20))} | opened(lead, base + "dates/"))
    assert lead.post(base + "targets/", TARGETS | seen).status_code == 302
    assert as_it_stands(draft)["targets"]["vision"]["target"] == 3


def test_an_earlier_page_copies_nothing_over_what_was_entered_since(lead, assessment, base, draft):
    seen = opened(lead, base + "people/")
    lead.post(base + "targets/", TARGETS | opened(lead, base + "targets/"))
    page = lead.post(base + "people/", {"copy": "1"} | seen, follow=True).content.decode()
    assert "nothing was copied" in page
    assert as_it_stands(draft)["targets"] and not draft.participants.exists()
    lead.post(base + "people/", {"copy": "1"} | opened(lead, base + "people/"))
    assert draft.participants.count() == 2
