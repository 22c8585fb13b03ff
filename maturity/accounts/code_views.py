"""The pages that ask for an e-mailed code, and the page of the link in the same e-mail.

A code ends with the third wrong attempt or after ten minutes; another can always be requested, after a wait.
"""

import time
from typing import Any

from allauth.account import views
from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
    EmailVerificationProcess,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.account.utils import (
    get_next_redirect_url,
    passthrough_next_redirect_url,
    perform_login,
    user_pk_to_url_str,
)
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assessments.models import User

from .code_links import user_of

WAIT = 60  # seconds between two e-mails with a code


class CodePageMixin:
    """A page that asks for a code. It says and does the same whether or not the address has an account."""

    request: HttpRequest
    _process: Any
    _action: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        was_waiting = {LOGIN_SESSION_KEY, EMAIL_VERIFICATION_CODE_SESSION_KEY} & set(request.session.keys())
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the other base
        if was_waiting and getattr(self, "_process", self) is None:
            messages.warning(request, _("The code has expired. Request a new one."))
        return response

    @property
    def wait(self) -> int:
        """The seconds until another code can be requested."""
        sent_at: float = self._process.state["at"]
        return max(0, round(sent_at + WAIT - time.time()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "wait": self.wait}

    def form_invalid(self, form: Any) -> HttpResponse:
        """After the last attempt, end the code but stay on the page, from which another can be requested."""
        state = self._process.state
        if self._action == "verify" and state["failed_attempts"] + 1 >= self._process.max_attempts:
            state["code"] = ""  # which no attempt matches
            self._process.persist()
            form.errors.clear()
            form.add_error("code", _("This code no longer works, after three wrong attempts. Request a new one."))
            return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined, no-any-return]
        return super().form_invalid(form)  # type: ignore[misc, no-any-return]

    def _resend_form_valid(self, _form: Any) -> HttpResponse:
        state, request = self._process.state, self.request
        if self.wait:
            messages.warning(
                request, _("Please wait %(n)d seconds before you request another code.") % {"n": self.wait}
            )
        elif not ratelimit.consume(request, action="resend_code", key=state["email"].lower()):
            messages.error(request, _("Too many attempts. Wait a few minutes, then try again."))
        else:
            self._process.generate_code()
            self._process.send()  # unlike `resend`, it also sends the e-mail that says there is no account
            state.update(at=time.time(), failed_attempts=0)
            self._process.record_resend()
            self._process.persist()
            messages.success(request, _("We have sent a new code. Earlier codes no longer work."))
        return redirect(self.passthrough_next_url(request.path))  # type: ignore[attr-defined]


class SignInCodeView(CodePageMixin, views.ConfirmLoginCodeView):  # type: ignore[misc]  # allauth brings no types
    pass


class AddressCodeView(CodePageMixin, views.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    def get_initial(self) -> dict[str, Any]:
        return {"code": self.request.GET.get("code", "")}  # from the link in the e-mail


sign_in_code = never_cache(SignInCodeView.as_view())
address_code = never_cache(AddressCodeView.as_view())


@require_POST
def wrong_address(request: HttpRequest) -> HttpResponse:
    """Go back to where the address was entered, which is shown there again. The code no longer works."""
    signing_up = request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None) is not None
    clear_login(request)
    back = reverse("account_signup" if signing_up else "account_request_login_code")
    return redirect(passthrough_next_redirect_url(request, back, "next"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_link(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Show a button that signs in. Opening the page changes nothing, because mail scanners open links."""
    if isinstance(request.user, User) and uid == user_pk_to_url_str(request.user):
        return redirect("home")
    user = user_of(uid, token)
    if user is None or request.user.is_authenticated:
        return render(request, "account/code_link_unusable.html", {"owner": user}, status=410 if user is None else 403)
    if request.method == "POST":
        return _sign_in(request, user)
    return render(request, "account/code_link.html", {"email": user.email})


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Continue where this browser waits for the code, if it does; otherwise sign in as with a sign-in code."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    signing_up = EmailVerificationProcess.resume(request)
    if stage is not None and signing_up is not None and signing_up.user == user:
        response: HttpResponse = stage.exit() if signing_up.finish() else stage.abort()
        return response
    record_authentication(request, user, method="code", email=user.email)
    verify_email_indirectly(request, user, user.email)
    signed_in: HttpResponse = perform_login(
        request, user, redirect_url=get_next_redirect_url(request), email=user.email
    )
    return signed_in
