"""Practising on three examples: what is shown, what is stored, and that the examples fit the bank."""

import pytest

from assessments import access
from assessments.actions import assessments
from assessments.formats.bank import read_bank
from assessments.models import Result, Submission
from assessments.pages.calibration import SETS, TEXTS, examples_for, vignettes
from tests.markup import flat

from .pulses import pulse_bank

BANK = read_bank("fixtures/ai-leadership-2.yaml")


@pytest.fixture
def started(northfield, alice, db):
    bank = pulse_bank()
    return assessments.start(organisation=northfield, bank_version=bank, name="Q4", by=alice, function="ceo")


def address(assessment):
    return f"/assessments/{assessment.pk}/examples/"


def placed(submission, level=None):
    return {each.vignette.key: str(level or each.vignette.level) for each in examples_for(submission)}


def test_nine_vignettes_in_three_sets_each_belong_to_a_question_of_their_own():
    found = vignettes("en")
    assert len(found) == 9 == len({each.question for each in found})
    assert sorted(each.set for each in found) == [n for n in range(1, SETS + 1) for _again in range(3)]
    assert all(BANK.questions[each.question].anchors[each.level - 1] for each in found)
    assert {each.level for each in found} == {1, 2, 3, 4, 5}
    assert all(len({each.level for each in found if each.set == own}) == 3 for own in range(1, SETS + 1))


def test_every_text_is_in_german_too():
    for english, german in zip(vignettes("en"), vignettes("de"), strict=True):
        assert (english.key, english.level, english.question) == (german.key, german.level, german.question)
        assert all(getattr(german, name) for name in TEXTS)
        assert english.text != german.text and english.why != german.why
    assert vignettes("fr") == vignettes("en")


def test_the_reasons_are_shown_after_all_three_are_placed(started, alice, client):
    client.force_login(alice)
    assert "Practise on three examples" in flat(client.get(f"/assessments/{started.pk}/").text)
    submission = access.submission_for(alice, started.pk)
    whys = [each.vignette.why for each in examples_for(submission)]
    before = client.get(address(started))
    assert not any(why in flat(before.text) for why in whys)
    some = dict(list(placed(submission).items())[:2])
    assert client.post(address(started), some).status_code == 422
    submission.refresh_from_db()
    assert submission.calibrated_at is None
    after = client.post(address(started), placed(submission))
    assert after.context["agreed"] == 3
    assert [each.vignette.why for each in after.context["placed"]] == whys
    submission.refresh_from_db()
    assert submission.calibrated_at is not None and not submission.answers.exists()


def test_the_result_says_how_many_did_it(started, alice, client):
    from assessments.actions import answering

    submission = access.submission_for(alice, started.pk)
    answering.note_calibration(submission=submission)
    answering.submit(submission=Submission.objects.get(pk=submission.pk), by=alice)
    assessments.close(assessment=started, by=alice)
    assert Result.objects.get(assessment=started).calibrated == 1
    client.force_login(alice)
    assert "1 person practised on examples before answering." in flat(
        client.get(f"/assessments/{started.pk}/result/").text
    )


def test_another_bank_has_no_examples(assessment, alice, client):
    client.force_login(alice)
    assert client.get(address(assessment)).status_code == 302
    assert "examples" not in client.get(f"/assessments/{assessment.pk}/").text


def test_nobody_else_comes_in(started, charlie, client):
    client.force_login(charlie)
    assert client.get(address(started)).status_code == 404
