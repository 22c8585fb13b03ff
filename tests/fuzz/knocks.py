"""Everything that is sent to one address: every method as everybody, then each field with each value."""

import json
import re
from dataclasses import replace
from itertools import batched, cycle
from urllib.parse import quote_from_bytes

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from assessments.models import Pillar, Question

from . import doors, values
from .walk import Knock, encoded

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
IDENTITIES = ("consultant", "lead", "participant", "admin", "staff", "anonymous", "halfway", "by_code", "program")
GOT_IN = (200, 400, 409, 410, 413, 422)
READ_HEADERS = {
    "landing",
    "home",
    "result",
    "client_logo_file",
    "export_file",
    "workshop_now",
    "guest_now",
    "session",
    "account_login",
}
READ_HEADERS |= {
    "mfa_login_webauthn",
    "index",
    "portfolio",
    "healthz",
    "readyz",
    "metrics",
    "answer",
    "chart_file",
    "roadmap_csv",
}
AUTOSAVED = {"choice": "3", "reason": "", "comment": "", "evidence_grade": "", "evidence_text": "", "evidence_link": ""}
AUTOSAVED |= {"revision": 0, "page": "page-1", "save": 1}


class Knocks:
    """What is sent to the doors, each field of each page once, whoever finds it first."""

    def __init__(self, walk):
        self.walk, self.forms, self.links, self.seen, self.fields = walk, {}, {}, set(), 0
        self.takes = set()  # paths that take a POST
        rows = [*Question.objects.values_list("key", flat=True), *Pillar.objects.values_list("key", flat=True)]
        self.keys = sorted(set(rows), key=len, reverse=True)

    def look_around(self, route, paths):
        """Every method as everybody; what the pages offer is remembered. Who got furthest: path -> identity."""
        opened = {}
        for number, path in enumerate(paths):
            for place, identity in enumerate(likely(route)):
                for method in METHODS if place < 2 and not number else ("GET", "POST"):
                    self._look(identity, method, path, opened)
        return opened

    def glance(self, route, path):
        """The same with one method, as whoever is expected there."""
        opened = {}
        for identity in likely(route)[:2]:
            if not opened:
                self._look(identity, "GET", path, opened)
        return opened

    def _look(self, identity, method, path, opened):
        status, content = self.walk.send(Knock(identity, method, path, of="nothing"))
        if method == "POST" and status != 405:
            self.takes.add(path)
        if status in GOT_IN:
            opened.setdefault(path, identity)
            page = doors.Page(path, content.decode())
            for form in page.forms:
                self.forms.setdefault((form.action.partition("?")[0], form.method), []).append((identity, form))
            for target, names in page.links.items():
                self.links.setdefault(target, set()).update(names)

    def is_new(self, *what):
        """Whether it was not met before; of rows alike one is enough."""
        key = tuple(doors.plain(str(one), self.keys) for one in what)
        new = key not in self.seen
        self.seen.add(key)
        self.fields += new
        return new

    def worst(self, name, route, view, path, identity):
        """Three knocks, all fields odd at once: a piece of the path, the query, each form."""
        gets, posts = doors.read_names(name, route, view)
        odds = cycle(values.SLICE)
        holes = holes_in(route, path)
        if holes:
            yield Knock(identity, "GET", with_piece(path, holes[-1], next(odds)), of="the last piece")
        asked = {one: [next(odds)] for one in sorted(gets | self.links.get(path, set()))}
        if asked:
            yield Knock(identity, "GET", path, encoded(asked), of=str(asked))
        for who, form in self.forms.get((path, "post")) or [
            (identity, doors.Form(path, "post", {one: [] for one in posts}))
        ]:
            if form.fields and self.is_new(route, *form.fields):
                sent = {one: [next(odds)] for one in form.fields}
                yield Knock(who, "POST", path, body=encoded({**sent, **dict(form.pressed())}).encode(), of=str(sent))

    def of(self, name, route, view, paths, opened):
        """All knocks at the addresses of one route."""
        gets, posts = doors.read_names(name, route, view)
        for path in paths:
            identity = opened.get(path) or likely(route)[0]
            yield from self.in_path(route, path, identity)
            yield from self.in_query(route, path, identity, gets)
            unseen = doors.Form(path, "post", {one: ["1"] for one in posts})
            for who, form in self.forms.get((path, "post")) or [(identity, unseen)]:
                yield from self.in_form(route, who, path, form)
            yield from self.in_body(route, path, identity)
            yield from self.in_headers(name, route, path, identity)
        if name == "answer":
            yield from self.in_json(paths[0], "participant")

    def in_path(self, route, path, identity):
        for number in holes_in(route, path):
            if self.is_new(route, "path", number):
                typed = re.search("<(uuid|int|uuidstr):", route.split("/")[number - 1])
                for odd in (
                    values.SLICE + values.IDENTIFIERS if typed else (*values.VALUES, b"%00", b"..%2f", b"x" * 3000)
                ):
                    odd_path, of = with_piece(path, number, odd), f"piece {number} = {odd[:40]!r}"
                    yield Knock(identity, "GET", odd_path, of=of)
                    if odd in values.SLICE:
                        yield Knock(identity, "POST", odd_path, of=of)

    def in_query(self, route, path, identity, gets):
        names = gets | self.links.get(path, set())
        for _who, form in self.forms.get((path, "get"), ()):
            names |= form.fields.keys()
        for of, fields in self.odd({}, [name for name in sorted(names) if self.is_new(route, "query", name)]):
            yield Knock(identity, "GET", path, encoded(fields), of=f"?{of}")

    def odd(self, fields, names):
        """The same fields, eight of them odd at once, each with every value; and each alone with the worst."""
        for together in batched(names, 8):
            for number in range(len(values.VALUES)):
                said = {
                    name: values.VALUES[(number + 17 * place) % len(values.VALUES)]
                    for place, name in enumerate(together)
                }
                yield (
                    str({name: value[:40] for name, value in said.items()}),
                    {**fields, **{name: [said[name]] for name in said}},
                )
        for name in names:
            for value in values.SLICE[:3]:
                yield f"{name} = {value!r}", {**fields, name: [value]}
            yield f"{name} missing", {other: value for other, value in fields.items() if other != name}
            yield f"{name} repeated", {**fields, name: [b"1", b"\0", b"x"]}
            yield f"{name}[]", {**fields, name: [], f"{name}[]": [b"1"], f"{name}[a][b]": [b"1"]}

    def in_form(self, route, identity, path, form):
        knock = Knock(identity, "POST", path)
        for button in form.buttons[:6] or [None]:
            if self.is_new(route, "button", *form.fields, button and button[0]):
                fields = {**form.fields, **dict(form.pressed(button))}
                yield replace(knock, body=encoded(fields).encode(), of="as it stands")
                for odd in values.SLICE:
                    everything = {**{one: [odd] for one in form.fields}, **dict(form.pressed(button))}
                    yield replace(knock, body=encoded(everything).encode(), of=f"all = {odd[:40]!r}")
        fields = {**form.fields, **dict(form.pressed())}
        new = [name for name in fields if self.is_new(route, "field", name)]
        for of, sent in self.odd(fields, new):
            yield replace(knock, body=encoded(sent).encode(), of=of)
        if new and self.is_new(route, "longest"):
            yield replace(knock, body=encoded({**fields, new[-1]: [values.LONGEST]}).encode(), of=f"{new[-1]} is long")
        for name in form.files:
            yield from self.in_file(route, knock, fields, name)

    def in_file(self, route, knock, fields, name):
        texts = {one: many[-1] for one, many in fields.items() if many}
        for upload in values.uploads() if self.is_new(route, "file", name) else ():
            body = encode_multipart(BOUNDARY, {**texts, name: upload})
            yield replace(knock, body=body, kind=MULTIPART_CONTENT, of=f"{name} = {upload.name[:40]!r}")

    def in_body(self, route, path, identity):
        if path in self.takes and self.is_new(route, "body"):
            for method in ("POST", "PUT") if "answers/" in route else ("POST",):
                for kind, body in values.BODIES:
                    yield Knock(identity, method, path, body=body, kind=kind, of=f"{kind[:40]}: {body[:40]!r}")

    def in_headers(self, name, route, path, identity):
        if name in READ_HEADERS and self.is_new(route, "headers"):
            for header, odds in values.HEADERS.items():
                key = header.upper().replace("-", "_")
                key = key if key == "CONTENT_LENGTH" else f"HTTP_{key}"
                for odd in odds:
                    yield Knock(
                        identity,
                        "GET",
                        path,
                        headers=((key, odd.encode().decode("latin-1")),),
                        of=f"{header}: {odd[:40]!r}",
                    )

    def in_json(self, path, identity):
        for name in AUTOSAVED:
            for odd in values.JSON:
                members = ", ".join(
                    f'"{one}": {odd if one == name else json.dumps(value)}' for one, value in AUTOSAVED.items()
                )
                yield Knock(
                    identity,
                    "PUT",
                    path,
                    body=f"{{{members}}}".encode(),
                    kind="application/json",
                    of=f"{name} = {odd[:40]}",
                )


def holes_in(route, path):
    """Which pieces of the path are not always the same."""
    pieces = enumerate(zip(path.split("/")[1:], route.split("/"), strict=False), 1)
    return [number for number, (_piece, said) in pieces if "<" in said]


def with_piece(path, number, odd):
    pieces = path.split("/")
    return "/".join([*pieces[:number], quote_from_bytes(odd, safe="%" if b"%" in odd else ""), *pieces[number + 1 :]])


def likely(route):
    """Everybody, whoever is expected at this address first."""
    first = {
        "admin/": "admin",
        "api/": "program",
        "accounts/": "lead",
        "styleguide": "admin",
        "assessments/<uuid:pk>/answers": "participant",
    }
    first |= {"assessments/<uuid:pk>/pillars": "participant", "assessments/<uuid:pk>/submit": "participant"}
    found = next((identity for start, identity in first.items() if route.startswith(start)), "consultant")
    return sorted(IDENTITIES, key=lambda identity: identity != found)
