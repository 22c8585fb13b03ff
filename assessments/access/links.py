"""What an e-mailed link gives access to: anyone with the link can see it, whatever its state."""

from assessments.models import Assessment, Confirmation, Delegation, Invitation, User

WITH_ASSESSMENT = (
    "submission__participant__user",
    "submission__participant__assessment__organisation",
    "submission__participant__assessment__bank_version",
)


def confirmation_with(token: str) -> Confirmation | None:
    """The confirmation request with this token, whatever its state: anyone with the link can see it."""
    links = Confirmation.objects.with_token(token).filter(
        submission__participant__assessment__in=Assessment.objects.present()
    )
    return links.select_related("invited_by", "submission__recorded_by", *WITH_ASSESSMENT).first()


def invitation_with(token: str) -> Invitation | None:
    """The invitation with this token, whatever its state: anyone with the link can see it."""
    links = Invitation.objects.with_token(token).filter(assessment__in=Assessment.objects.present())
    return links.select_related(
        "participant", "invited_by", "assessment__organisation", "assessment__bank_version"
    ).first()


def delegation_with(token: str) -> Delegation | None:
    """The delegation with this token, whatever its state: anyone with the link can see it."""
    present = Assessment.objects.present()
    links = Delegation.objects.with_token(token).filter(submission__participant__assessment__in=present)
    return links.select_related("pillar", "invited_by", *WITH_ASSESSMENT).first()


def account_with(pk: int) -> User | None:
    """An active account, or None."""
    return User.objects.filter(pk=pk, is_active=True).first()
