"""What people wrote, as far as *Who sees what* goes."""

import pytest

from assessments import results
from assessments.actions import answering, assessments
from assessments.models import Answer, Assessment, Participant, Question, Submission, User


@pytest.fixture
def play(northfield, version, alice):
    """A closed assessment whose people comment and name evidence on one question; the last one writes nothing."""

    def closed(people, *, named=False):
        assessment = assessments.start(organisation=northfield, bank_version=version, name="Q1", by=alice)
        question = Question.objects.filter(pillar__version=version).first()
        aside = Question.objects.filter(pillar__version=version, allows_na=True).first()
        for number in range(people):
            person = Participant.objects.create(assessment=assessment, name=f"Person {number}", pseudonym=f"p-{number}")
            submission = Submission.objects.create(participant=person)
            texts = {"comment": f"so {number}", "evidence_grade": 2, "evidence_text": f"minutes {number}"}
            submission.answers.create(
                question=question, level=2, evidence_link=f"https://wiki.example/{number}", **texts
            )
            submission.answers.create(question=aside, other="not_applicable", reason=f"none of ours {number}")
            answering.submit(submission=submission, by=alice)
        assessments.close(assessment=assessment, by=alice)
        if named:
            Assessment.objects.filter(pk=assessment.pk).update(confidentiality="named")
            assessment.refresh_from_db()
        return assessment, question.key

    return closed


def test_three_people_are_read_without_names(play, alice):
    assessment, key = play(3)
    shown = results.assessment_result(assessment, reader=alice, may_read_comments=True)
    assert {comment.text for comment in shown.comments[key]} == {"so 0", "so 1", "so 2"}
    assert {(e.grade, e.text, e.link) for e in shown.evidence[key]} == {
        (2, f"minutes {n}", f"https://wiki.example/{n}") for n in range(3)
    }
    assert {entry.by for entry in (*shown.comments[key], *shown.evidence[key])} == {None}
    assert shown.names == {}


def test_reasons_stand_under_the_same_limits_as_comments(play, alice, bob):
    aside = Question.objects.filter(allows_na=True).first().key
    assessment, _key = play(3)
    shown = results.assessment_result(assessment, reader=alice, may_read_comments=True)
    assert sorted((reason.text, reason.by) for reason in shown.reasons[aside]) == [
        (f"none of ours {number}", None) for number in range(3)
    ]
    assert results.assessment_result(assessment, reader=bob, may_read_comments=False).reasons == {}


def test_a_reason_that_was_left_behind_by_another_answer_is_none(play, alice):
    assessment, _key = play(3)
    Answer.objects.filter(other="not_applicable").update(other="dont_know")
    assert results.assessment_result(assessment, reader=alice, may_read_comments=True).reasons == {}


def test_two_people_are_not_read(play, alice):
    assessment, _key = play(2)
    shown = results.assessment_result(assessment, reader=alice, may_read_comments=True)
    assert (shown.comments, shown.evidence, shown.reasons) == ({}, {}, {})


def test_whoever_took_part_reads_neither(play, bob):
    assessment, _key = play(3, named=True)
    shown = results.assessment_result(assessment, reader=bob, may_read_comments=False)
    assert (shown.comments, shown.evidence, shown.names) == ({}, {}, {})


def test_the_order_tells_nothing_and_stays(play, alice):
    assessment, key = play(12)  # of which no two orders are the same by chance
    shown = [results.assessment_result(assessment, reader=alice, may_read_comments=True) for _time in range(2)]
    assert shown[0].comments == shown[1].comments
    comments, evidence = shown[0].comments[key], shown[0].evidence[key]
    orders = [[entry.text.split()[-1] for entry in entries] for entries in (comments, evidence)]
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(map(str, range(12))) != orders[0]


def test_a_named_assessment_names_each_person(play, alice):
    assessment, key = play(2, named=True)
    shown = results.assessment_result(assessment, reader=alice, may_read_comments=True)
    assert [(comment.by, comment.text) for comment in shown.comments[key]] == [
        ("Person 0", "so 0"),
        ("Person 1", "so 1"),
    ]
    assert [entry.by for entry in shown.evidence[key]] == ["Person 0", "Person 1"]
    assert shown.names == {"p-0": "Person 0", "p-1": "Person 1"}


def test_one_person_alone_reads_what_they_wrote(play, alice):
    assessment, key = play(1)
    Participant.objects.update(user=User.objects.create_user("eve@northfield.example"))
    eve = User.objects.get(email="eve@northfield.example")
    assert results.assessment_result(assessment, reader=eve, may_read_comments=False).comments[key][0].text == "so 0"
    assert results.assessment_result(assessment, reader=alice, may_read_comments=True).comments == {}


@pytest.mark.parametrize(("people", "named"), [(1, False), (3, False), (3, True)])
def test_what_is_known_without_reading_a_result_is_what_reading_it_says(play, alice, people, named):
    assessment, _key = play(people, named=named)
    eve = User.objects.create_user("eve@northfield.example")
    Participant.objects.filter(pseudonym="p-0").update(user=eve)
    for reader in (alice, eve):
        read = results.assessment_result(assessment, reader=reader, may_read_comments=False)
        known = results.current_result(assessment, reader)
        assert (known.checksum, known.frozen_at) == (read.frozen.checksum, read.frozen.frozen_at)
        assert known.confidential == read.confidential
