"""API tokens of a user: create, show once, revoke."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.access.reauthentication import reauthentication_required
from assessments.actions import tokens as actions
from assessments.forms.tokens import TokenForm
from assessments.models import User
from assessments.sentences import gettext as _


@signed_in("GET, POST")
@reauthentication_required
def tokens(request: UserRequest) -> HttpResponse:
    """List the tokens and create one; a new token appears only in the response to the form."""
    user = request.user
    form = TokenForm(request.POST or None)
    token = _make(request, form, user) if form.is_valid() else None
    context = {"form": TokenForm() if token else form, "new_token": token, "tokens": access.active_tokens_of(user)}
    return render(request, "account/tokens.html", context, status=400 if form.errors else 200)


def _make(request: HttpRequest, form: TokenForm, user: User) -> str | None:
    try:
        return actions.make(**form.cleaned_data, by=user)
    except actions.TooManyTokensError:
        messages.warning(request, _("You have twenty tokens. Revoke one you no longer need."))
        return None


@signed_in("POST")
def revoke(request: UserRequest, pk: UUID) -> HttpResponse:
    actions.revoke(token=access.own_token(request.user, pk), by=request.user)
    messages.success(request, _("The token has been revoked."))
    return redirect("tokens")
