"""Taking back that somebody else has checked the evidence of an answer."""

from assessments.models import Answer, Submission


def take_back(answer: Answer) -> None:
    """Give an answer whose evidence was checked the grade that it had."""
    Answer.objects.filter(pk=answer.pk).update(evidence_grade=answer.check_of_evidence.grade_before)
    answer.check_of_evidence.delete()


def forget_checks(submission: Submission) -> None:
    """Take back every check of answers that are open again, because their evidence can change."""
    rows = Answer.objects.filter(submission=submission, check_of_evidence__isnull=False)
    for answer in rows.select_related("check_of_evidence"):
        take_back(answer)
