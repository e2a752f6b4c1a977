"""Files that came with a message or go with an answer. They lie below PRIVATE_ROOT and have no address of their own."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .cases import Message
from .replies import DraftReply
from .timeline import TimelineEntry


class StoredFile(models.Model):
    """A file on disk: `path` is relative to PRIVATE_ROOT and made by us; `name` is what the person called it, made harmless."""

    name = models.CharField(_("Name of the file"), max_length=150)
    path = models.CharField(max_length=200, unique=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class AttachmentQuerySet(models.QuerySet):
    def readable(self) -> "AttachmentQuerySet":
        """Neither deleted nor taken out of sight."""
        return self.filter(deleted_at=None, redacted_at=None)


class Attachment(StoredFile):
    """A file of a case. `is_public` when the sender may fetch it too. After anonymising, the row stays without its file.

    Redacted, it has no name any more and only those who may read originals get it (`Original`).
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    entry = models.ForeignKey(
        TimelineEntry, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    #: The answer that it waits for; set until that answer is sent.
    draft = models.ForeignKey(
        DraftReply, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    from_staff = models.BooleanField(default=False)
    is_public = models.BooleanField(default=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("Attachment")
        verbose_name_plural = _("Attachments")


class StagedFile(StoredFile):
    """A file that waits while its form is looked over or mended. It becomes an attachment, or goes after a day."""

    form_key = models.UUIDField(default=uuid.uuid4, db_index=True)
    is_scan = models.BooleanField(default=False)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("File of an unsent form")
        verbose_name_plural = _("Files of unsent forms")
