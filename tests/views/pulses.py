"""Full assessments and pulses of Northfield on a bank that has a subset."""

from django.utils import timezone

from assessments.actions import assessments, banks
from assessments.formats.bank import read_bank
from assessments.models import Answer, Assessment, Submission, User


def pulse_bank():
    version, _new = banks.load(bank=read_bank("fixtures/ai-leadership-2.yaml"))
    banks.publish(version=version)
    version.refresh_from_db()
    return version


def held(organisation, version, by, name, level, *, people=5, subset="", days_ago=0, release=True, first=0, **more):
    """An assessment that `people` people answered, the questions at `level(person, place)`, closed `days_ago`.

    `more`: when it was `opened`, and the numbers of those whose `interviews` were recorded by `by`.
    """
    started = assessments.start(organisation=organisation, bank_version=version, name=name, by=by, subset=subset)
    for number in range(first, first + people):
        user, _new = User.objects.get_or_create(email=f"p{number}@northfield.example", name=f"Person {number}")
        participant = assessments.add_participant(assessment=started, user=user, function="technology", by=by)
        spoken = {"mode": "interview", "recorded_by": by} if number in more.get("interviews", ()) else {}
        draft = Submission.objects.create(
            participant=participant, state=Submission.State.SUBMITTED, submitted_at=timezone.now(), **spoken
        )
        Answer.objects.bulk_create(
            Answer(submission=draft, question=question, answered_by=user, level=level(number, place))
            for place, question in enumerate(started.questions_asked())
        )
    if "opened" in more:
        Assessment.objects.filter(pk=started.pk).update(opened_at=more["opened"])
    assessments.close(assessment=started, by=by)
    if release:
        assessments.release(assessment=Assessment.objects.get(pk=started.pk), by=by, everyone=True)
    closed = Assessment.objects.get(pk=started.pk)
    closed.closed_at -= timezone.timedelta(days=days_ago)
    closed.save()
    return closed
