"""Asking a person who was interviewed whether what was recorded is right."""

import uuid

from django.db import models

from .answer import Submission
from .link import MailedLink, MailedLinkQuerySet


class Confirmation(MailedLink):
    """A link that lets the person interviewed read what was recorded and confirm it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="confirmations")

    objects = MailedLinkQuerySet["Confirmation"].as_manager()
