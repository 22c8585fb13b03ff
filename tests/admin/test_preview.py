"""A draft as its respondents and readers would meet it."""

import re

import pytest

from assessments.admin import sample
from assessments.models import Answer, Submission
from assessments.results import bank_of
from tests.markup import flat

from .conftest import page, questions_of


def test_the_page_of_a_respondent_is_the_real_one(workshop, draft):
    response = workshop.get(page(draft, "preview/pillars/vision/"))
    names = [template.name for template in response.templates]
    assert "assessments/answering/pillar.html" in names
    assert response.content.count(b'class="question"') == 7
    assert b"js/autosave.js" not in response.content


def test_a_draft_is_read_anew_each_time(workshop, draft):
    workshop.get(page(draft, "preview/pillars/vision/"))
    questions_of(draft).filter(pk=questions_of(draft)[0].pk).update(text="Who would know?")
    assert b"Who would know?" in workshop.get(page(draft, "preview/pillars/vision/")).content


def test_going_on_saves_nothing_and_shows_the_next_section(workshop, draft):
    response = workshop.post(page(draft, "preview/pillars/vision/"), {"vision-direction": "3"})
    assert response["Location"] == page(draft, "preview/pillars/culture/")
    assert (Answer.objects.count(), Submission.objects.count()) == (0, 0)


def test_only_our_own_pages_may_frame_it(workshop, draft):
    response = workshop.get(page(draft, "preview/pillars/vision/"))
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in workshop.get(page(draft, "preview/"))["Content-Security-Policy"]


@pytest.mark.parametrize("width", ["phone", "desktop", "nonsense"])
def test_the_frame_has_a_width(workshop, draft, width):
    html = workshop.get(page(draft, f"preview/?width={width}&pillar=ethics")).content.decode()
    assert f'<iframe class="{"phone" if width == "nonsense" else width}"' in flat(html)
    assert page(draft, "preview/pillars/ethics/") in html


def test_an_unknown_pillar_is_not_found(workshop, draft):
    assert workshop.get(page(draft, "preview/pillars/none/")).status_code == 404


@pytest.mark.parametrize("name", ["preview/", "preview/pillars/vision/", "preview/result/", "preview/report.pdf"])
def test_a_draft_with_errors_leads_to_its_check(workshop, draft, name):
    questions_of(draft).update(text="")
    assert workshop.get(page(draft, name))["Location"] == page(draft, "check/")


def test_the_sample_result_is_scored_and_drawn(workshop, draft):
    html = workshop.get(page(draft, "preview/result/")).content.decode()
    assert 'id="profile"' in html and "<svg" in html
    assert not re.search(r'href="/assessments/', html)  # nothing to download of an assessment that is none


def test_the_sample_report_is_a_pdf(workshop, draft):
    response = workshop.get(page(draft, "preview/report.pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_the_same_bank_gives_the_same_people(version):
    bank = bank_of(version)
    one = sample.answers_for(bank)
    assert one == sample.answers_for(bank)
    assert all(
        value in bank.questions[key].offered
        for person in one.respondents
        for key, value in person.answers.items()
        if isinstance(value, int)
    )


def test_who_may_not_see_banks_sees_no_preview(client, alice, draft):
    alice.is_staff = True
    alice.save()
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    for name in ("preview/", "preview/pillars/vision/", "preview/result/", "check/", "export.yaml", "edits/"):
        assert client.get(page(draft, name)).status_code == 403, name
