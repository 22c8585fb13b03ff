"""Files behind answers: a pillar page with twenty of them, a register of two thousand, and the memory of a large one."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.benchmarks.browser import Browser, served

if TYPE_CHECKING:
    from assessments.models import Organisation, Submission

PIECES, LARGE = 2_000, 20_000_000  # rows, bytes


def evidence(line: Callable[..., None], timed: Callable[..., None]) -> None:
    """The lines of `make bench`."""
    from assessments.models import Assessment, Submission, User

    lead = User.objects.get(email="executive@northfield.example")
    assessment = Assessment.objects.get(state="open")
    part = assessment.participants.get(user=lead)
    cited(Submission.objects.get_or_create(participant=part)[0])
    registered(assessment.organisation)
    with served() as port:
        browser = Browser(port, lead)
        timed(browser, "pillar page, 20 files", f"/assessments/{assessment.pk}/pillars/vision/", 40)
        timed(browser, "register, 2,000 pieces", f"/organisations/{assessment.organisation_id}/evidence/", 20)
    large(line, assessment.organisation)


def cited(submission: "Submission") -> None:
    """Twenty files behind the seven answers of a pillar."""
    from assessments.models import Citation, Evidence

    assessment = submission.participant.assessment
    rows = pieces(assessment.organisation, 20, "behind answers", owner=submission.participant.user)
    questions = list(assessment.bank_version.pillars.get(key="vision").questions.all())
    Citation.objects.bulk_create(
        Citation(evidence=row, submission=submission, question=questions[number % len(questions)])
        for number, row in enumerate(Evidence.objects.bulk_create(rows))
    )


def registered(organisation: "Organisation") -> None:
    from assessments.models import Evidence

    Evidence.objects.bulk_create(pieces(organisation, PIECES, "in the register", in_register=True))


def pieces(organisation: "Organisation", count: int, title: str, **columns: object) -> list[object]:
    from assessments.models import Evidence

    said = {"organisation": organisation, "name": "x.pdf", "kind": "pdf", "size": 100_000, **columns}
    return [Evidence(title=f"File {n} {title}", file=f"bench/{title}/{n}", **said) for n in range(count)]


def large(line: Callable[..., None], organisation: "Organisation") -> None:
    """The most that Python holds while a file of 20 MB is encrypted, stored and read back; the upload itself is on disk."""
    import tempfile
    import tracemalloc

    from django.conf import settings
    from django.core.files import File

    from assessments.actions import evidence_files, evidence_register
    from assessments.models import User

    settings.EVIDENCE_KEY = settings.EVIDENCE_KEY or "a key for the benchmark"
    lead = User.objects.get(email="executive@northfield.example")
    with tempfile.TemporaryFile() as source, tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        for _piece in range(LARGE // 1_000_000):
            source.write(bytes(1_000_000))
        upload = evidence_files.Upload(file=File(source, name="x"), kind="txt", name="x.txt", title="Large")
        tracemalloc.start()
        start = time.perf_counter()
        row = evidence_register.add(upload=upload, organisation=organisation, by=lead)
        size = sum(len(piece) for piece in evidence_files.content_of(row))
        seconds = time.perf_counter() - start
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    line(
        "evidence, 20 MB there and back", seconds, f"{most / 1_000_000:.1f} MB of memory", f"{size / 1_000_000:.0f} MB"
    )
