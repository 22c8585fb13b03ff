"""The demonstration with something in every room, and whoever may come to a door."""

import re
import time
from functools import partial

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.models import Permission
from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from assessments import access
from assessments.actions import banks, brands, planning, roadmap, scenarios, tokens, workshops
from assessments.branding.picture import picture_of
from assessments.demo import demonstration
from assessments.models import (
    EXPORT_LASTS,
    Assessment,
    Confirmation,
    Delegation,
    Edit,
    Export,
    Invitation,
    Organisation,
    Participant,
    Question,
    Result,
    Submission,
    User,
)
from tests.branding.pictures import a_png

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TOKENS = "invitations", "colleagues", "interviews"
HOLE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


class KeepingStorage(InMemoryStorage):
    """Forgets no file: what a request deletes comes back with the rows when its transaction is taken back."""

    def delete(self, name):
        pass


def credential():
    """What a browser sends when a passkey is set up."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    held = AttestedCredentialData.create(Aaguid.NONE, b"id", public)
    data = AuthenticatorData.create(b"0" * 32, AuthenticatorData.FLAG.AT, 0, held)
    said = {
        "clientDataJSON": b'{"type": "webauthn.create", "challenge": "YQ", "origin": "https://x"}',
        "attestationObject": AttestationObject.create("none", data, {}),
    }
    encoded = {name: websafe_encode(bytes(value)) for name, value in said.items()}
    return {"id": "aWQ", "rawId": "aWQ", "type": "public-key", "response": encoded}


class Stage:
    """Everything that an address can name, by the name of its hole."""

    def __init__(self):
        demonstration.make()
        self.lead, self.consultant, self.admin = (
            User.objects.get(email=email)
            for email in ("executive@northfield.example", "consultant@hart.example", "admin@demo.example")
        )
        self.client = Organisation.objects.get(name="Northfield")
        self.closed = Assessment.objects.get(organisation=self.client, name="Q4 2026")
        self.open = Assessment.objects.get(organisation=self.client, state="open")
        self.version = self.closed.bank_version
        self.participant = User.objects.get(email="marcus.okafor@northfield.example")
        self.holes = {**self._assessments(), **self._accounts(), **self._bank()}

    def _assessments(self):
        """A draft, a workshop, a scenario, an action, an export, and a link of each kind."""
        self.draft = planning.begin(organisation=self.client, bank_version=self.version, by=self.lead, name="Next")
        invitee = (
            Participant.objects.filter(assessment=self.open).exclude(user__in=(self.lead, self.participant)).first()
        )
        self.person = invitee
        held = workshops.start(assessment=self.open, by=self.lead)
        question = Question.objects.get(pillar__version=self.version, key="vision-direction")
        asking = workshops.ask(assessment=self.open, question=question, turn=held.turn, by=self.lead)
        submission = access.submission_for(self.participant, self.open.pk)
        checksum = Result.objects.current().get(assessment=self.closed).checksum
        saved = scenarios.save(
            assessment=self.closed, name="If", levels={"vision-direction": 5}, checksum=checksum, by=self.lead
        )
        made = Export.objects.create(
            user=self.consultant, language="en", state="ready", size=3, expires_at=timezone.now() + EXPORT_LASTS
        )
        made.file.save(f"{made.folder}/reports.zip", ContentFile(b"zip"))
        links = {"email": "new@northfield.example", "expires_at": timezone.now() + EXPORT_LASTS}
        pillar = self.version.pillars.get(key="vision")
        tokens_of = {
            "invitations": Invitation(assessment=self.open, participant=None, **links),
            "colleagues": Delegation(submission=submission, pillar=pillar, **links),
            "interviews": Confirmation(submission=Submission.objects.exclude(pk=submission.pk).first(), **links),
        }
        self.tokens = {way: link.new_token() for way, link in tokens_of.items()}
        for link in tokens_of.values():
            link.save()
        own = {
            "title": "Talk",
            "question": "",
            "owner": "All",
            "due_on": None,
            "horizon": "6m",
            "effort": 0.5,
            "status": "planned",
        }
        for _ in range(2):
            roadmap.decide(assessment=self.closed, fields=own, requires=(), checksum=checksum, by=self.lead)
        self.asking = asking
        return {"scenario": saved.pk, "action": self.closed.roadmap.first().pk, "export": made.pk}

    def _accounts(self):
        """Second factors, a token of a program, a logo and a snippet."""
        TOTP.activate(self.admin, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(self.admin)
        key = WebAuthn.add(self.admin, "Key", credential()).instance
        self.token = tokens.make(name="robot", scopes=tokens.SCOPES, by=self.consultant)
        firm = self.consultant.consultancies.get()
        content = {"pillar": "", "level": None, "title": "Well", "text": "Done"}
        snippet = brands.save_snippet(consultancy=firm, snippet=None, by=self.consultant, **content)
        for owner in (firm, self.client):
            brands.set_logo(owner=owner, picture=picture_of(a_png(200, 100)), words="Logo", by=self.consultant)
        self.staff = User.objects.create_user("staff@demo.example", is_staff=True)
        self.staff.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
        self.key = default_token_generator.make_token(self.lead)
        return {"snippet": snippet.pk, "consultancy": firm.pk, "client": self.client.pk, "passkey": key.pk}

    def _bank(self):
        """A draft of the bank, with an edit that can be taken back."""
        self.bank_draft = banks.new_draft(version=self.version, by=self.admin)
        edit = Edit.objects.filter(version=self.bank_draft).first()
        return {"edit": edit.pk if edit else 1}

    def browsers(self, identities):
        return {identity: self.browser(identity) for identity in identities}

    def browser(self, identity):
        """Of somebody who has just said once more who they are; `stage` and `code` are on their way in."""
        if identity == "program":
            return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {self.token}"})
        browser = Client(raise_request_exception=False)
        if identity == "halfway":
            browser.post("/accounts/login/", {"login": self.admin.email, "password": demonstration.PASSWORD})
        elif identity == "by_code":
            browser.post("/accounts/login/code/", {"email": self.lead.email})
        elif identity != "anonymous":
            user = getattr(self, identity)
            browser.force_login(user, BACKEND)
            session = browser.session
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() + 86_400}]
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()
        return browser

    def paths(self, route):
        """Every address of a route that leads somewhere, and where its holes stand in it."""
        for holes in self._fillings(route):
            yield HOLE.sub(partial(filled, holes), tidy(route))

    def _fillings(self, route):
        keys = {"key": "vision", "step": "people", "chart_name": "pillars", "kind": "svg", "form": "csv", "way": "up"}
        keys |= {
            "state": "done",
            "tool": "jira",
            "whose": "client",
            "person": self.person.pk,
            "language": "de",
            "uidb36": "1",
            "app_label": "assessments",
        }
        keys |= {"url": "nowhere", "content_type_id": "1", "object_id": "1", **self.holes}
        if "answers/" in route:
            keys["key"] = "vision-direction"
        if "reset/key" in route:
            keys["key"] = self.key
        for way in TOKENS:
            if route.startswith(f"{way}/"):
                keys["token"] = self.tokens[way]
        for row in self._pks(route) if "<" in route else [1]:
            pk = getattr(row, "pk", row)
            yield {**keys, "pk": pk, "object_id": pk, "id": pk}

    def _pks(self, route):
        admin = re.match(r"admin/assessments/(\w+)/", route)
        if admin:
            return self._rows(admin[1])
        if "webauthn/keys" in route:
            return [self.holes["passkey"]]
        if "account/tokens" in route:
            return [self.consultant.api_tokens.get().pk]
        if "exports/" in route:
            return [self.holes["export"]]
        if route.startswith("organisations/"):
            return [self.client.pk]
        assessments = {
            "prepare": self.draft,
            "result|report|commentary|what-if|roadmap|release": self.closed,
            "": self.open,
        }
        return sorted(
            assessments.values(),
            key=lambda one: one is not next(v for k, v in assessments.items() if re.search(k, route)),
        )

    def _rows(self, model):
        if model in ("pillar", "question", "bankversion"):
            draft, sealed = self.bank_draft, self.version
            rows = {"bankversion": lambda v: v, "pillar": lambda v: v.pillars.first()}
            rows["question"] = lambda version: Question.objects.filter(pillar__version=version).first()
            return [rows[model](version).pk for version in (draft, sealed)]
        from django.apps import apps

        found = apps.get_model("assessments", model).objects.first()
        return [found.pk if found else 1]


def filled(holes, hole):
    return str(holes.get(hole[1] or hole[2], "wrong"))


def tidy(route):
    """A route of `re_path` as one of `path`."""
    return route.replace("^", "").replace("$", "").replace("(?P<url>.*)", "<url>")


def routes(patterns=None, prefix=""):
    """(name, route, view) of every address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or "-", route, pattern.callback
