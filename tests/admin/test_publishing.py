"""Check, publish, retire, copy."""

import pytest
from django.db import IntegrityError, connection, transaction

from assessments.actions import banks
from assessments.formats.dump import checksum
from assessments.models import BankVersion, NextStep, Organisation
from tests.markup import flat

from .conftest import change, page, questions_of, save


def send(client, draft, number="2.0.0", **changes):
    shown = client.get(page(draft, "publish/")).context["form"]
    data = {
        "number": number,
        "reason": "A year of use",
        "confirmation": f"ai-leadership {number}",
        "content": shown.initial["content"],
    }
    return client.post(page(draft, "publish/"), {**data, **changes})


def reworded(workshop, question):
    save(workshop, question, text="Who would notice if this were wrong?")


def test_a_sound_draft_has_no_errors_and_says_so(workshop, draft):
    html = workshop.get(page(draft, "check/")).content.decode()
    assert "No errors: this version can be published" in html


@pytest.mark.parametrize(
    ("spoil", "address"),
    [
        (lambda d: questions_of(d).update(text=""), "/question/{question}/change/#id_text"),
        (
            lambda d: questions_of(d).first().anchors.filter(level=1).delete(),
            "/question/{question}/change/#id_anchor_1",
        ),
        (lambda d: d.levels.filter(number=5).update(summary=""), "/bankversion/{version}/change/#id_level_5_summary"),
        (lambda d: d.pillars.filter(pk=d.pillars.first().pk).update(name=""), "/pillar/{pillar}/change/#id_name"),
        (
            lambda d: d.pillars.filter(pk=d.pillars.first().pk).update(weight=0.001),
            "/pillar/{pillar}/change/#id_weight",
        ),
        (
            lambda d: questions_of(d).first().anchors.filter(level=3).update(text="fully"),
            "/question/{question}/change/#id_anchor_3",
        ),
        (
            lambda d: NextStep.objects.filter(question=questions_of(d).first(), order=1).update(requires=["nowhere"]),
            "/question/{question}/change/#id_next_steps-1-requires",
        ),
        (
            lambda d: NextStep.objects.filter(question=questions_of(d).first(), order=0).update(owner=""),
            "/question/{question}/change/#id_next_steps-0-action",
        ),
    ],
)
def test_each_finding_leads_to_its_field(workshop, draft, spoil, address):
    first = questions_of(draft).first()
    spoil(draft)
    html = workshop.get(page(draft, "check/")).content.decode()
    wanted = address.format(version=draft.pk, pillar=first.pillar_id, question=first.pk)
    assert f'href="/admin/assessments{wanted}"' in html
    screen = workshop.get(f"/admin/assessments{wanted.split('#')[0]}").content.decode()
    assert f'id="{wanted.split("#")[1]}"' in screen


def test_errors_block_publishing_and_warnings_do_not(workshop, draft):
    questions_of(draft).filter(pk=questions_of(draft)[0].pk).update(help="")
    assert workshop.get(page(draft, "publish/")).status_code == 200
    questions_of(draft).filter(pk=questions_of(draft)[0].pk).update(text="")
    assert workshop.get(page(draft, "publish/"))["Location"] == page(draft, "check/")
    assert workshop.post(page(draft, "publish/"), {})["Location"] == page(draft, "check/")


def test_the_page_shows_what_differs_and_the_number_that_follows(workshop, draft, question):
    reworded(workshop, question)
    response = workshop.get(page(draft, "publish/"))
    html = response.content.decode()
    assert "Questions reworded" in html
    assert "wrong?</ins>" in flat(html)
    assert "These changes require 2.0.0 or higher" in html
    assert response.context["form"].initial["number"] == "2.0.0"


def test_publishing_asks_for_the_number_of_the_rules_a_reason_and_the_name(workshop, draft, question):
    reworded(workshop, question)
    wrong = {
        "number": {"number": "1.0.1", "confirmation": "ai-leadership 1.0.1"},
        "reason": {"reason": ""},
        "confirmation": {"confirmation": "yes"},
    }
    for field, changes in wrong.items():
        response = send(workshop, draft, **changes)
        assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_author_may_vouch_that_a_rewording_is_a_typo(workshop, draft, question):
    reworded(workshop, question)
    assert send(workshop, draft, "1.0.1", same_meaning="on").status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.version) == ("published", "1.0.1")


def test_a_published_version_is_sealed_and_names_its_checksum(workshop, draft, dana):
    response = send(workshop, draft, follow=True)
    assert response.status_code == 302
    draft.refresh_from_db()
    html = workshop.get(change(draft)).content.decode()
    assert draft.checksum in html and "A year of use" in html
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assessments_bankversion SET version = '9.0.0' WHERE id = %s", [draft.pk])


def test_a_draft_that_changed_behind_the_page_is_shown_again(workshop, draft, question):
    shown = workshop.get(page(draft, "publish/")).context["form"]
    reworded(workshop, question)
    response = send(workshop, draft, content=shown.initial["content"])
    assert response.status_code == 422
    assert "changed while this page was open" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert response.context["form"]["content"].value() == checksum(banks.to_publish(draft))


def test_a_retired_version_starts_no_assessment_and_says_why(workshop, version):
    assert workshop.post(page(version, "retire/"), {"reason": "Old"}).status_code == 200
    version.refresh_from_db()
    assert version.state == "published"
    assert workshop.post(page(version, "retire/"), {"reason": "Old", "sure": "on"}).status_code == 302
    version.refresh_from_db()
    assert version.state == "retired"


def test_a_draft_is_not_retired(workshop, draft):
    assert workshop.post(page(draft, "retire/"), {"reason": "x", "sure": "on"}).status_code == 403


def test_the_next_draft_and_a_bank_of_its_own(workshop, version):
    workshop.post(page(version, "copy/"), {"key": ""})
    workshop.post(page(version, "copy/"), {"key": "mine"})
    made = BankVersion.objects.filter(state="draft").order_by("pk")
    assert [(draft.bank.key, draft.version) for draft in made] == [("ai-leadership", "1.0.1"), ("mine", "1.0.0")]
    assert "key" in workshop.post(page(version, "copy/"), {"key": "mine"}).context["form"].errors


def test_the_screen_says_which_assessments_run_on_a_version(workshop, version, assessment):
    html = workshop.get(change(version)).content.decode()
    link = f"/admin/assessments/assessment/?bank_version__id__exact={version.pk}&amp;state__exact=open"
    assert f'href="{link}">1 open</a>' in flat(html)
    assert b"Q4" in workshop.get(link.replace("&amp;", "&")).content


@pytest.mark.parametrize("sent", [{"retires_last": "on"}, {}])
def test_publishing_retires_the_last_version_only_if_asked(workshop, version, draft, question, sent):
    save(workshop, question, help="Minutes count.")
    form = workshop.get(page(draft, "publish/")).context["form"]
    assert form["retires_last"].value() is True
    assert send(workshop, draft, "2.0.1", **sent).status_code == 302
    version.refresh_from_db()
    assert version.state == ("retired" if sent else "published")


@pytest.mark.parametrize("typed", ["2.0.1", "ai-leadership 2.0.1", "AI leadership maturity 2.0.1"])
def test_the_number_the_key_or_the_title_confirms(workshop, draft, question, typed):
    save(workshop, question, help="Minutes count.")
    assert send(workshop, draft, "2.0.1", confirmation="2.0.0").status_code == 422
    assert send(workshop, draft, "2.0.1", confirmation=typed).status_code == 302


def test_a_new_bank_is_not_preselected_before_the_one_in_use(workshop, version, dana):
    pilot = banks.new_draft(version=version, by=dana, key="pilot")
    banks.publish(version=pilot, by=dana)
    start = workshop.get("/assessments/start/")
    assert start.context["form"]["bank_version"].value() == version.pk
    organisation = Organisation.objects.create(name="Northfield")
    organisation.memberships.create(user=dana, role="lead")
    organisation.assessments.create(name="Pilot", bank_version=pilot)
    assert workshop.get("/assessments/start/").context["form"]["bank_version"].value() == pilot.pk


def test_the_administration_says_how_a_bank_is_tried_and_who_starts_assessments(workshop):
    html = workshop.get("/admin/").content.decode()
    assert (
        "Preview as a respondent" in html
        and 'href="/assessments/start/"' in html
        and 'href="/help/question-banks/"' in html
    )


def test_the_check_says_the_same_warning_once(workshop, draft):
    questions_of(draft).update(help="")
    html = workshop.get(page(draft, "check/")).content.decode()
    assert html.count("an example of evidence helps to choose") == 1
    assert "an example of evidence helps to choose. The same in 55 other places." in html


def test_a_published_question_leads_to_a_new_draft(workshop, version, draft):
    copy = f'href="{page(version, "copy/")}"'
    for row in (version, version.pillars.first(), questions_of(version).first()):
        html = workshop.get(change(row)).content.decode()
        assert copy in html and "Correct in a new draft" in html
    assert "Correct in a new draft" not in workshop.get(change(questions_of(draft).first())).content.decode()
