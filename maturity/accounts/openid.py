"""OpenID Connect: allauth's implementation, plus the checks it leaves out.

These are: the token's signature by one of the provider's keys, although the token comes straight from the provider;
no missing claim; the nonce; the audience; and that token and userinfo describe the same person.
"""

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken

type Claims = dict[str, Any]

REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
# Asymmetric only: this refuses unsigned tokens, and those signed with our client secret or a public key
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
SKEW = 60  # seconds by which the provider's clock may differ from ours


def nonce_for(verifier: str) -> str:
    """Derive the nonce from the PKCE verifier, which only this browser's session has. It reveals nothing of it."""
    mixed = hmac.digest(verifier.encode(), b"nonce", hashlib.sha256)
    return base64.urlsafe_b64encode(mixed).rstrip(b"=").decode()


def require(condition: bool, message: str) -> None:
    if not condition:
        raise OAuth2Error(message)


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth brings no types
    @property
    def openid_config(self) -> Claims:
        config: Claims = super().openid_config
        if str(config.get("issuer")).rstrip("/") != settings.OIDC_SERVER.partition("/.well-known/")[0]:
            raise ValueError(f"It calls itself {config.get('issuer')!r}, not {settings.OIDC_SERVER!r}.")
        return config

    def get_callback_url(self, request: HttpRequest, app: "SocialApp") -> str:
        url: str = build_absolute_uri(request, reverse("provider_answer"), self.redirect_uri_protocol)
        return url

    def get_access_token_data(
        self, request: HttpRequest, app: "SocialApp", client: OAuth2Client, pkce_code_verifier: str | None = None
    ) -> Claims:
        self.nonce = nonce_for(pkce_code_verifier or "")
        data: Claims = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return data

    def _decode_id_token(self, app: "SocialApp", id_token: str) -> Claims:
        """Return the claims of a valid, current token for this site. allauth accepts one that never expires."""
        try:
            require(jwt.get_unverified_header(id_token).get("alg") in ALGORITHMS, "Not signed by the provider")
            _algorithm, key = jwtkit.fetch_key(id_token, self.openid_config["jwks_uri"], jwtkit.lookup_kid_jwk)
            claims: Claims = jwt.decode(
                id_token,
                key,
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=SKEW,
                options={"require": REQUIRED},
            )
        except jwt.PyJWTError as problem:
            raise OAuth2Error("Not a token for this site and moment") from problem
        jwtkit.verify_jti(claims)
        return claims

    def complete_login(
        self, request: HttpRequest, app: "SocialApp", token: "SocialToken", **kwargs: Any
    ) -> "SocialLogin":
        try:
            login = super().complete_login(request, app, token, **kwargs)
        except (KeyError, TypeError, ValueError) as problem:
            raise OAuth2Error("An answer that is not one") from problem
        said = login.account.extra_data
        token_says, details = said.get("id_token") or {}, said.get("userinfo") or {}
        require(hmac.compare_digest(str(token_says.get("nonce")).encode(), self.nonce.encode()), "Another nonce")
        require(token_says.get("sub") == login.account.uid == details.get("sub"), "Two people")
        alone = token_says.get("aud") in (app.client_id, [app.client_id])
        require(token_says.get("azp", app.client_id if alone else None) == app.client_id, "Meant for another site")
        login.account.extra_data = {}  # keep only the provider's id of the person
        return login


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = Adapter

    def get_pkce_params(self) -> dict[str, str]:
        params = super().get_pkce_params()
        return {**params, "nonce": nonce_for(params["code_verifier"])}

    def extract_email_addresses(self, data: Claims) -> "list[EmailAddress]":
        """Trust an address only if the provider verified it or, if it says nothing, OIDC_ADDRESSES_PROVEN is set."""
        found: list[EmailAddress] = super().extract_email_addresses(data)
        for address in found:
            silent = address.verified is False and "email_verified" not in data.get("userinfo", {})
            address.verified = address.verified in (True, "true") or (silent and settings.OIDC_ADDRESSES_PROVEN)
        return found


def begin(request: HttpRequest, next_url: str | None) -> HttpResponse:
    provider: Provider = get_adapter(request).get_provider(request, "openid_connect")
    response: HttpResponse = provider.redirect(request, "login", next_url=next_url)
    return response


def finish(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = OAuth2CallbackView.adapter_view(Adapter(request, settings.OIDC_SERVER))(request)
    return response
