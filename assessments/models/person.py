"""A person who signs in with an e-mail address."""

import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .clock import validate_time_zone


class UserManager(BaseUserManager["User"]):
    """Creates people; addresses are stored in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Memberships, engagements and participations determine what they can access."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)  # BCP 47 in lower case; blank: the browser's
    addressed_as = models.CharField(_("form of address"), max_length=150, blank=True)  # blank: by their name
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_time_zone])
    wants_action_reminders = models.BooleanField(_("reminders of your actions"), default=True)
    is_staff = models.BooleanField(_("can open the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    signed_out = models.PositiveIntegerField(default=0, editable=False)  # how often they signed out everywhere

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """The hash a session must hold; a new password or signing out everywhere changes it."""
        sealed = f"{self.password}:{self.signed_out}"
        return salted_hmac("a session and whose it is", sealed, secret=secret, algorithm="sha256").hexdigest()

    @property
    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The time zone in which they read times; None if they have not chosen one."""
        return zoneinfo.ZoneInfo(self.time_zone) if self.time_zone else None

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
