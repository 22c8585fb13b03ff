"""What the report says of interviews."""

import pytest
from django.utils import timezone

from assessments import results
from assessments.actions import answering, interviews, rounds
from assessments.reports.document import document
from assessments.reports.report import report_of


@pytest.mark.parametrize(
    ("confirmed", "printed"),
    [(False, "1 recorded in an interview, 1 not confirmed"), (True, "1 recorded in an interview, confirmed")],
)
def test_the_report_says_what_was_recorded_and_not_confirmed(assessment, alice, bob, confirmed, printed):
    recorded = interviews.begin(participant=assessment.participants.get(user=bob), by=alice)
    answering.submit(submission=recorded, by=alice)
    recorded.refresh_from_db()
    recorded.confirmed_at = timezone.now() if confirmed else None
    recorded.save()
    rounds.close(assessment=assessment, by=alice)
    shown = results.round_result(assessment, reader=alice, may_read_comments=False)
    assert document(report_of(shown)).interviews == printed


def test_without_an_interview_nothing_is_said(assessment, alice):
    assert results.interviews_of(assessment) == (0, 0)
