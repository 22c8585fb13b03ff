"""The link in an e-mail with a code. It does the same as the code, in any browser and once, within ten minutes."""

from allauth.account.utils import passthrough_next_redirect_url, url_str_to_user_pk, user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import base36_to_int, urlencode

from assessments.models import User


class _Tokens(PasswordResetTokenGenerator):
    """Tokens that end with the next sign-in or change of password or address, and after ten minutes in any case."""

    key_salt = "maturity.accounts.code_links"

    def check_token(self, user: User | None, token: str | None) -> bool:
        if user is None or token is None or not super().check_token(user, token):
            return False
        made_at = base36_to_int(token.partition("-")[0])  # in the generator's seconds, since 2001
        age: int = self._num_seconds(self._now()) - made_at
        return age <= settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT


tokens = _Tokens()


def link_for(request: HttpRequest, email: str, code: str) -> str | None:
    """The URL of a new link; None for an address that no active account has yet, which only a code can confirm.

    A new address of an account is confirmed in the browser that waits for its code: its link only fills the code in.
    """
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        page = f"{reverse('account_email_verification_sent')}?{urlencode({'code': code})}"
        return request.build_absolute_uri(page) if request.user.is_authenticated else None
    args = (user_pk_to_url_str(user), tokens.make_token(user))
    path = passthrough_next_redirect_url(request, reverse("account_code_link", args=args), "next")
    return request.build_absolute_uri(path)


def user_of(uid: str, token: str) -> User | None:
    """The account that a link signs in; None if it has been used or has expired."""
    try:
        user = User.objects.filter(pk=url_str_to_user_pk(uid), is_active=True).first()
    except ValueError:
        return None
    return user if tokens.check_token(user, token) else None
