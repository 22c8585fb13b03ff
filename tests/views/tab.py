"""An open pillar page as a browser has it, with a script and without one."""

import re
from html.parser import HTMLParser

from django.test import Client

from tests.markup import flat

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Fields(HTMLParser):
    """The fields of the page's form, as a browser would send them."""

    def __init__(self, html):
        super().__init__()
        self.values, self._area, self._select = {}, None, None
        self.feed(html[html.index("<form") :])

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name")
        if tag == "input" and (given.get("type") != "radio" or "checked" in given) and name:
            self.values[name] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
            self.values[name] = ""
        elif tag == "option" and "selected" in given:
            self.values[self._select] = given["value"]

    def handle_data(self, data):
        if self._area is not None:
            self.values[self._area] += data if self.values[self._area] else data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None


class Tab:
    """One pillar page of one person. `put` is what the script does, `post` what the button does."""

    def __init__(self, user, assessment, pillar="vision"):
        self.client = Client()
        self.user, self.base = user, f"/assessments/{assessment.pk}/"
        self.address = f"{self.base}pillars/{pillar}/"
        self.sign_in()
        self.fields = {}

    def sign_in(self, user=None):
        self.client.force_login(user or self.user, BACKEND)

    def open(self, **query):
        response = self.client.get(self.address, query, follow=True)
        return self.shown(response)

    def shown(self, response):
        html = response.content.decode()
        self.html = flat(html)
        if "data-answers" in html:
            start = html.rindex("<form", 0, html.index("data-answers"))
            self.fields = Fields(html[start:]).values
        return response

    def put(self, key, **sent):
        return self.client.put(f"{self.base}answers/{key}", sent, "application/json")

    def post(self, *, follow=False, **more):
        """Press the button; names with a colon are written with two underscores: `vision_value__comment`."""
        return self.shown(self.client.post(self.address, self.fields | more, follow=follow))

    @property
    def errors(self):
        """The sentences of the error summary."""
        summary = re.search(r'class="error-summary".*?</div>', self.html, re.S)
        return re.findall(r'<li><a href="#[^"]*">(.*?)</a>', summary[0], re.S) if summary else []

    @property
    def clashes(self):
        """The questions of which the page shows two versions."""
        return re.findall(r'id="([^"]+)-clash" aria-labelledby="[^"]+" data-other', self.html)
