"""What happens to an account, in the audit log: signing in, and every change of what opens it, which ends its tokens."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount.signals import social_account_added
from django.db import transaction
from django.db.models.signals import ModelSignal
from django.dispatch import Signal, receiver

from assessments import audit
from assessments.actions import tokens
from assessments.models import User

VERBS: dict[Signal | ModelSignal, str] = {
    account.user_signed_up: "signed up",
    account.user_logged_in: "signed in",
    account.password_set: "password set",
    account.password_changed: "password changed",
    account.password_reset: "password reset",
    account.email_changed: "address changed",
    account.email_added: "address added",
    account.email_removed: "address removed",
    mfa.authenticator_added: "second factor added",
    mfa.authenticator_removed: "second factor removed",
    mfa.authenticator_reset: "recovery codes made anew",
}
ENDING_TOKENS = {account.password_set, account.password_changed, account.password_reset, account.email_changed}


@transaction.atomic
def note(signal: Signal | ModelSignal, user: User, **_rest: Any) -> None:
    audit.record(by=user, verb=VERBS[signal], what=user)
    if signal in ENDING_TOKENS:
        tokens.revoke_all(user=user, by=user)


@receiver(social_account_added)
def note_provider(sociallogin: Any, **_rest: Any) -> None:
    audit.record(by=sociallogin.user, verb="provider connected", what=sociallogin.user)


for each in VERBS:
    each.connect(note, dispatch_uid="the audit log")
