"""A message: what was sent, by whom, and where it stands. To its sender it is a message, to the staff a case."""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from contact.codes import LENGTH, format_code, parse_code
from contact.workflow import NEW, OPEN, OWED, CloseReason, Status, moves_from
from persian.telephone import national

from .topics import Lane, Topic
from .units import Absence, Municipality, Unit

BODY_LENGTH = 8000


#: What a search may be narrowed down by.
FILTERS = ("status", "kind", "topic", "unit", "lane", "assignee", "deadline", "created_at", "is_demo")


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        """All for managers. Otherwise those of the user's own units, and those assigned to the user or to somebody whom
        the user stands in for; those of a confidential topic only where the user is named, whatever the unit."""
        if user.has_perm("contact.view_all_messages"):
            return self
        if user.pk is None:  # nobody's units would be those without members
            return self.none()
        mine = (
            models.Q(unit__in=Unit.objects.filter(members=user.pk).values("pk"))
            | models.Q(assignee=user.pk)
            | models.Q(assignee__in=Absence.stood_in_for_by(user.pk))
        )
        confidential = Topic.objects.confidential()
        named = models.Q(topic__in=confidential.filter(readers=user.pk).values("pk"))
        return self.filter(named | mine & ~models.Q(topic__in=confidential.values("pk")))

    def open(self) -> "MessageQuerySet":
        return self.filter(status__in=OPEN)

    def new(self) -> "MessageQuerySet":
        return self.filter(status__in=NEW)

    def overdue(self, today: datetime.date | None = None) -> "MessageQuerySet":
        return self.due().filter(deadline__lt=today or timezone.localdate())

    def due(self) -> "MessageQuerySet":
        """Those that the unit still owes an answer; while it waits for the sender it owes none."""
        return self.filter(status__in=OWED)

    def search(self, text: str, *, by_relevance: bool = True) -> "MessageQuerySet":
        """Messages that hold every word of `text`, in whatever form; failing that, those that hold its beginning."""
        *better, last = self.searches(text, by_relevance=by_relevance)
        return next((found for found in better if found.exists()), last)

    def searches(self, text: str, *, by_relevance: bool = True) -> list["MessageQuerySet"]:
        """Where to look for `text`: the first of these that holds anything is what was looked for."""
        if code := parse_code(text):
            return [self.filter(tracking_code=code).order_by("pk")]
        backend = get_search_backend()
        looks = (backend.search, backend.autocomplete)
        return [look(text, self, order_by_relevance=by_relevance).get_queryset() for look in looks]


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
        SITE = "site", _("On this site, with the tracking code")
        NONE = "none", _("No answer is needed")

    class Channel(models.TextChoices):
        WEB = "web", _("Website")
        TELEPHONE = "telephone", _("Telephone")
        IN_PERSON = "in_person", _("In person")
        LETTER = "letter", _("Letter")

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
    # --- Who writes, and how it came in ---
    lane = models.CharField(_("Who writes"), max_length=20, choices=Lane.choices, default=Lane.CITIZEN)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("Member municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    organization = models.CharField(_("Name of the organization"), max_length=150, blank=True)
    post = models.CharField(_("Post"), max_length=100, blank=True)
    letter_number = models.CharField(_("Letter number"), max_length=50, blank=True)
    letter_date = models.DateField(_("Letter date"), null=True, blank=True)
    #: What the topic's own questions were answered: [{"label": …, "kind": …, "value": …}], as they were asked then.
    answers = models.JSONField(default=list, blank=True)
    channel = models.CharField(_("Came in by"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Entered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # --- Where it stands ---
    status = models.CharField(_("Status"), max_length=20, choices=Status.choices, default=Status.RECEIVED)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Assignee"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_messages",
    )
    deadline = models.DateField(_("Deadline"), null=True, blank=True)
    deadline_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    #: A person set another deadline than the promised one; a new holiday leaves it alone.
    deadline_is_set = models.BooleanField(default=False, editable=False)
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("First answered at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True, editable=False)
    close_reason = models.CharField(
        _("Reason for closing"), max_length=20, choices=CloseReason.choices, blank=True
    )
    close_text = models.TextField(_("Explanation"), blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="merged_messages",
        editable=False,
    )
    split_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="split_messages",
        editable=False,
    )
    registration_number = models.CharField(
        _("Registration number of the secretariat"), max_length=50, blank=True
    )
    registration_date = models.DateField(_("Registration date of the secretariat"), null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    locked_until = models.DateTimeField(null=True, blank=True, editable=False)

    # --- What the sender says afterwards, and how long it is kept ---
    is_satisfied = models.BooleanField(_("Satisfied"), null=True, blank=True, editable=False)
    satisfaction_text = models.TextField(blank=True, editable=False)
    rated_at = models.DateTimeField(null=True, blank=True, editable=False)
    legal_hold = models.BooleanField(_("Kept by order"), default=False, editable=False)
    anonymised_at = models.DateTimeField(null=True, blank=True, editable=False)

    # --- How it is told from others ---
    tracking_code = models.CharField(_("Tracking code"), max_length=LENGTH, unique=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    #: Keyed hash of the secret; "" where no secret was ever given. The version grows with every new secret.
    secret_hash = models.CharField(max_length=64, blank=True, editable=False)
    secret_version = models.PositiveSmallIntegerField(default=1, editable=False)
    sender_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("Received at"), default=timezone.now)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = MessageQuerySet.as_manager()

    search_fields = [
        *(index.SearchField(name) for name in ("title", "body", "name", "email", "organization", "numbers")),
        *(index.AutocompleteField(name) for name in ("title", "name", "email", "numbers")),
        *(index.FilterField(name) for name in FILTERS),
    ]
    search_newest_first = ["-created_at"]

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="message_newest"),
            models.Index(fields=["status", "-created_at"], name="message_by_status"),
            models.Index(fields=["unit", "-created_at"], name="message_by_unit"),
            models.Index(fields=["sender_hash", "created_at"], name="message_by_sender"),
            models.Index(fields=["status", "deadline"], name="message_by_deadline"),
            models.Index(fields=["assignee", "status"], name="message_by_assignee"),
            models.Index(fields=["deadline", "created_at", "id"], name="message_most_urgent"),
            # All that the counts of the desk and the order by a name need, and who may see the case: no text is read for it.
            models.Index(
                fields=["topic", "unit", "assignee", "status", "deadline", "id"], name="message_at_a_glance"
            ),
        ]
        permissions = [
            ("view_all_messages", _("Can see the messages of all units")),
            ("add_message_by_hand", _("Can enter messages that came by telephone, letter or in person")),
            ("approve_reply", _("Can approve answers")),
            ("redact_message", _("Can redact messages")),
            ("manage_cases", _("Can change deadlines, give secrets anew, merge, split and hold cases")),
            ("view_reports", _("Can see and export the reports of the desk")),
        ]
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
        numbers = [self.tracking_code, self.code_display, self.mobile, national(self.mobile)]
        return " ".join([*numbers, self.registration_number, self.letter_number])

    @property
    def moves(self) -> tuple[Status, ...]:
        return moves_from(self.status)

    @property
    def may_be_published(self) -> bool:
        """Whether a public answer can be made of it: it was answered, and nothing about it is confidential or gone."""
        answered = self.status in (Status.ANSWERED, Status.CLOSED) and self.answered_at is not None
        return answered and self.anonymised_at is None and not self.topic.is_confidential

    @property
    def is_overdue(self) -> bool:
        return self.deadline is not None and self.status in OWED and self.deadline < timezone.localdate()

    @property
    def sender_organization(self) -> str:
        """The municipality, company or medium that writes; "" for a citizen."""
        return self.municipality.name if self.municipality else self.organization
