"""The demonstration's workshop, played with the product's own actions, then set back to its dates."""

import datetime
from collections.abc import Mapping

from assessments.actions import agreeing, workshops
from assessments.models import AgreedAnswer, Asking, Assessment, Participant, Question, User, Workshop
from assessments.scoring.answers import Answers

from .story import StoryAgreement, StoryAssessment

AFTER = datetime.timedelta(days=1, hours=1)  # from the close to the workshop
EACH = datetime.timedelta(minutes=9)  # the time one question takes


def hold(
    assessment: Assessment, story: StoryAssessment, answers: Answers, people: Mapping[str, Participant], *, by: User
) -> None:
    """Present, vote as in the questionnaire, reveal and agree on each question; does nothing without agreed answers."""
    if not story.agreed or story.closed_at is None:
        return
    assessment.refresh_from_db()
    workshops.start(assessment=assessment, by=by)
    for number, entry in enumerate(story.agreed, start=1):
        question = Question.objects.get(pillar__version=assessment.bank_version_id, key=entry.question)
        _shown(assessment, question, answers, people, by)
        _agreed(assessment, question, entry, story.closed_at + AFTER + EACH * number, by)
    workshops.end(assessment=assessment, by=by)
    began = story.closed_at + AFTER
    ended = began + EACH * (len(story.agreed) + 1)
    Workshop.objects.filter(pk=assessment.pk).update(started_at=began, ended_at=ended)


def _shown(
    assessment: Assessment, question: Question, answers: Answers, people: Mapping[str, Participant], by: User
) -> None:
    turn = Workshop.objects.get(pk=assessment.pk).turn
    asking = workshops.ask(assessment=assessment, question=question, turn=turn, by=by)
    for person in answers.respondents:
        choice = person.answers.get(question.key)
        level = choice if isinstance(choice, int) else None
        workshops.vote(asking=asking, voter=people[person.id], level=level)
    workshops.reveal(asking=asking, by=by)


def _agreed(assessment: Assessment, question: Question, entry: StoryAgreement, at: datetime.datetime, by: User) -> None:
    consensus = agreeing.Consensus(entry.level, entry.reason, entry.dissent)
    agreed = agreeing.agree(assessment=assessment, question=question, agreement=consensus, revision=0, by=by)
    AgreedAnswer.objects.filter(pk=agreed.pk).update(agreed_at=at)
    Asking.objects.filter(workshop=assessment.pk, question=question).update(
        asked_at=at - EACH, revealed_at=at - EACH / 2
    )
