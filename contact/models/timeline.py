"""What happened to a case: who, what, when. Entries are only ever added."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.workflow import Status
from persian.calendar import format_jalali

from .cases import Message


class TimelineEntry(models.Model):
    """Something that happened to a case. `data` holds what its kind needs beyond the text (names, dates, keys)."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Message received")
        NOTE = "note", _("Internal note")
        MOVE = "move", _("Change of status")
        REPLY = "reply", _("Answer to the sender")
        PHONE = "phone", _("Answer given by telephone")
        QUESTION = "question", _("Question to the sender")
        ADDED = "added", _("Added by the sender")
        ASSIGNED = "assigned", _("Assigned")
        ROUTED = "routed", _("Handed to another unit")
        DEADLINE = "deadline", _("Deadline changed")
        DRAFT = "draft", _("Draft answer")
        ASKED_OUTSIDE = "asked_outside", _("Question to another organization")
        OUTSIDE_ANSWER = "outside_answer", _("Answer of another organization")
        MERGED = "merged", _("Merged")
        SPLIT = "split", _("Split")
        REGISTERED = "registered", _("Registered by the secretariat")
        RATED = "rated", _("Satisfaction of the sender")
        REDACTED = "redacted", _("Redacted")
        ORIGINAL_READ = "original_read", _("Original read")
        CODE = "code", _("Tracking code or secret given anew")
        REMINDED = "reminded", _("Reminder")
        ESCALATED = "escalated", _("Escalation")
        MAIL_FAILED = "mail_failed", _("Not delivered")
        HOLD = "hold", _("Kept by order")
        ANONYMISED = "anonymised", _("Anonymised")
        PUBLISHED = "published", _("Answer published")

    #: What the sender sees as well, beside a status that changed.
    PUBLIC = (
        Kind.RECEIVED,
        Kind.MOVE,
        Kind.REPLY,
        Kind.PHONE,
        Kind.QUESTION,
        Kind.ADDED,
        Kind.DEADLINE,
        Kind.RATED,
    )
    #: Whose text is for colleagues only, although the sender sees that it happened.
    INTERNAL_TEXT = (Kind.MOVE, Kind.RECEIVED)

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="timeline")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(blank=True)
    from_status = models.CharField(max_length=20, choices=Status.choices, blank=True)
    to_status = models.CharField(max_length=20, choices=Status.choices, blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["message", "at"], name="timeline_of_message")]
        verbose_name = _("Entry of the timeline")
        verbose_name_plural = _("Entries of the timeline")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}، {format_jalali(self.at, with_time=True)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.author and not self.author_name:  # stays when the account goes
            self.author_name = self.author.get_full_name() or self.author.get_username()
        super().save(*args, **kwargs)

    @property
    def public_text(self) -> str:
        """What of the text the sender may read."""
        return self.text if self.kind in self.PUBLIC and self.kind not in self.INTERNAL_TEXT else ""
