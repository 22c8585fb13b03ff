"""E-mails in tests: what is in them, and a browser that follows their links."""

import re

from django.test import Client

BASE = "http://testserver/"


def token_in(email):
    return re.search(r"/(?:invitations|colleagues|shared-results)/([\w-]+)/", email.body)[1]


def html_of(email):
    return email.alternatives[0].content


def browser_of(user=None):
    client = Client()
    if user is not None:
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client
