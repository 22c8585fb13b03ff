"""The demonstration: three invented organisations with assessments and answers, and three accounts to view them."""

import contextlib
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from assessments import audit, results
from assessments.actions import answering, assessments, banks, translations
from assessments.formats.answers import read_one
from assessments.formats.bank import read_bank
from assessments.formats.translation import translations_beside
from assessments.models import (
    Answer,
    Assessment,
    BankVersion,
    Consultancy,
    Engagement,
    Membership,
    Organisation,
    Participant,
    Question,
    Submission,
    User,
)
from assessments.scoring.answers import Answers, Respondent

from . import brand, programme, roadmap, workshop
from .story import BANKS, Account, Story, StoryAssessment, StoryClient, read_story

PASSWORD = "every-name-is-invented"  # noqa: S105 - printed by `make demo`; gives access only to invented data
PREPARED = datetime.timedelta(days=3)  # an assessment is set up before it opens
EACH = datetime.timedelta(seconds=25)  # the time one question takes

type People = Mapping[str, User]


@dataclass(frozen=True)
class Demo:
    """The content of the demonstration; `made` names the organisations created by this call."""

    accounts: tuple[Account, ...]
    organisations: tuple[Organisation, ...]
    made: tuple[str, ...]


@transaction.atomic
def make() -> Demo:
    """Create what is missing, all or nothing; existing data is kept.

    Raises BankConflictError or WrongStateError if the database has a different or retired bank under the same version.
    """
    story = read_story()
    existing = set(Organisation.objects.filter(pk__in=[c.id for c in story.clients]).values_list("pk", flat=True))
    missing = [client for client in story.clients if client.id not in existing]
    if missing:
        _make(story, missing)
    organisations = Organisation.objects.filter(pk__in=[client.id for client in story.clients]).order_by("created_at")
    return Demo(story.accounts, tuple(organisations), tuple(client.name for client in missing))


def _make(story: Story, missing: list[StoryClient]) -> None:
    versions = {version.version: version for version in map(_bank, BANKS)}
    consultancy = _consultancy(story, _accounts(story))
    for client in missing:
        people = {person.id: _user(person.email, person.name) for person in client.people}
        organisation = _organisation(client, people)
        Engagement.objects.create(consultancy=consultancy, organisation=organisation, since=story.since)
        for entry in client.assessments:
            Play(client, organisation, people, versions[entry.bank_version], entry).run()
        programme.start(client, organisation, by=people[client.lead])
        consultant = consultancy.consultants.earliest("pk")
        brand.client(organisation=organisation, consultancy=consultancy, name=client.name, by=consultant)


# People


def _user(email: str, name: str, **fields: object) -> User:
    """Get or create the person with this address; a new one cannot sign in unless `fields` allow it."""
    new = {"name": name, "password": make_password(None), **fields}
    return User.objects.get_or_create(email=email, defaults=new)[0]


def _bank(path: Path) -> BankVersion:
    """The published version of this file, in every language that it comes with."""
    version, is_new = banks.load(bank=read_bank(path))
    banks.publish(version=version)
    version.refresh_from_db()
    _translate(version, path, is_new=is_new)
    return version


def _translate(version: BankVersion, path: Path, *, is_new: bool) -> None:
    """Offer the bank in the languages it comes with; existing translations are kept, except what a new version has
    taken over from the one before."""
    for file in translations_beside(path, results.bank_of(version)):
        if is_new or not version.translations.filter(language=file.translation.language).exists():
            with contextlib.suppress(translations.TranslationConflictError):  # somebody has a later one
                row, _new = translations.load(version=version, translation=file.translation)
                translations.offer(row=row, offered=True)
    version.refresh_from_db()


def _accounts(story: Story) -> list[tuple[Account, User]]:
    password = make_password(PASSWORD)  # hash it once, because that is slow
    return [(account, _account(account, password)) for account in story.accounts]


def _account(account: Account, password: str) -> User:
    user = _user(account.email, account.name, password=password, is_staff=account.admin, is_superuser=account.admin)
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def _consultancy(story: Story, accounts: list[tuple[Account, User]]) -> Consultancy:
    consultancy, is_new = Consultancy.objects.get_or_create(
        pk=story.consultancy_id, defaults={"name": story.consultancy}
    )
    consultants = [user for account, user in accounts if account.consultant]
    consultancy.consultants.add(*consultants)
    if is_new:
        brand.brand(consultancy=consultancy, by=consultants[0])
    return consultancy


def _organisation(client: StoryClient, people: People) -> Organisation:
    organisation = Organisation.objects.create(
        pk=client.id,
        name=client.name,
        time_zone=client.time_zone,
        created_at=client.assessments[0].opened_at - 2 * PREPARED,
    )
    seat(organisation, client, people)
    return organisation


def seat(organisation: Organisation, client: StoryClient, people: People) -> None:
    """Make all people of the story members, one of them the lead."""
    Membership.objects.bulk_create(
        Membership(
            organisation=organisation,
            user=user,
            role=Membership.Role.LEAD if key == client.lead else Membership.Role.MEMBER,
        )
        for key, user in people.items()
    )
    audit.record(by=people[client.lead], verb=audit.Verb.CREATED, what=organisation)


# Assessments


@dataclass(frozen=True)
class Play:
    """Plays one assessment of the story with the product's own actions, then sets its dates back."""

    client: StoryClient
    organisation: Organisation
    people: People
    version: BankVersion
    round: StoryAssessment

    @property
    def lead(self) -> User:
        return self.people[self.client.lead]

    def run(self) -> None:
        answers = read_one(self.round.file, results.bank_of(self.version))
        assessment = self._open(answers)
        participants = self._invite(assessment)
        self._answer(answers, participants)
        if self.round.closed_at is not None:
            self._close(assessment)
            workshop.hold(assessment, self.round, answers, participants, by=self.lead)
            roadmap.plan(assessment, self.round, self.people, by=self.lead)

    def _open(self, answers: Answers) -> Assessment:
        assessment = assessments.start(
            organisation=self.organisation,
            bank_version=self.version,
            name=self.round.name,
            by=self.lead,
            due_on=self.round.due_on,
            subset=self.round.subset,
        )
        targets = {
            key: {"target": target, "reason": self.round.reasons[key]} for key, target in answers.targets.items()
        }
        opened_at = self.round.opened_at
        _set(assessment, opened_at=opened_at, created_at=opened_at - PREPARED, targets=targets)
        return assessment

    def _invite(self, assessment: Assessment) -> dict[str, Participant]:
        functions = {person.id: person.function for person in self.client.people}
        return {
            key: assessments.add_participant(
                assessment=assessment, user=self.people[key], function=functions[key], by=self.lead
            )
            for key in self.round.invited
        }

    def _answer(self, answers: Answers, participants: Mapping[str, Participant]) -> None:
        """Store all answers at once, then submit those of people who had finished."""
        questions = dict(Question.objects.filter(pillar__version=self.version).values_list("key", "pk"))
        drafts = Submission.objects.bulk_create(
            Submission(participant=participants[respondent.id], started_at=self._started_at(number))
            for number, respondent in enumerate(answers.respondents)
        )
        pairs = list(zip(drafts, answers.respondents, strict=True))
        Answer.objects.bulk_create(row for draft, person in pairs for row in self._rows(draft, person, questions))
        for draft, person in pairs:
            if self.round.submitted is None or person.id in self.round.submitted:
                self._submit(draft, person)

    def _submit(self, draft: Submission, respondent: Respondent) -> None:
        answering.submit(submission=draft, by=self.people[respondent.id])
        submitted_at = draft.started_at + EACH * (len(respondent.answers) + 3)
        Submission.objects.filter(pk=draft.pk).update(submitted_at=submitted_at)

    def _rows(self, draft: Submission, respondent: Respondent, questions: Mapping[str, int]) -> Iterator[Answer]:
        """One row per question, saved one after another from the time the person started."""
        for number, key in enumerate(respondent.answers, start=1):
            yield Answer(
                submission=draft,
                question_id=questions[key],
                answered_by=self.people[respondent.id],
                saved_at=draft.started_at + EACH * number,
                **_given(respondent, key).columns,
            )

    def _started_at(self, number: int) -> datetime.datetime:
        """Stagger the starts: nine people within two weeks."""
        return self.round.opened_at + datetime.timedelta(days=number * 3 // 2, minutes=47 * number)

    def _close(self, assessment: Assessment) -> None:
        frozen = assessments.close(assessment=assessment, by=self.lead)
        type(frozen).objects.filter(pk=frozen.pk).update(frozen_at=self.round.closed_at)
        if self.round.released_at is not None:
            assessments.release(assessment=assessment, by=self.lead)
        _set(assessment, closed_at=self.round.closed_at, released_at=self.round.released_at)


def _set(assessment: Assessment, **columns: object) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(**columns)


def _given(respondent: Respondent, key: str) -> answering.Given:
    """The respondent's input for this question, as entered on the page."""
    evidence = respondent.evidence.get(key)
    return answering.Given(
        choice=str(respondent.answers[key]),
        reason=respondent.reasons.get(key, ""),
        comment=respondent.comments.get(key, ""),
        evidence_grade=evidence.grade if evidence else None,
        evidence_text=(evidence and evidence.text) or "",
        evidence_link=(evidence and evidence.link) or "",
    )
