"""Record account events in the audit log: sign-ins and changes of credentials, some of which revoke API tokens."""

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

VERBS: dict[Signal | ModelSignal, audit.Verb] = {
    account.user_signed_up: audit.Verb.SIGNED_UP,
    account.user_logged_in: audit.Verb.SIGNED_IN,
    account.password_set: audit.Verb.PASSWORD_SET,
    account.password_changed: audit.Verb.PASSWORD_CHANGED,
    account.password_reset: audit.Verb.PASSWORD_RESET,
    account.email_changed: audit.Verb.ADDRESS_CHANGED,
    account.email_added: audit.Verb.ADDRESS_ADDED,
    account.email_removed: audit.Verb.ADDRESS_REMOVED,
    mfa.authenticator_added: audit.Verb.SECOND_FACTOR_ADDED,
    mfa.authenticator_removed: audit.Verb.SECOND_FACTOR_REMOVED,
    mfa.authenticator_reset: audit.Verb.RECOVERY_CODES_RENEWED,
}
ENDING_TOKENS = {account.password_set, account.password_changed, account.password_reset, account.email_changed}


@transaction.atomic
def note(signal: Signal | ModelSignal, user: User, **_rest: Any) -> None:
    audit.record(by=user, verb=VERBS[signal], what=user)
    if signal in ENDING_TOKENS:
        tokens.revoke_all(user=user, by=user)


@receiver(social_account_added)
def note_provider(sociallogin: Any, **_rest: Any) -> None:
    audit.record(by=sociallogin.user, verb=audit.Verb.PROVIDER_CONNECTED, what=sociallogin.user)


for each in VERBS:
    each.connect(note, dispatch_uid="the audit log")
