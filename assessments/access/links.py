"""What a mailed link opens: anyone who holds it may see it, whatever its state."""

from assessments.models import Assessment, Confirmation, Delegation, Invitation, User

WITH_ASSESSMENT = (
    "submission__participant__user",
    "submission__participant__assessment__organisation",
    "submission__participant__assessment__bank_version",
)


def confirmation_with(token: str) -> Confirmation | None:
    """The request to confirm of a token, whatever its state: anyone who holds the link may see it."""
    links = Confirmation.objects.with_token(token).filter(
        submission__participant__assessment__in=Assessment.objects.present()
    )
    return links.select_related("invited_by", "submission__recorded_by", *WITH_ASSESSMENT).first()


def invitation_with(token: str) -> Invitation | None:
    """The invitation of a token, whatever its state: anyone who holds the link may see it."""
    links = Invitation.objects.with_token(token).filter(assessment__in=Assessment.objects.present())
    return links.select_related(
        "participant", "invited_by", "assessment__organisation", "assessment__bank_version"
    ).first()


def delegation_with(token: str) -> Delegation | None:
    """The delegation of a token, whatever its state: anyone who holds the link may see it."""
    present = Assessment.objects.present()
    links = Delegation.objects.with_token(token).filter(submission__participant__assessment__in=present)
    return links.select_related("pillar", "invited_by", *WITH_ASSESSMENT).first()


def account_with(pk: int) -> User | None:
    """An account that may be signed in to."""
    return User.objects.filter(pk=pk, is_active=True).first()
