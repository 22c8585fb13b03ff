"""What each address takes: the forms of its pages, the parameters of its links, and the names that its code reads."""

import ast
import inspect
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

FILLED = {
    "email": "new@x.example",
    "date": "2026-12-31",
    "number": "1",
    "url": "https://x.example/",
    "color": "#0d49bb",
}
LISTS = [
    "q",
    "p",
    "o",
    "all",
    "e",
    "_facets",
    "_popup",
    "_to_field",
    "_changelist_filters",
    "at__year",
    "at__month",
    "at__day",
]
LISTS += ["id", "id__in", "id__exact", "name__isnull", "state__exact", "verb", "at__gte", "pk__gt", "x__y__z", "action"]
LISTS += ["term", "app_label", "model_name", "field_name"]  # of autocompletion


@dataclass
class Form:
    """A form as a browser would send it."""

    action: str
    method: str
    fields: dict = field(default_factory=dict)  # name -> values
    buttons: list = field(default_factory=list)  # (name, value)
    files: set = field(default_factory=set)

    def pressed(self, button=None):
        """The field of the button that was pressed, else of the first."""
        button = button or (self.buttons or [None])[0]
        return [] if button is None else [(button[0], [button[1]])]


class Page(HTMLParser):
    """The forms of a page and the parameters in its links."""

    def __init__(self, address, content):
        super().__init__()
        self.address, self.forms, self.links = address, [], {}
        self.area = self.select = None
        self.outside = Form(address, "post")  # a button may name its form from anywhere
        self.feed(content)

    @property
    def form(self):
        return self.forms[-1] if self.forms else self.outside

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        handle = getattr(self, f"on_{tag}", None)
        if handle:
            handle(given)

    def on_form(self, given):
        action = urljoin(self.address, given.get("action", ""))
        self.forms.append(Form(action, given.get("method", "get").lower()))

    def on_a(self, given):
        parts = urlsplit(urljoin(self.address, given.get("href", "")))
        if parts.query and not parts.netloc:
            self.links.setdefault(parts.path, set()).update(parse_qs(parts.query, keep_blank_values=True))

    def on_input(self, given):
        name, kind = given.get("name"), given.get("type", "text")
        if not name or name == "csrfmiddlewaretoken" or kind == "submit":
            return
        if kind == "file":
            self.form.files.add(name)
        elif kind not in ("checkbox", "radio") or name not in self.form.fields or "checked" in given:
            self.form.fields[name] = [given.get("value") or FILLED.get(kind, "" if kind == "hidden" else "Words")]

    def on_textarea(self, given):
        if given.get("name"):
            self.area = given["name"]
            self.form.fields[self.area] = ["Words"]

    def on_select(self, given):
        self.select = given.get("name")
        if self.select:
            self.form.fields[self.select] = [""]

    def on_option(self, given):
        if self.select and ("selected" in given or self.form.fields[self.select] == [""]):
            self.form.fields[self.select] = [given.get("value", "")]

    def on_button(self, given):
        if given.get("name") and given.get("type") != "button":
            self.form.buttons.append((given["name"], given.get("value", "")))


def read_names(name, route, view):
    """(GET, POST): the parameters that the module of a view reads, or Django's own list of rows."""
    view = getattr(view, "view_class", None) or inspect.unwrap(getattr(view, "func", view))
    if "view" in (held := getattr(inspect.getclosurevars(view), "nonlocals", {}) if inspect.isfunction(view) else {}):
        view = held["view"]  # of a page of the admin that is ours
    gets, posts = names_in(
        inspect.getsourcefile(getattr(view, "__self__", view).__class__ if inspect.ismethod(view) else view)
    )
    more = {"q", "state", "client", "page"} if route == "api/v1/portfolio" else set()
    more |= {"next"} if route.startswith(("accounts/", "admin/log", "sign-in")) else set()
    more |= (
        set(LISTS)
        if name.endswith("changelist") or name in ("autocomplete", "assessments_auditevent_export")
        else set()
    )
    return gets | more, posts


@cache
def names_in(file):
    found = {"GET": set(), "POST": set()}
    for node in ast.walk(ast.parse(Path(file).read_text())):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="GET" | "POST" as kind)),
                args=[ast.Constant(value=str(name)), *_],
            ):
                found[kind].add(name)
            case ast.Compare(
                left=ast.Constant(value=str(name)), comparators=[ast.Attribute(attr="GET" | "POST" as kind)]
            ):
                found[kind].add(name)
            case ast.Subscript(value=ast.Attribute(attr="GET" | "POST" as kind), slice=ast.Constant(value=str(name))):
                found[kind].add(name)
    return found["GET"], found["POST"]


def plain(name, keys):
    """A field's name without the number or the key of the row that it is for: of twenty such rows one is enough."""
    for key in keys:
        name = name.replace(key, "KEY")
    return re.sub(r"\d+|[0-9a-f-]{36}", "#", name)
