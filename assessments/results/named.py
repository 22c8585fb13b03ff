"""Look-ups for the command line. No user, so no access check: anyone who runs it owns the database."""

from dataclasses import dataclass
from uuid import UUID

from assessments.models import Assessment, BankVersion, Organisation, Result, Translation, User
from assessments.scoring.bank import Bank

from .bank import bank_of


def bank_named(key: str, version: str | None = None) -> Bank | None:
    """The bank in this version, drafts included; without a version, the one published last."""
    row = version_named(key, version)
    return None if row is None else bank_of(row)


def version_named(key: str, version: str | None = None) -> BankVersion | None:
    """The row of this version, drafts included; without a version, of the one published last."""
    versions = BankVersion.objects.filter(bank__key=key).select_related("bank")
    candidates = versions.published() if version is None else versions.filter(version=version)
    return candidates.newest_first().first()


def translation_named(version: BankVersion, language: str) -> Translation | None:
    """A version's translation into this language, whether or not readers are offered it."""
    return version.translations.filter(language__iexact=language).first()


def versions_of(key: str) -> list[str]:
    """The versions of a bank in the order of creation, drafts included; empty for an unknown key."""
    return list(BankVersion.objects.filter(bank__key=key).order_by("pk").values_list("version", flat=True))


def assessment_named(text: str) -> Assessment | None:
    """The assessment with this id; None if it is unknown or not a valid id."""
    try:
        key = UUID(text)
    except ValueError:
        return None
    return Assessment.objects.select_related("organisation", "bank_version").filter(pk=key).first()


def person_with(email: str) -> User | None:
    """The account with this address, if it may sign in."""
    return User.objects.filter(email__iexact=email, is_active=True).first()


def anybody_with(email: str) -> User | None:
    """The account with this address, whether or not it may sign in."""
    return User.objects.filter(email__iexact=email).first()


@dataclass(frozen=True)
class AssessmentLine:
    """One assessment in a list: how many people were invited and answered; index 1-5 and level, if they exist."""

    id: UUID
    name: str
    state: str
    answered: int
    invited: int
    index: float | None
    level: int | None


def assessments_of(organisation: Organisation) -> list[AssessmentLine]:
    """Every assessment of an organisation, oldest first. Two queries."""
    assessments = Assessment.objects.filter(organisation=organisation).with_progress().order_by("created_at")
    rows = list(assessments.values_list("pk", "name", "state", "submitted", "invited"))  # type: ignore[misc]  # annotated
    frozen = {result.assessment_id: result for result in Result.objects.current().filter(assessment__in=assessments)}
    return [
        AssessmentLine(
            id=pk,
            name=name,
            state=str(Assessment.State(state).label),
            answered=submitted,
            invited=invited,
            index=frozen[pk].index if pk in frozen else None,
            level=frozen[pk].level if pk in frozen else None,
        )
        for pk, name, state, submitted, invited in rows
    ]
