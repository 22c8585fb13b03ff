"""Running a workshop: starting and ending it, presenting questions, voting and revealing the votes."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from assessments import audit, results
from assessments.models import CODE_LENGTH, CODE_LETTERS, Asking, Assessment, Question, User, Vote, Voter, Workshop
from assessments.scoring.voters import MIN_VOTES, RevealedVotes, showable

from .assessments import WrongStateError


class MovedOnError(Exception):
    """The workshop has moved on since the page was loaded; nothing was changed."""


class TooFewVotesError(Exception):
    """Only `votes` people have voted, which would reveal individual views; nothing was shown."""

    def __init__(self, votes: int) -> None:
        super().__init__(votes)
        self.votes = votes


class WouldCompareError(Exception):
    """With the votes shown before, these would reveal the votes of the few who joined or left; nothing was shown."""


@transaction.atomic
def start(*, assessment: Assessment, by: User) -> Workshop:
    """Start an assessment's workshop, or restart it, ordered by the current answers; return it if already running.

    Raises WrongStateError if the assessment is a draft or for one person.
    """
    current = Assessment.objects.select_related("bank_version").locked(assessment.pk)
    if current.is_draft or current.for_one:
        raise WrongStateError
    workshop = Workshop.objects.filter(pk=current.pk).first()
    if workshop is not None and workshop.is_running:
        return workshop
    workshop = workshop or Workshop(assessment=current, turn=0)
    workshop.order, workshop.current = list(results.order_of(current)), None
    workshop.started_at, workshop.ended_at = timezone.now(), None
    workshop.code = get_random_string(CODE_LENGTH, CODE_LETTERS)
    _turn(workshop)
    audit.record(by=by, verb=audit.Verb.STARTED, what=workshop)
    return workshop


@transaction.atomic
def end(*, assessment: Assessment, by: User) -> None:
    """End the workshop, delete unrevealed votes and all guests. Does nothing if it has ended."""
    workshop = _locked(assessment)
    if not workshop.is_running:
        return
    _leave(workshop)
    workshop.ended_at, workshop.code = timezone.now(), None
    workshop.guests.all().delete()
    _turn(workshop)
    audit.record(by=by, verb=audit.Verb.WORKSHOP_ENDED, what=workshop)


@transaction.atomic
def ask(*, assessment: Assessment, question: Question, turn: int, by: User) -> Asking:
    """Present a question and delete unrevealed votes on the previous one. Does nothing if voting on it is already open.

    `turn` is the one the user last saw. Raises MovedOnError if someone else has presented another question.
    """
    workshop = _running(assessment)
    current = workshop.current
    if current is not None and current.question_id == question.pk and not current.is_revealed:
        return current
    if workshop.turn != turn:
        raise MovedOnError
    _leave(workshop)
    workshop.current = Asking.objects.create(workshop=workshop, question=question)
    _turn(workshop)
    audit.record(by=by, verb=audit.Verb.WORKSHOP_QUESTION_ASKED, what=workshop.current)
    return workshop.current


@transaction.atomic
def vote(*, asking: Asking, voter: Voter, level: int | None) -> None:
    """Record the vote of a participant or a guest, None for *I don't know*; it can be changed until the votes are revealed.

    Not audited: the time of a vote would help to identify it. Raises MovedOnError once the votes are revealed or
    another question is presented.
    """
    _workshop, current = _at(asking)
    if current.is_revealed:
        raise MovedOnError
    Vote.objects.update_or_create(asking=current, **Vote.owner(voter), defaults={"level": level})


@transaction.atomic
def reveal(*, asking: Asking, by: User) -> int:
    """Count the votes, delete individual levels and show the counts. Does nothing if already revealed.

    Returns the number of votes left out and deleted, because comparing with counts shown before would reveal them.
    Raises TooFewVotesError, WouldCompareError, and MovedOnError if another question is presented.
    """
    workshop, current = _at(asking)
    if current.is_revealed:
        return 0
    votes = {vote.voter_id: vote for vote in current.votes.all()}
    if len(votes) < MIN_VOTES:
        raise TooFewVotesError(len(votes))
    guests = {voter for voter, vote in votes.items() if vote.guest_id}
    counted = showable(votes.keys(), revealed_before(current), guests)
    if not counted:
        raise WouldCompareError
    current.votes.filter(pk__in=[vote.pk for voter, vote in votes.items() if voter not in counted]).delete()
    _count(current, [votes[voter] for voter in counted])
    _turn(workshop)
    audit.record(by=by, verb=audit.Verb.WORKSHOP_VOTES_SHOWN, what=current)
    return len(votes) - len(counted)


def revealed_before(asking: Asking) -> list[RevealedVotes[UUID]]:
    """The voters whose votes on the same question were revealed before, by id of the participant or guest. Two queries."""
    same = Asking.objects.filter(workshop=asking.workshop_id, question=asking.question_id)
    return [_revealed(each) for each in same.exclude(revealed_at=None).exclude(pk=asking.pk).prefetch_related("votes")]


def _revealed(asking: Asking) -> RevealedVotes[UUID]:
    people = frozenset(vote.voter_id for vote in asking.votes.all())
    gone = sum(asking.counts) + (asking.dont_know or 0) - len(people)
    return RevealedVotes(people, gone, guests=asking.guests > 0)


def _at(asking: Asking) -> tuple[Workshop, Asking]:
    """The workshop, locked, and its current presentation, which must be `asking`. Raises MovedOnError."""
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=asking.workshop_id)
    if workshop.current is None or workshop.current_id != asking.pk:
        raise MovedOnError
    return workshop, workshop.current


def _count(asking: Asking, votes: list[Vote]) -> None:
    levels = [vote.level for vote in votes]
    asked = results.bank_of(asking.workshop.assessment.bank_version).questions[asking.question.key]
    answers = range(1, len(asked.texts) + 1)
    asking.counts, asking.dont_know = [levels.count(answer) for answer in answers], levels.count(None)
    asking.guests = sum(vote.guest_id is not None for vote in votes)
    asking.revealed_at = timezone.now()
    asking.save()
    asking.votes.update(level=None)


def _locked(assessment: Assessment) -> Workshop:
    workshop = Workshop.objects.select_for_update(of=("self",)).filter(pk=assessment.pk).first()
    if workshop is None:
        raise WrongStateError
    return workshop


def _running(assessment: Assessment) -> Workshop:
    workshop = _locked(assessment)
    if not workshop.is_running:
        raise WrongStateError
    return workshop


def _leave(workshop: Workshop) -> None:
    """Leave the current question, deleting unrevealed votes."""
    if workshop.current is not None and not workshop.current.is_revealed:
        workshop.current.delete()
    workshop.current = None


def _turn(workshop: Workshop) -> None:
    """Make all screens update."""
    workshop.turn += 1
    workshop.save()
