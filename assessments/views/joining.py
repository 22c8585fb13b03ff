"""Following an e-mailed link: into an assessment, or to one pillar delegated by a colleague.

Opening the page does not use up the link, because mail scanners open links; pressing its button does. A link never
signs anyone in to an existing account: its owner has to sign in, second factor included.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access, languages
from assessments.actions import delegation as delegations, invitations, links
from assessments.emails.phrases import minutes_for
from assessments.forms.invitations import JoinForm
from assessments.models import Assessment, Delegation, Invitation, MailedLink, Participant, User
from assessments.pages.questionnaire import bank_asked_of
from assessments.sentences import gettext as _

JUST = 60  # seconds


@dataclass(frozen=True)
class LinkKind:
    """The differences between the two kinds of link."""

    find: Callable[[str], MailedLink | None]
    accept: Callable[..., object]
    accept_as_new: Callable[..., tuple[User, object]]
    template: str
    ask_for_new: str


INVITATION = LinkKind(
    access.invitation_with,
    invitations.accept,
    invitations.accept_as_new,
    "assessments/invitations/invitation.html",
    "ask_for_invitation",
)
DELEGATION = LinkKind(
    access.delegation_with,
    delegations.accept,
    delegations.accept_as_new,
    "assessments/delegation/invitation.html",
    "ask_for_delegation",
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    return _follow(request, token, INVITATION)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delegation(request: HttpRequest, token: str) -> HttpResponse:
    return _follow(request, token, DELEGATION)


def _follow(request: HttpRequest, token: str, kind: LinkKind) -> HttpResponse:
    link = kind.find(token)
    if link is not None and _was_accepted_by(link, request.user):
        return redirect(_destination(link))
    if link is not None and (user := _has_just_pressed(request, token)):
        return _sign_in(request, user, _destination(link))
    if link is None or not link.is_usable or not _assessment_of(link).is_open or not _is_still_asked(link):
        return _unusable(request, token, kind, link)
    if request.user.is_authenticated and not link.belongs_to(request.user):
        return _show(request, link, kind, status=403 if request.method == "POST" else 200, other=True)
    if request.method == "POST":
        return _accept(request, token, link, kind)
    return _show(request, link, kind)


def _accept(request: HttpRequest, token: str, link: MailedLink, kind: LinkKind) -> HttpResponse:
    destination = _destination(link)
    try:
        if request.user.is_authenticated:
            kind.accept(token=token, user=access.require_user(request.user))
            request.session.cycle_key()
            return redirect(destination)
        form = JoinForm(request.POST, name=_name_on(link))
        if not links.has_account(link.email) and not form.is_valid():
            return _show(request, link, kind, form=form)
        user, _joined = kind.accept_as_new(token=token, name=form.data["name"].strip())
    except invitations.TwoPartsError:
        messages.warning(request, _two_parts(link))
        return redirect(destination)
    except links.AccountExistsError:
        return redirect_to_login(request.get_full_path())
    except (links.DeadLinkError, links.OtherAddressError):
        return redirect(request.get_full_path())
    if key := _browser_with(request, token):
        cache.set(key, user.pk, JUST)
    messages.info(request, _("You now have an account. To come back later, choose a password under Account."))
    return _sign_in(request, user, destination)


def _two_parts(link: MailedLink) -> str:
    text = _(
        "You have already answered in this assessment, and an interview with you was recorded under "
        "this invitation. Both are kept and nothing was changed: ask %(name)s which of the two "
        "should count."
    )
    return text % {"name": link.invited_by or _assessment_of(link).organisation}


def _sign_in(request: HttpRequest, user: User, destination: str) -> HttpResponse:
    record_authentication(request, user, method="link")  # as strong as an e-mailed code, and as recent
    response: HttpResponse = perform_login(request, user, redirect_url=destination, email=user.email)
    return response


def _has_just_pressed(request: HttpRequest, token: str) -> User | None:
    """Return the user whose account this browser created through this link moments ago, or None.

    A double click loses the first response and with it the session, leaving the person with a used link and no
    password. The browser is recognised by its CSRF cookie.
    """
    key = None if request.user.is_authenticated else _browser_with(request, token)
    pk = cache.get(key) if key else None
    return None if pk is None else access.account_with(pk)


def _browser_with(request: HttpRequest, token: str) -> str | None:
    secret = request.META.get("CSRF_COOKIE")
    if not secret:
        return None
    return "pressed-" + salted_hmac("the button of a mailed link", token + secret, algorithm="sha256").hexdigest()


def _show(
    request: HttpRequest,
    link: MailedLink,
    kind: LinkKind,
    *,
    status: int = 200,
    other: bool = False,
    form: JoinForm | None = None,
) -> HttpResponse:
    assessment = _assessment_of(link)
    bank = bank_asked_of(_participant_of(link), assessment)
    context: dict[str, Any] = {
        "link": link,
        "assessment": assessment,
        "pillars": len(bank.pillars),
        "questions": len(bank.questions),
        "minutes": minutes_for(len(bank.questions), is_pulse=assessment.is_pulse),
        "other": other,
        "languages": languages.choices(assessment.bank_version),
        "bank": bank.title,
        "form": form or JoinForm(name=_name_on(link)),
        "has_account": links.has_account(link.email),
    }
    if isinstance(link, Delegation):
        pillar = next(pillar for pillar in bank.pillars if pillar.key == link.pillar.key)
        context |= {"pillar": pillar.name, "questions": len(pillar.questions)}
        context["minutes"] = minutes_for(context["questions"])
    return render(request, kind.template, context, status=status)


def _name_on(link: MailedLink) -> str:
    """The name typed by whoever sent the link, or ""."""
    if isinstance(link, Delegation):
        return link.name
    return link.participant.name if isinstance(link, Invitation) and link.participant else ""


def _unusable(request: HttpRequest, token: str, kind: LinkKind, link: MailedLink | None) -> HttpResponse:
    """Explain what to do about an expired, used or withdrawn link. An unknown token reveals no assessment."""
    context: dict[str, Any] = {"token": token, "ask_for_new": kind.ask_for_new}
    if link is not None:
        context |= {"link": link, "assessment": _assessment_of(link), "destination": _destination(link)}
    return render(request, "assessments/invitations/unusable.html", context, status=410)


def _assessment_of(link: MailedLink) -> Assessment:
    if isinstance(link, Delegation):
        return link.submission.participant.assessment
    assert isinstance(link, Invitation)  # noqa: S101 - there are only two kinds
    return link.assessment


def _participant_of(link: MailedLink) -> Participant | None:
    return link.submission.participant if isinstance(link, Delegation) else getattr(link, "participant", None)


def _is_still_asked(link: MailedLink) -> bool:
    """Not a pillar of central questions whose respondent has been assigned to a unit since it was passed on."""
    if not isinstance(link, Delegation):
        return True
    bank = bank_asked_of(_participant_of(link), _assessment_of(link))
    return any(pillar.key == link.pillar.key for pillar in bank.pillars)


def _destination(link: MailedLink) -> str:
    if isinstance(link, Delegation):
        return resolve_url("pillar", pk=link.submission_id, key=link.pillar.key)
    return resolve_url("overview", pk=_assessment_of(link).pk)


def _was_accepted_by(link: MailedLink, user: object) -> bool:
    """Whether this person used the link before: many people use the e-mail as a bookmark."""
    if link.used_at is None or not link.belongs_to(user):
        return False
    return link.revoked_at is None and (isinstance(link, Delegation) or _takes_part(link, user))


def _takes_part(link: MailedLink, user: object) -> bool:
    return access.participations_of(access.require_user(user)).filter(assessment=_assessment_of(link)).exists()


@never_cache
@require_POST
def ask_for_invitation(request: HttpRequest, token: str) -> HttpResponse:
    return _ask(request, token, invitations.ask_for_new)


@never_cache
@require_POST
def ask_for_delegation(request: HttpRequest, token: str) -> HttpResponse:
    return _ask(request, token, delegations.ask_for_new)


def _ask(request: HttpRequest, token: str, ask_for_new: Callable[..., None]) -> HttpResponse:
    """Request a new link. The response is the same whether or not the token ever existed."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="ask_for_new_link")
    if limited:
        return limited
    ask_for_new(token=token, base_url=request.build_absolute_uri("/"))
    return render(request, "assessments/invitations/asked.html")
