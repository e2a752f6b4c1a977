"""What leaves the site: a row is written with whatever caused it, and sent when the other side takes it."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Given up")
    ASIDE = "aside", _("Set aside")  # given up, and a person has seen it


class OutgoingQuerySet(models.QuerySet):
    def due(self, now=None) -> "OutgoingQuerySet":
        """Waiting, its next try has come, and nobody holds it."""
        now = now or timezone.now()
        free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=now)
        return self.filter(free, state=State.QUEUED, next_try_at__lte=now)

    def given_up(self) -> "OutgoingQuerySet":
        return self.filter(state=State.DEAD)


class Outgoing(models.Model):
    """Something on its way out and what became of it, whatever way it takes."""

    State = State

    kind = models.CharField(_("Kind"), max_length=50)
    text = models.TextField(_("Text"))
    #: What it is about, as whoever queued it names it ("case:12"), so that its fate can be shown there.
    reference = models.CharField(max_length=60, blank=True, db_index=True)
    #: Secrets that are written in only when it is sent: {placeholder: [source, key]}; see `withheld`.
    withheld = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(_("Attempts"), default=0)
    refusals = models.PositiveIntegerField(_("Refusals"), default=0)
    next_try_at = models.DateTimeField(_("Next try"), default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(_("Last error"), blank=True)
    created_at = models.DateTimeField(_("Created at"), default=timezone.now)
    sent_at = models.DateTimeField(_("Sent at"), null=True, blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def recipients(self) -> str:
        """To whom it goes, on one line."""
        raise NotImplementedError

    @property
    def can_be_tried_again(self) -> bool:
        return self.state == State.DEAD and bool(self.recipients)

    @property
    def unchanging_key(self) -> str:
        """What makes two of the same one for whoever gets them."""
        raise NotImplementedError


class OutgoingMail(Outgoing):
    """One e-mail. Its Message-ID never changes, so a mail sent twice is seen to be one."""

    to = models.JSONField(_("Recipients"), default=list)
    subject = models.CharField(_("Subject"), max_length=200)
    html = models.TextField(blank=True)
    reply_to = models.JSONField(_("Reply to"), default=list, blank=True)
    message_id = models.CharField(max_length=250, unique=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="outbox_due"),
            models.Index(fields=["-created_at"], name="outbox_newest"),
        ]
        permissions = [("test_mail", _("Can test the mail settings"))]
        verbose_name = _("Outgoing e-mail")
        verbose_name_plural = _("Outgoing e-mails")

    def __str__(self) -> str:
        return self.subject

    @property
    def recipients(self) -> str:
        return ", ".join(self.to)

    @property
    def unchanging_key(self) -> str:
        return self.message_id


class OutgoingSms(Outgoing):
    """One text message. Its key never changes, so a gateway that knows such keys sends it once."""

    to = models.CharField(_("Mobile"), max_length=13)
    key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="outbox_sms_due")]
        verbose_name = _("Outgoing text message")
        verbose_name_plural = _("Outgoing text messages")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def recipients(self) -> str:
        return self.to

    @property
    def unchanging_key(self) -> str:
        return str(self.key)
