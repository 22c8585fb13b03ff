"""A client with everything that it can hold, each text marked with the client's own canary."""

import datetime
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assessments.actions import (
    agreeing,
    answering,
    assessments,
    benchmarks,
    delegation,
    evidence,
    evidence_register,
    interviews,
    invitations,
    programmes,
    shared_results,
    threads,
    workshop_guests,
    workshops,
)
from assessments.actions.evidence_files import Upload
from assessments.actions.invitations import Invitee
from assessments.actions.programmes import StepPlan
from assessments.branding.picture import picture_of
from assessments.models import (
    Answer,
    ApiToken,
    Assessment,
    Commentary,
    Consultancy,
    Engagement,
    Logo,
    Membership,
    Organisation,
    Participant,
    PillarReview,
    Question,
    ReportTemplate,
    RoadmapAction,
    Scenario,
    Snippet,
    Submission,
    Unit,
    UnitObjection,
    User,
)
from tests.branding.pictures import a_png
from tests.mailbox import BASE
from tests.views.room import shown_to_few


def tenant(canary, version):
    """Two closed assessments and an open one of one client, its people, its consultancy, and the letters it sent."""
    lead, consultant, ellen = (_person(canary, name) for name in ("lead", "consultant", "ellen"))
    organisation = Organisation.objects.create(name=f"{canary} organisation", time_zone="Europe/London")
    Membership.objects.create(organisation=organisation, user=lead, role="lead")
    consultancy = _consultancy(canary, organisation)
    consultancy.consultants.add(consultant)
    Engagement.objects.create(consultancy=consultancy, organisation=organisation)
    made = SimpleNamespace(canary=canary, lead=lead, consultant=consultant, ellen=ellen, organisation=organisation)
    made.closed = [_closed(made, version, number) for number in (1, 2)]
    made.open = _open(made, version)
    Commentary.objects.create(assessment=made.closed[1], text=f"{canary} words of a consultant")
    _talked(made, version)
    _asked(made, version)
    made.scenario = Scenario.objects.create(
        assessment=made.closed[1], name=f"{canary} what-if", levels={"vision-direction": 5}, created_by=lead
    )
    made.action = RoadmapAction.objects.create(
        assessment=made.closed[1], title=f"{canary} action", owner=f"{canary} owner", horizon="90d"
    )
    made.action.progress.create(author=lead, status="planned", text=f"{canary} note of progress")
    _files(made, version)
    benchmarks.consent(organisation=organisation, by=lead)
    words = {name: f"{canary} {name} of a system" for name in ("name", "purpose", "owner", "risk_class")}
    made.unit = Unit.objects.create(organisation=organisation, kind="system", **words)
    UnitObjection.objects.create(
        assessment=made.open, unit=made.unit, question=Question.objects.first(), reason=f"{canary} reason to object"
    )
    programmes.save(
        organisation=organisation,
        steps=[StepPlan(version.bank, "", 12, timezone.localdate() + datetime.timedelta(days=9), 14)],
        people=[Invitee(f"planned@{canary}.example", f"{canary} person of a programme", "legal")],
        by=lead,
    )
    shared_results.share(
        assessment=made.closed[1],
        email=f"board@{canary}.example",
        name=f"{canary} board member",
        note=f"{canary} note to the board",
        expires_on=timezone.localdate(),
        by=lead,
        base_url=BASE,
    )
    ApiToken.objects.create(
        user=lead, name=f"{canary} token", token_hash=f"hash of {canary}", expires_at=timezone.now()
    )
    return made


def _files(made, version):
    """A piece of evidence in the register, and one that ellen cites in the open assessment."""
    question = Question.objects.get(pillar__version=version, key="vision-direction")
    theirs = Submission.objects.get(participant__assessment=made.open, participant__user=made.ellen)
    for title in ("minutes", "budget"):
        file = SimpleUploadedFile("x", f"{made.canary} words of {title}".encode())
        upload = Upload(file=file, kind="txt", name=f"{made.canary} {title}.txt", title=f"{made.canary} {title}")
        if title == "minutes":
            made.minutes = evidence_register.add(upload=upload, organisation=made.organisation, by=made.lead)
        else:
            made.budget = evidence.add(upload=upload, submission=theirs, question=question, by=made.ellen)


def _consultancy(canary, organisation):
    """With its brand, a snippet, its logo and the client's."""
    consultancy = Consultancy.objects.create(
        name=f"{canary} consultancy", imprint=f"{canary} imprint", disclaimer=f"{canary} disclaimer"
    )
    Snippet.objects.create(
        consultancy=consultancy, pillar="vision", title=f"{canary} snippet", text=f"{canary} words of a snippet"
    )
    ReportTemplate.objects.create(consultancy=consultancy, kind="pptx", name=f"{canary} template", content=b"x", size=1)
    drawn = picture_of(a_png())
    for owner in ({"consultancy": consultancy}, {"organisation": organisation}):
        Logo.objects.create(
            **owner, png=drawn.png, width=drawn.width, height=drawn.height, words=f"{canary} words of a logo"
        )
    return consultancy


def _person(canary, name):
    return User.objects.create_user(
        f"{name}@{canary}.example", name=f"{canary} {name}", addressed_as=f"Dr {canary} {name}"
    )


def _assessment(made, version, name):
    assessment = assessments.start(
        organisation=made.organisation,
        bank_version=version,
        name=f"{made.canary} {name}",
        by=made.lead,
        confidentiality="named",
        due_on=timezone.localdate() - datetime.timedelta(days=1),
    )
    targets = {"culture": {"target": 3, "reason": f"{made.canary} reason for a target"}}
    Assessment.objects.filter(pk=assessment.pk).update(targets=targets)
    assessment.refresh_from_db()
    return assessment


def _closed(made, version, number):
    assessment = _assessment(made, version, f"round {number}")
    questions = list(Question.objects.filter(pillar__version=version))
    for person in range(3):
        user = made.lead if person == 0 else None
        participant = Participant.objects.create(
            assessment=assessment, user=user, name=f"{made.canary} {person}", pseudonym=f"p-{made.canary}{person}"[:40]
        )
        submission = Submission.objects.create(participant=participant)
        Answer.objects.bulk_create(
            _answer(made, submission, question, number, place) for place, question in enumerate(questions)
        )
        answering.submit(submission=submission, by=made.lead)
    assessments.close(assessment=assessment, by=made.lead)
    assessments.release(assessment=assessment, by=made.lead)
    assessment.refresh_from_db()
    return assessment


def _talked(made, version):
    """A workshop on the later closed assessment, still held, in which one question was agreed on twice."""
    assessment, question = made.closed[1], Question.objects.get(pillar__version=version, key="vision-direction")
    workshop = workshops.start(assessment=assessment, by=made.lead)
    workshop_guests.join(code=workshop.code, name=f"{made.canary} guest")
    asking = workshops.ask(assessment=assessment, question=question, turn=workshop.turn, by=made.lead)
    for level, participant in enumerate(assessment.participants.all(), start=2):
        workshops.vote(asking=asking, voter=participant, level=level)
    shown_to_few(asking)
    for revision in (0, 1):
        said = agreeing.Consensus(3 + revision, f"{made.canary} reason to agree", f"{made.canary} dissent")
        agreeing.agree(assessment=assessment, question=question, agreement=said, revision=revision, by=made.lead)


def _asked(made, version):
    """A thread with a reply on the later closed assessment, and a pillar of the open one that was reviewed."""
    assessment, question = made.closed[1], Question.objects.get(pillar__version=version, key="vision-direction")
    people = list(assessment.participants.exclude(user=None))
    made.thread = threads.ask_people(
        assessment=assessment,
        question=question,
        people=people,
        text=f"{made.canary} question to a person",
        by=made.lead,
    )
    threads.reply(voice=made.thread.voices.get(), text=f"{made.canary} reply")
    PillarReview.objects.create(
        assessment=made.open, pillar=question.pillar, state="to_clarify", note=f"{made.canary} note of a review"
    )


def _answer(made, submission, question, number, place):
    aside = question.allows_na
    return Answer(
        submission=submission,
        question=question,
        level=None if aside else 1 + (number + place) % 4,
        other="not_applicable" if aside else "",
        reason=f"{made.canary} reason" if aside else "",
        comment=f"{made.canary} comment",
        evidence_grade=2,
        evidence_text=f"{made.canary} evidence",
        evidence_link=f"https://{made.canary}.example/evidence",
        answered_by=made.lead,
    )


def _open(made, version):
    """Open, with every letter that an assessment can send on its way."""
    assessment = _assessment(made, version, "open assessment")
    assessments.add_participant(assessment=assessment, user=made.ellen, function="ceo", by=made.lead)
    assessments.add_participant(assessment=assessment, user=made.lead, function="legal", by=made.lead)
    guest = Invitee(f"guest@{made.canary}.example", f"{made.canary} guest", "legal")
    invitations.invite(assessment=assessment, invitees=[guest], by=made.lead, base_url=BASE)
    draft, done = (Submission.objects.create(participant=p) for p in assessment.participants.filter(user__isnull=False))
    answering.submit(submission=done, by=made.lead)
    assessments.reopen(submission=done, reason=f"{made.canary} reason to reopen", by=made.lead, base_url=BASE)
    delegation.delegate(
        submission=draft,
        pillar=version.pillars.first(),
        email=f"colleague@{made.canary}.example",
        name=f"{made.canary} colleague",
        note=f"{made.canary} note",
        by=made.lead,
        base_url=BASE,
    )
    invitations.remind_all(assessment=assessment, by=made.lead, base_url=BASE)
    told = interviews.begin(participant=assessment.participants.get(user=None), by=made.lead)
    answering.submit(submission=told, by=made.lead)
    interviews.ask(submission=told, by=made.lead, base_url=BASE)
    return assessment
