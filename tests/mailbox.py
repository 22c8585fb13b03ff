"""Letters in tests: what stands in them, and somebody who follows their links."""

import re

from django.test import Client

BASE = "http://testserver/"


def token_in(letter):
    return re.search(r"/(?:invitations|colleagues)/([\w-]+)/", letter.body)[1]


def html_of(letter):
    return letter.alternatives[0].content


def browser_of(user=None):
    client = Client()
    if user is not None:
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client
