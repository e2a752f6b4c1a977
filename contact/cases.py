"""A citizen's message, who answers it, and what happened to it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from persian.calendar import format_jalali
from persian.telephone import national

from .codes import LENGTH, format_code, parse_code
from .workflow import NEW, OPEN, Status, moves_from

BODY_LENGTH = 8000


class Unit(models.Model):
    """Who answers. Its members see its messages."""

    name = models.CharField(_("Name of the unit"), max_length=120, unique=True)
    email = models.EmailField(
        _("E-mail"),
        blank=True,
        help_text=_("New messages are announced here; while it is empty, at the e-mail of the whole unit"),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Members"),
        blank=True,
        related_name="answering_units",
        limit_choices_to={"is_active": True},
        help_text=_("They see the messages of this unit"),
    )

    panels = [FieldPanel("name"), FieldPanel("email"), FieldPanel("members")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("Answering unit")
        verbose_name_plural = _("Answering units")

    def __str__(self) -> str:
        return self.name


class TopicQuerySet(models.QuerySet):
    def active(self) -> "TopicQuerySet":
        return self.filter(is_active=True)


class Topic(models.Model):
    """What a message is about; decides who answers it."""

    title = models.CharField(_("Title"), max_length=120)
    guidance = models.TextField(
        _("Guidance"), blank=True, max_length=600, help_text=_("Shown to those who choose this topic")
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("Answering unit"), on_delete=models.PROTECT, related_name="topics"
    )
    sort_order = models.PositiveIntegerField(_("Order"), default=0)
    is_active = models.BooleanField(_("Offered in the form"), default=True)

    panels = [FieldPanel(name) for name in ("title", "guidance", "unit", "sort_order", "is_active")]

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order", "title"]
        verbose_name = _("Topic")
        verbose_name_plural = _("Topics")

    def __str__(self) -> str:
        return self.title


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        """All for those who may see all, otherwise the messages of the user's own units."""
        if user.has_perm("contact.view_all_messages"):
            return self
        if user.pk is None:  # nobody's units would be those without members
            return self.none()
        return self.filter(unit__in=Unit.objects.filter(members=user.pk))

    def open(self) -> "MessageQuerySet":
        return self.filter(status__in=OPEN)

    def new(self) -> "MessageQuerySet":
        return self.filter(status__in=NEW)

    def search(self, text: str, *, by_relevance: bool = True) -> "MessageQuerySet":
        """Messages that hold every word of `text`, in whatever form; failing that, those that hold its beginning."""
        if code := parse_code(text):
            return self.filter(tracking_code=code)
        backend = get_search_backend()
        for look in (backend.search, backend.autocomplete):
            found = look(text, self, order_by_relevance=by_relevance).get_queryset()
            if found.exists():
                break
        return found


class Message(index.Indexed, models.Model):
    """What a citizen sent. It is never edited; what happens to it stands in its timeline."""

    class Kind(models.TextChoices):
        SUGGESTION = "suggestion", _("Suggestion")
        CRITICISM = "criticism", _("Criticism")
        COMPLAINT = "complaint", _("Complaint")
        APPRECIATION = "appreciation", _("Appreciation")
        QUESTION = "question", _("Question")
        REQUEST = "request", _("Request")

    class AnswerBy(models.TextChoices):
        EMAIL = "email", _("By e-mail")
        TELEPHONE = "telephone", _("By telephone")
        NONE = "none", _("No answer is needed")

    kind = models.CharField(_("Kind of message"), max_length=20, choices=Kind.choices)
    topic = models.ForeignKey(
        Topic, verbose_name=_("Topic"), on_delete=models.PROTECT, related_name="messages"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("Answering unit"), on_delete=models.PROTECT, related_name="messages"
    )
    title = models.CharField(_("Title of the message"), max_length=150)
    body = models.TextField(_("Text of the message"), max_length=BODY_LENGTH)
    name = models.CharField(_("First and last name"), max_length=120, blank=True)
    mobile = models.CharField(_("Mobile"), max_length=13, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    answer_by = models.CharField(_("How you wish to be answered"), max_length=20, choices=AnswerBy.choices)
    about_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("About the page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(_("Status"), max_length=20, choices=Status.choices, default=Status.RECEIVED)
    tracking_code = models.CharField(_("Tracking code"), max_length=LENGTH, unique=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sender_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("Received at"), default=timezone.now)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = MessageQuerySet.as_manager()

    search_fields = [
        *(index.SearchField(name) for name in ("title", "body", "name", "email", "numbers")),
        *(index.AutocompleteField(name) for name in ("title", "name", "email", "numbers")),
        *(index.FilterField(name) for name in ("status", "kind", "topic", "unit", "created_at")),
    ]
    search_newest_first = ["-created_at"]

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="message_newest"),
            models.Index(fields=["status", "-created_at"], name="message_by_status"),
            models.Index(fields=["unit", "-created_at"], name="message_by_unit"),
            models.Index(fields=["sender_hash", "created_at"], name="message_by_sender"),
        ]
        permissions = [("view_all_messages", _("Can see the messages of all units"))]
        verbose_name = _("Message")
        verbose_name_plural = _("Messages")

    def __str__(self) -> str:
        return self.title

    @property
    def code_display(self) -> str:
        return format_code(self.tracking_code)

    @property
    def numbers(self) -> str:
        """The numbers that the message is found by, the code in groups too."""
        return " ".join([self.tracking_code, self.code_display, self.mobile, national(self.mobile)])

    @property
    def moves(self) -> tuple[Status, ...]:
        return moves_from(self.status)


class TimelineEntry(models.Model):
    """Something that happened to a message: an internal note, or a move from one status to another."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Message received")
        NOTE = "note", _("Internal note")
        MOVE = "move", _("Change of status")

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
