"""Reviewing an assessment before it closes: marks, checked evidence, and what closing asks."""

import pytest

from assessments.actions import assessments, pillar_reviews
from assessments.actions.assessments import WrongStateError
from assessments.models import Answer, Assessment, Citation, Evidence, Pillar, PillarReview, Submission
from tests.mailbox import BASE, browser_of
from tests.views.test_results import answered

KEY = "vision-direction"


@pytest.fixture
def lead(alice):
    return browser_of(alice)


@pytest.fixture
def named(assessment):
    Assessment.objects.filter(pk=assessment.pk).update(confidentiality="named")
    answered(assessment, 2, every={KEY, "vision-value"})
    Answer.objects.filter(question__key=KEY).update(evidence_text="Board minute 7", evidence_grade=2)
    return Assessment.objects.get(pk=assessment.pk)


@pytest.fixture
def vision(version):
    return Pillar.objects.get(version=version, key="vision")


def grades():
    return sorted(Answer.objects.filter(question__key=KEY).values_list("evidence_grade", flat=True))


def test_closing_lists_what_is_open_and_asks(named, lead, alice):
    base = f"/assessments/{named.pk}/"
    assert "Still open" not in lead.get(f"{base}close/").content.decode()
    lead.post(f"{base}reviews/", {"on": ""})
    lead.post(f"{base}reviews/vision/", {"state": "to_clarify", "note": "Ask for the minute"})
    lead.post(f"{base}reviews/culture/", {"state": "checked", "note": ""})
    page = lead.get(f"{base}close/").content.decode()
    assert "Vision is to be clarified" in page.replace("\u2068", "").replace("\u2069", "")
    assert "Ask for the minute" in page
    assert "Culture has not been reviewed" not in page
    assert "Close anyway" in page
    assert lead.post(f"{base}close/").status_code == 302
    assert Assessment.objects.get(pk=named.pk).has_result
    assert PillarReview.objects.get(pillar__key="vision").reviewed_by == alice


def test_checked_evidence_is_graded_3_with_name_and_date_and_taken_back(named, lead, alice):
    base = f"/assessments/{named.pk}/reviews/vision/"
    first, second = Answer.objects.filter(question__key=KEY).order_by("pk")
    lead.post(base, {"state": "checked", "note": "", "checked": [str(first.pk)]})
    assert grades() == [2, 3]
    assert first.check_of_evidence.checked_by == alice
    assert "Alice" in lead.get(base).content.decode()
    lead.post(base, {"state": "checked", "note": "", "checked": [str(second.pk)]})
    first.refresh_from_db()
    assert (first.evidence_grade, grades()) == (2, [2, 3])


def test_a_file_of_the_register_is_evidence_to_check(named, lead):
    answer = Answer.objects.filter(question__key="vision-value").first()
    for title, is_registered in (("Minutes of May", True), ("Not in the register", False)):
        piece = Evidence.objects.create(
            organisation=named.organisation, title=title, name="a.pdf", kind="pdf", size=1, file=title,
            in_register=is_registered,
        )  # fmt: skip
        Citation.objects.create(evidence=piece, submission=answer.submission, question=answer.question)
    page = lead.get(f"/assessments/{named.pk}/reviews/vision/").content.decode()
    assert "Minutes of May" in page
    assert "Not in the register" not in page


def test_nobody_checks_their_own_evidence(named, vision):
    own = Answer.objects.filter(question__key=KEY).first()
    owner = own.submission.participant.user
    pillar_reviews.check_evidence(assessment=named, pillar=vision, checked=[own.pk], by=owner)
    assert grades() == [2, 2]


def test_answers_that_are_open_again_lose_the_check(named, alice, vision):
    answer = Answer.objects.filter(question__key=KEY).first()
    pillar_reviews.check_evidence(assessment=named, pillar=vision, checked=[answer.pk], by=alice)
    assessments.reopen(submission=answer.submission, reason="Please look again", by=alice, base_url=BASE)
    assert grades() == [2, 2]
    assert not pillar_reviews.evidence_to_check(named, vision).filter(pk=answer.pk).exists()


def test_a_confidential_assessment_shows_no_evidence_before_the_close(named, lead, vision):
    Assessment.objects.filter(pk=named.pk).update(confidentiality="confidential")
    page = lead.get(f"/assessments/{named.pk}/reviews/vision/").content.decode()
    assert "Board minute" not in page
    confidential = Assessment.objects.get(pk=named.pk)
    pk = Answer.objects.filter(question__key=KEY).first().pk
    lead.post(f"/assessments/{named.pk}/reviews/vision/", {"state": "checked", "note": "", "checked": [str(pk)]})
    assert not pillar_reviews.evidence_to_check(confidential, vision).exists()
    assert grades() == [2, 2]


def test_drafts_are_not_shown_to_who_reviews(named, lead):
    Submission.objects.update(state="draft", submitted_at=None)
    assert "Board minute" not in lead.get(f"/assessments/{named.pk}/reviews/vision/").content.decode()


def test_after_the_close_the_review_can_be_read_only(named, lead, alice, vision):
    pillar_reviews.review(assessment=named, pillar=vision, state="checked", note="All seen", by=alice)
    assessments.close(assessment=named, by=alice)
    assert "All seen" in lead.get(f"/assessments/{named.pk}/reviews/").content.decode()
    assert lead.post(f"/assessments/{named.pk}/reviews/vision/", {"state": ""}).status_code == 302
    with pytest.raises(WrongStateError):
        pillar_reviews.check_evidence(assessment=named, pillar=vision, checked=[], by=alice)
    assert PillarReview.objects.get().state == "checked"


def test_a_participant_does_not_see_the_review(named, bob):
    assert browser_of(bob).get(f"/assessments/{named.pk}/reviews/").status_code == 404
