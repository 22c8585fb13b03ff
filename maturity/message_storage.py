"""A message to be shown once: where Django keeps it, under a name that follows the rule of the other cookies."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NoteCookie(CookieStorage):
    cookie_name = f"{settings.COOKIES}messages"


class Notes(FallbackStorage):
    storage_classes = (NoteCookie, SessionStorage)
