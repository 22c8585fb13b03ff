"""A browser whose person has just said once more who they are."""

import time

from tests.views.test_portfolio import signed_in

PASSWORD = "every-name-is-invented"


def confirmed(user):
    client = signed_in(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
