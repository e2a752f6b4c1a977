"""What is written to senders: answers kept ready, drafts that wait for approval, and answers made public."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from contact.workflow import Status

from .cases import Message
from .topics import Topic


class CannedReply(models.Model):
    """An answer kept ready. What stands in braces is filled in, such as {code}, {name} and {deadline}."""

    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"), max_length=4000)
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("Topic"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="canned_replies",
        help_text=_("While it is empty, offered for every topic"),
    )
    status = models.CharField(
        _("Status"),
        max_length=20,
        choices=Status.choices,
        blank=True,
        help_text=_("While it is empty, offered in every status"),
    )

    class Meta:
        ordering = ["title"]
        verbose_name = _("Canned reply")
        verbose_name_plural = _("Canned replies")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        from contact.placeholders import complaint  # they read messages

        if words := complaint(self.text):
            raise ValidationError({"text": words})


class DraftReply(models.Model):
    """An answer that somebody wrote and nobody sent yet; submitted when it waits for approval."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="draft")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("Text of the answer"))
    to_status = models.CharField(max_length=20, choices=Status.choices, default=Status.ANSWERED)
    close_reason = models.CharField(max_length=20, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Draft answer")
        verbose_name_plural = _("Draft answers")

    def __str__(self) -> str:
        return str(self.message)


class PublicAnswerQuerySet(models.QuerySet):
    def approved(self) -> "PublicAnswerQuerySet":
        """Those that everybody may read. A topic that became confidential takes its answers along."""
        confidential = Topic.objects.confidential().values("pk")
        return self.filter(approved_at__isnull=False).exclude(topic__in=confidential)

    def search(self, text: str) -> Any:
        """Those that hold every word of `text`, in whatever form, the best first."""
        return get_search_backend().search(text, self)

    def like(self, text: str) -> Any:
        """Those that hold some of the words of `text`, the best first."""
        return get_search_backend().search(text, self, operator="or")


class PublicAnswer(index.Indexed, models.Model):
    """A question and its answer without anybody's name, made of a closed case; public once an editor approved it."""

    question = models.CharField(_("Question"), max_length=300)
    details = models.TextField(_("More of the question"), max_length=8000, blank=True)
    answer = models.TextField(_("Answer"), max_length=8000)
    topic = models.ForeignKey(
        Topic, verbose_name=_("Topic"), on_delete=models.PROTECT, related_name="answers"
    )
    message = models.ForeignKey(
        Message,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="public_answers",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Whoever gave it its present words; somebody else approves them.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PublicAnswerQuerySet.as_manager()

    search_fields = [
        index.SearchField("question", boost=2),
        index.SearchField("details"),
        index.SearchField("answer"),
        index.AutocompleteField("question"),
        index.FilterField("topic"),
        index.FilterField("approved_at"),
    ]

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = [("approve_publicanswer", _("Can approve public answers"))]
        verbose_name = _("Public answer")
        verbose_name_plural = _("Public answers")

    @property
    def state(self) -> str:
        return gettext("Can be read by everybody") if self.approved_at else gettext("Waiting for approval")

    def __str__(self) -> str:
        return self.question
