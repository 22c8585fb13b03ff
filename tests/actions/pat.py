"""Pat, who is wherever somebody can be, with a word in every text that must be gone once they are erased."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.actions import answering, assessments, delegation, evidence, evidence_register, exports, invitations
from assessments.actions.evidence_files import Upload
from assessments.actions.invitations import Invitee
from assessments.models import (
    AgreedAnswer,
    Answer,
    ApiToken,
    Assessment,
    Commentary,
    Consultancy,
    Delegation,
    Edit,
    Engagement,
    KeptAnswers,
    Logo,
    Membership,
    NameReview,
    Participant,
    Question,
    Reopening,
    RoadmapAction,
    Scenario,
    Snippet,
    Submission,
    User,
)
from assessments.operations import build_zip
from assessments.privacy import erasing, name_reviews
from assessments.reports.evidence_file import register_file
from tests.mailbox import BASE, browser_of

PAT = "patcanary"


@pytest.fixture
def pat(db):
    user = User.objects.create_user(f"{PAT}@northfield.example", name=f"{PAT} Smith")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email=f"{PAT}@home.example", verified=True)
    return user


def erase_and_look(user):
    """Erased, and the name struck out of every place of every list."""
    erasing.erase(user=user)
    for review in NameReview.objects.all():
        places = name_reviews.places_of(review.name, review.owner)
        name_reviews.finish(review=review, places={place.key for place in places}, by=None)


def begun(northfield, version, alice, pat, name, people, **settings):
    """An open assessment in which pat and others have answered everything; pat with words."""
    assessment = assessments.start(organisation=northfield, bank_version=version, name=name, by=alice, **settings)
    for number in range(people):
        user = pat if number == 0 else User.objects.get_or_create(email=f"other{number}@northfield.example")[0]
        participant = assessments.add_participant(assessment=assessment, user=user, function="ceo", by=alice)
        submission = Submission.objects.create(participant=participant)
        words = PAT if user == pat else "somebody else"
        Answer.objects.bulk_create(
            Answer(
                submission=submission,
                question=question,
                level=1 + (place + number) % 5,
                comment=f"{words} comment",
                evidence_grade=2,
                evidence_text=f"{words} evidence",
                evidence_link=f"https://{words.replace(' ', '')}.example/",
                answered_by=user,
            )
            for place, question in enumerate(Question.objects.filter(pillar__version=version))
        )
    return assessment


def closed(*stage, **settings):
    assessment = begun(*stage, **settings)
    for submission in Submission.objects.filter(participant__assessment=assessment):
        answering.submit(submission=submission, by=submission.participant.user)
    assessments.close(assessment=assessment, by=stage[2])
    assessments.release(assessment=assessment, by=stage[2])
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def five(northfield, version, alice, pat):
    return closed(northfield, version, alice, pat, "Five", 5)


@pytest.fixture
def three(northfield, version, alice, pat):
    return closed(northfield, version, alice, pat, "Three", 3, confidentiality="named")


@pytest.fixture
def everywhere(five, three, northfield, lakeside, version, alice, bob, charlie, pat, emails):
    """Pat wherever somebody can be: leads a client, recorded, invited, passed on, kept, exported, logged, signed in."""
    Membership.objects.create(organisation=lakeside, user=pat, role="lead")
    unfinished = begun(northfield, version, alice, pat, "Open", 2)
    theirs = Submission.objects.get(participant__user=pat, participant__assessment=unfinished)
    others = Submission.objects.exclude(pk=theirs.pk).get(participant__assessment=unfinished)
    said = {"name": f"{PAT} colleague", "note": f"{PAT} note", "base_url": BASE}
    pillars = list(version.pillars.all())
    delegation.delegate(submission=theirs, pillar=pillars[0], email="gina@northfield.example", by=pat, **said)
    delegation.delegate(submission=others, pillar=pillars[1], email=pat.email, by=others.participant.user, **said)
    Answer.objects.filter(submission=others, question__pillar=pillars[1]).update(answered_by=pat, comment=f"{PAT} too")
    run = assessments.start(organisation=lakeside, bank_version=version, name="Run by pat", by=pat)
    guests = [Invitee("hugo@lakeside.example", "Hugo", "legal"), Invitee(f"{PAT}@home.example", f"{PAT} S.", "other")]
    invitations.invite(assessment=run, invitees=guests, by=pat, base_url=BASE)
    part = assessments.add_participant(assessment=run, user=charlie, function="ceo", by=pat)
    submission = Submission.objects.create(participant=part)
    answering.submit(submission=submission, by=charlie)
    assessments.reopen(submission=submission, reason=f"{PAT} reason", by=pat, base_url=BASE)
    Assessment.objects.filter(pk=run.pk).update(
        targets={"vision": {"target": 4, "reason": "agreed", "approved_by": pat.name}}
    )
    KeptAnswers.objects.create(user=pat, submission=theirs, pillar="vision", content={"x": PAT})
    ApiToken.objects.create(user=pat, name=f"{PAT} token", token_hash="h", expires_at=timezone.now())
    Scenario.objects.create(
        assessment=five, name="What if", levels={"vision-direction": 5}, checksum=five.results.get().checksum
    )
    RoadmapAction.objects.create(assessment=five, checksum="x", title="Write it down", owner=pat.name, horizon="90d")
    named_by_others(five, lakeside, pat, alice)
    export = exports.ask(assessments=[five], types=["csv"], language="en", by=alice)
    build_zip.pack(pk=str(export.pk), register=register_file)
    with_files(theirs, pat)
    default_storage.save(f"{export.folder}/report.csv", ContentFile(PAT.encode()))
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=alice, content_type=kind, object_id=str(pat.pk), object_repr=str(pat), action_flag=2, change_message="[]"
    )
    browser_of(pat)
    emails.clear()
    return five


def with_files(theirs, pat):
    """A file of pat's own, cited by an answer, and one of the organisation that names pat."""
    question = Question.objects.filter(pillar__version=theirs.participant.assessment.bank_version).first()
    for owner, title in ((pat, f"{PAT} file"), (None, f"Minutes by {pat.name}")):
        file = SimpleUploadedFile("x", f"words of {PAT}".encode() if owner else b"words")
        upload = Upload(file=file, kind="txt", name=f"{title}.txt", title=title)
        if owner:
            evidence.add(upload=upload, submission=theirs, question=question, by=pat)
        else:
            evidence_register.add(upload=upload, organisation=theirs.participant.assessment.organisation, by=pat)


def named_by_others(five, lakeside, pat, alice):
    """Pat's name or address in texts of others, in documents of organisations, and what pat wrote for them."""
    name, address = pat.name, f"{PAT}@HOME.example"
    first, last = name.split()
    said = f"Thanks to {name.upper()}, {last.title()}, {first.title()}\n<{address}>: vision first."
    question = Question.objects.filter(pillar__version=five.bank_version).first()
    others = Answer.objects.exclude(submission__participant__user=pat).exclude(answered_by=pat)
    frozen = f"<{address}>: vision first."  # with a result: a name would stay
    others.filter(submission__participant__assessment=five).update(comment=frozen, evidence_text=frozen)
    others.filter(submission__participant__assessment__name="Open").update(comment=said, evidence_text=said)
    Commentary.objects.create(assessment=five, text=said, checksum="x", written_by=pat)
    AgreedAnswer.objects.create(
        assessment=five, question=question, level=3, reason=said, dissent=said, agreed_by=pat,
        earlier=[{"level": 2, "reason": said, "dissent": name, "revision": 1}],
    )  # fmt: skip
    Scenario.objects.create(assessment=five, name=f"{PAT}'s idea", levels={}, checksum="x", created_by=pat)
    RoadmapAction.objects.create(assessment=five, checksum="x", title=f"Ask {name}", owner="Ann", horizon="90d")
    Assessment.objects.filter(pk=five.pk).update(targets={"vision": {"target": 4, "reason": said}})
    hart = Consultancy.objects.create(name="Hart", imprint=said, disclaimer=said)
    hart.consultants.add(pat)
    Engagement.objects.create(consultancy=hart, organisation=lakeside)
    Snippet.objects.create(consultancy=hart, title=f"By {name}", text=said)
    Logo.objects.create(consultancy=hart, png=b"x", width=1, height=1, words=name)
    guest = Participant.objects.create(assessment=five, name=name)
    others = Submission.objects.create(participant=guest)
    Reopening.objects.create(submission=others, reason=said, reopened_by=alice)
    Delegation.objects.create(
        submission=others, pillar=question.pillar, email="x@northfield.example", name=name, note=said, invited_by=alice
    )
    KeptAnswers.objects.create(user=alice, submission=others, pillar="vision", content={"answers": [{"comment": said}]})
    DBTaskResult.objects.create(
        status="FAILED", args_kwargs={}, run_after=timezone.now(), traceback=f"Refused: {{'{address}': (550, b'no')}}"
    )
    Edit.objects.create(version=five.bank_version, by=pat, verb="changed", kind="version", reason=f"{PAT} says so")


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
