"""Links that ask interviewed people to confirm their recorded answers."""

import uuid

from django.db import models

from .answer import Submission
from .link import MailedLink, MailedLinkQuerySet


class Confirmation(MailedLink):
    """A link with which an interviewed person reads and confirms their recorded answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="confirmations")

    objects = MailedLinkQuerySet["Confirmation"].as_manager()
