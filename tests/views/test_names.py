"""A name of somebody who is erased, in what others wrote: no word goes before whoever runs the organisation has looked."""

import datetime
import io
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from assessments.actions import answering, assessments
from assessments.models import (
    AgreedAnswer,
    Answer,
    AuditEvent,
    Commentary,
    Consultancy,
    Engagement,
    Export,
    Membership,
    NameReview,
    Organisation,
    Participant,
    Question,
    RoadmapAction,
    Snippet,
    Submission,
    User,
)
from assessments.privacy import erasing, name_reviews, redaction, retention, tables
from tests.mailbox import browser_of

TEXT = "The board says: vision first. Our AI strategy is the board's."


@pytest.fixture
def called(assessment, alice):
    """Somebody of Northfield who calls themselves what they like."""

    def made(name, email="mallory@northfield.example"):
        user = User.objects.create_user(email, name=name)
        assessments.add_participant(assessment=assessment, user=user, function="legal", by=alice)
        return user

    return made


def written(assessment, text=TEXT, pk=0):
    """The text wherever others write."""
    question = Question.objects.filter(pillar__version=assessment.bank_version)[pk]
    Commentary.objects.create(assessment=assessment, text=text, checksum="x")
    AgreedAnswer.objects.create(
        assessment=assessment, question=question, level=3, reason=text, earlier=[{"reason": text}]
    )
    RoadmapAction.objects.create(assessment=assessment, checksum="x", title=text, owner="Board", horizon="90d")


def commented(assessment, by, text=TEXT):
    participant = Participant.objects.get(assessment=assessment, user=by)
    submission, _made = Submission.objects.get_or_create(participant=participant)
    question = Question.objects.filter(pillar__version=assessment.bank_version).first()
    return Answer.objects.create(submission=submission, question=question, level=3, comment=text, answered_by=by)


def every_text():
    for model, held in tables():
        for name in held.redacted:
            yield from (str(value) for value in model._default_manager.values_list(name, flat=True))


@pytest.mark.parametrize(
    "name", ["the", "AI", "board", "AI strategy", "vision first", "Our AI strategy is the", "Board"]
)
def test_a_chosen_name_strikes_no_word_by_itself(name, called, assessment, bob):
    written(assessment)
    commented(assessment, bob)
    before = list(every_text())
    erasing.erase(user=called(name))
    assert [text for text in every_text() if text not in before] == []
    assert STRUCK not in " ".join(every_text())


STRUCK = redaction.STRUCK


def ticks(page):
    """(key, is ticked) of every place."""
    return [(key, "checked" in rest) for key, rest in re.findall(r'name="places" value="(\w+)"([^>]*)>', page)]


def opened(user):
    review = NameReview.objects.get()
    page = browser_of(user).get(f"/names/{review.pk}/").content.decode()
    return review, page


def test_a_lead_sees_each_place_with_the_words_around_it_and_strikes_what_they_tick(called, assessment, alice, bob):
    written(assessment)
    erasing.erase(user=called("Vision First"))
    review, page = opened(alice)
    assert "The board says: <b>vision first</b>. Our AI strategy" in page
    keys = ticks(page)
    assert len(keys) == 4 and all(ticked for _key, ticked in keys)
    browser = browser_of(alice)
    response = browser.post(f"/names/{review.pk}/", {"places": [keys[0][0]]}, follow=True)
    assert "redacted in 1 text." in response.content.decode()
    assert sum(STRUCK in text for text in every_text()) == 1
    assert not NameReview.objects.exists()
    assert browser.get(f"/names/{review.pk}/").status_code == 404
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-3:] == ["name review asked", "name struck", "name review finished"]
    assert AuditEvent.objects.filter(verb="name struck", actor=alice.actor.pk).count() == 1


def test_two_places_in_one_text_are_two_ticks(called, assessment, alice):
    commentary = Commentary.objects.create(
        assessment=assessment, text="Ada Lovelace and the Ada Lovelace award.", checksum="x"
    )
    erasing.erase(user=called("Ada Lovelace"))
    review, page = opened(alice)
    first, _second = ticks(page)
    browser_of(alice).post(f"/names/{review.pk}/", {"places": [first[0]]})
    commentary.refresh_from_db()
    assert commentary.text in (f"{STRUCK} and the Ada Lovelace award.", f"Ada Lovelace and the {STRUCK} award.")


@pytest.mark.parametrize(
    ("name", "is_ticked"),
    [("Ada Lovelace", True), ("Zoë Öz", True), ("Board", False), ("A B", False), ("Al B.", False)],
)
def test_only_what_looks_like_a_name_is_ticked(name, is_ticked, called, assessment, alice):
    Commentary.objects.create(assessment=assessment, text=f"{name} is asked.", checksum="x")
    erasing.erase(user=called(name))
    _review, page = opened(alice)
    assert [ticked for _key, ticked in ticks(page)] == [is_ticked]
    assert ("ordinary word" in page) is not is_ticked


def test_addresses_are_struck_at_once(called, assessment):
    commentary = Commentary.objects.create(assessment=assessment, text="Ask mallory@northfield.example.", checksum="x")
    erasing.erase(user=called("the"))
    commentary.refresh_from_db()
    assert commentary.text == f"Ask {STRUCK}."


def test_what_is_frozen_with_a_result_keeps_a_name_and_is_in_no_list(called, assessment, alice, bob):
    answer = commented(assessment, bob, "As Ada Lovelace (mallory@northfield.example) said.")
    answering.submit(submission=answer.submission, by=bob)
    assessments.close(assessment=assessment, by=alice)
    frozen = assessment.results.get()
    before = frozen.result, frozen.answers, frozen.checksum
    user = called_after_closing("Ada Lovelace")
    erasing.erase(user=user)
    answer.refresh_from_db()
    frozen.refresh_from_db()
    assert answer.comment == f"As Ada Lovelace ({STRUCK}) said."
    assert (frozen.result, frozen.answers, frozen.checksum) == before
    assert not NameReview.objects.exists()


def called_after_closing(name):
    user = User.objects.create_user("mallory@northfield.example", name=name)
    Membership.objects.create(user=user, organisation=Organisation.objects.get(name="Northfield"), role="member")
    return user


def test_texts_that_nobody_may_read_are_one_tick_without_a_word_around(called, assessment, alice, bob):
    first = commented(assessment, bob, "Secret words about Ada Lovelace.")
    user = called("Ada Lovelace")
    colleague = User.objects.create_user("gina@northfield.example")
    assessments.add_participant(assessment=assessment, user=colleague, function="legal", by=alice)
    second = commented(assessment, colleague, "Ada Lovelace, says gina.")
    erasing.erase(user=user)
    review, page = opened(alice)
    assert ticks(page) == [("confided", True)]
    for word in ("Secret", "says gina", "bob@", "gina@", "Bob", "vision-direction", "mallory"):
        assert word not in page
    browser_of(alice).post(f"/names/{review.pk}/", {"places": ["confided"]})
    for answer in (first, second):
        answer.refresh_from_db()
    assert (first.comment, second.comment) == (f"Secret words about {STRUCK}.", f"{STRUCK}, says gina.")


def test_a_text_that_changed_meanwhile_stays(called, assessment, alice):
    commentary = Commentary.objects.create(assessment=assessment, text="Ada Lovelace.", checksum="x")
    erasing.erase(user=called("Ada Lovelace"))
    review, page = opened(alice)
    Commentary.objects.update(text="The Ada Lovelace programme.")
    browser_of(alice).post(f"/names/{review.pk}/", {"places": [key for key, _ticked in ticks(page)]})
    commentary.refresh_from_db()
    assert commentary.text == "The Ada Lovelace programme."


def test_nobody_else_opens_the_list(called, assessment, alice, bob, charlie):
    written(assessment)
    erasing.erase(user=called("Vision First"))
    review = NameReview.objects.get()
    staff = User.objects.create_superuser("staff@demo.example")
    for user in (bob, charlie, staff):
        browser = browser_of(user)
        assert browser.get(f"/names/{review.pk}/").status_code == 404
        assert browser.post(f"/names/{review.pk}/", {"places": ["confided"]}).status_code == 404
        assert f"/names/{review.pk}/" not in browser.get("/home/").content.decode()
    assert f"/names/{review.pk}/" in browser_of(alice).get("/home/").content.decode()
    assert NameReview.objects.exists()


def test_strangers_texts_are_in_no_list(called, assessment, alice, lakeside, charlie, version):
    elsewhere = assessments.start(organisation=lakeside, bank_version=version, name="L", by=charlie)
    written(elsewhere)
    erasing.erase(user=called("Vision First"))
    assert not NameReview.objects.exists()


def test_a_consultancys_texts_are_its_consultants_to_look_at(called, alice, northfield):
    hart = Consultancy.objects.create(name="Hart", imprint="Managing partner: Ada Lovelace")
    dana = User.objects.create_user("dana@hart.example")
    user = called("Ada Lovelace")
    hart.consultants.add(dana, user)
    Snippet.objects.create(consultancy=hart, title="x", text="Ask Ada Lovelace.")
    erasing.erase(user=user)
    review = NameReview.objects.get()
    assert browser_of(alice).get(f"/names/{review.pk}/").status_code == 404
    page = browser_of(dana).get(f"/names/{review.pk}/").content.decode()
    browser_of(dana).post(f"/names/{review.pk}/", {"places": [key for key, _ticked in ticks(page)]})
    hart.refresh_from_db()
    assert hart.imprint == f"Managing partner: {STRUCK}"
    assert Snippet.objects.get().text == f"Ask {STRUCK}."


def test_files_made_meanwhile_go_with_the_name(called, assessment, alice, northfield):
    written(assessment, "Ada Lovelace")
    erasing.erase(user=called("Ada Lovelace"))
    Export.objects.create(user=alice, language="en", client=northfield, expires_at=timezone.now())
    review, page = opened(alice)
    browser_of(alice).post(f"/names/{review.pk}/", {"places": [key for key, _ticked in ticks(page)]})
    assert not Export.objects.exists()


def test_leads_are_told_and_not_who_it_was(called, assessment, emails, alice):
    written(assessment)
    emails.clear()
    erasing.erase(user=called("Vision First"), base_url="https://maturity.example/")
    (email,) = emails
    assert email.to == [alice.email]
    assert f"https://maturity.example/names/{NameReview.objects.get().pk}/" in email.body
    for word in ("Vision First", "mallory"):
        assert word not in email.body + email.subject


def test_without_a_lead_the_consultants_are_told(called, assessment, emails, alice, northfield):
    written(assessment)
    hart = Consultancy.objects.create(name="Hart")
    dana = User.objects.create_user("dana@hart.example")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    Membership.objects.update(role="member")
    emails.clear()
    erasing.erase(user=called("Vision First"))
    assert [email.to for email in emails] == [[dana.email]]


def test_after_thirty_days_the_name_is_forgotten_and_the_texts_stay(called, assessment, alice, settings):
    written(assessment)
    before = sorted(every_text())
    erasing.erase(user=called("Vision First"))
    _review, page = opened(alice)
    last = timezone.localdate() + datetime.timedelta(days=30)
    assert f"After {last:%B} {last.day}, {last.year}" in page or str(last.year) in page
    NameReview.objects.update(asked_at=timezone.now() - datetime.timedelta(days=31))
    retention.run_due()
    assert not NameReview.objects.exists()
    assert sorted(every_text()) == before
    assert AuditEvent.objects.filter(verb="expired", object_type="namereview").count() == 1


def test_a_long_list_has_an_end(called, assessment, alice, monkeypatch):
    monkeypatch.setattr(name_reviews, "MAX_PLACES", 5)
    Commentary.objects.create(assessment=assessment, text="the " * 20, checksum="x")
    erasing.erase(user=called("the"))
    _review, page = opened(alice)
    assert len(ticks(page)) == 5 and "Only the first 5 places" in page


def test_the_shell_lists_the_same(called, assessment, bob):
    written(assessment)
    commented(assessment, bob, "Secret words on vision first.")
    user = called("Vision First")
    said = io.StringIO()
    call_command("erase_person", user.email, "--review", stdout=said)
    assert said.getvalue().count("The board says: [vision first]. Our AI strategy") == 4
    assert "in texts that no one who manages assessments may read" in said.getvalue()
    assert "Secret" not in said.getvalue()
    assert User.objects.filter(pk=user.pk).exists()


def test_every_table_that_may_be_read_says_where_it_is():
    for model, held in tables():
        if held.redacted and (held.organisation or held.consultancy) and not held.is_confidential:
            assert model._meta.label in name_reviews.WHERE


def test_no_column_of_the_list_holds_who_it_was():
    columns = {field.name for field in apps.get_model("assessments.NameReview")._meta.concrete_fields}
    assert columns == {"id", "organisation", "consultancy", "name", "asked_at"}
