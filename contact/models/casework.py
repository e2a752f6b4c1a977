"""What the desk keeps beside the cases: questions to other organizations, links, originals of redacted texts, saved filters."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .cases import Message
from .timeline import TimelineEntry


def make_nonce() -> str:
    """128 random bits. A link's secret is derived from it with the site's key, so the row alone opens nothing."""
    return secrets.token_hex(16)


class OutsideQuestion(models.Model):
    """A question to an organization outside, which answers by a link of its own."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="outside_questions")
    organization = models.CharField(_("Name of the organization"), max_length=150)
    email = models.EmailField(_("E-mail"))
    question = models.TextField(_("Question"), max_length=4000)
    shares_message = models.BooleanField(_("Show the text of the message"), default=False)
    nonce = models.CharField(max_length=32, default=make_nonce, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("Question to another organization")
        verbose_name_plural = _("Questions to other organizations")

    def __str__(self) -> str:
        return self.organization


class OneTimeLink(models.Model):
    """A link by e-mail that opens one case once: for a lost secret, or to answer what the unit asked."""

    class Purpose(models.TextChoices):
        RECOVER = "recover"
        ANSWER = "answer"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    nonce = models.CharField(max_length=32, default=make_nonce)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Original(models.Model):
    """What a redaction took out of sight: a text, or a file by the name it had. A named few may read it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="originals")
    entry = models.ForeignKey(
        TimelineEntry, null=True, blank=True, on_delete=models.CASCADE, related_name="originals"
    )
    attachment = models.ForeignKey(
        "Attachment", null=True, blank=True, on_delete=models.CASCADE, related_name="originals"
    )
    field = models.CharField(max_length=30)
    text = models.TextField()
    reason = models.CharField(_("Reason"), max_length=300)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    redacted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["redacted_at", "pk"]
        default_permissions = ("view",)
        verbose_name = _("Original of what was redacted")
        verbose_name_plural = _("Originals of what was redacted")

    def __str__(self) -> str:
        return f"{self.field} {self.message_id}"


class SavedFilter(models.Model):
    """A list of the desk that somebody wants to see again: its name and the query of its address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_filters")
    name = models.CharField(_("Name of the list"), max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="filter_name_of_user")]
        verbose_name = _("Saved list")
        verbose_name_plural = _("Saved lists")

    def __str__(self) -> str:
        return self.name


class Try(models.Model):
    """One try at something that is limited per sender, such as tracking codes. Kept for a day, without an address."""

    what = models.CharField(max_length=20)
    sender_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["what", "sender_hash", "at"], name="try_by_sender"),
            models.Index(fields=["at"], name="try_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"
