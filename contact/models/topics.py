"""What messages are about. A topic decides who answers, by when, who may read, and what else is asked."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from .units import Unit


class Lane(models.TextChoices):
    """Who writes: each lane asks for what belongs to it."""

    CITIZEN = "citizen", _("Citizen")
    MUNICIPALITY = "municipality", _("Municipality")
    COMPANY = "company", _("Company or organization")
    MEDIA = "media", _("Media")


#: The longest deadline that a topic may promise, in working days.
LONGEST_DEADLINE = 250


class TopicQuerySet(models.QuerySet):
    def active(self) -> "TopicQuerySet":
        return self.filter(is_active=True)

    def in_lane(self, lane: str) -> "TopicQuerySet":
        return self.filter(**{f"for_{Lane(lane)}": True})

    def confidential(self) -> "TopicQuerySet":
        return self.filter(is_confidential=True)


class Topic(ClusterableModel):
    """What a message is about."""

    title = models.CharField(_("Title"), max_length=120)
    guidance = models.TextField(
        _("Guidance"), blank=True, max_length=600, help_text=_("Shown to those who choose this topic")
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("Answering unit"), on_delete=models.PROTECT, related_name="topics"
    )
    sort_order = models.PositiveIntegerField(_("Order"), default=0)
    is_active = models.BooleanField(_("Offered in the form"), default=True)

    for_citizen = models.BooleanField(_("For citizens"), default=True)
    for_municipality = models.BooleanField(_("For municipalities"), default=True)
    for_company = models.BooleanField(_("For companies and organizations"), default=True)
    for_media = models.BooleanField(_("For media"), default=True)

    deadline_days = models.PositiveSmallIntegerField(
        _("Deadline in working days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DEADLINE)],
        help_text=_("While it is empty, no date is promised"),
    )
    needs_approval = models.BooleanField(
        _("Answers need approval"),
        default=False,
        help_text=_("An answer goes out after a manager approved it"),
    )

    allows_anonymous = models.BooleanField(
        _("May be sent without a name"),
        default=True,
        help_text=_("Else a name and a way to answer are asked for"),
    )
    who_sees = models.TextField(
        _("Who sees the message"),
        blank=True,
        max_length=400,
        help_text=_("A plain sentence, shown in the form"),
    )
    is_confidential = models.BooleanField(
        _("Confidential"), default=False, help_text=_("Only those named here see its messages, and managers")
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Those who may read"),
        blank=True,
        related_name="confidential_topics",
        limit_choices_to={"is_active": True},
    )

    is_elsewhere = models.BooleanField(
        _("Not ours"), default=False, help_text=_("The form says who is responsible, and stops there")
    )
    elsewhere_text = models.TextField(
        _("Who is responsible"), blank=True, max_length=600, help_text=_("Name, telephone, address")
    )
    elsewhere_url = models.URLField(_("Address on the web"), blank=True)

    is_information_request = models.BooleanField(
        _("Request under the access-to-information law"),
        default=False,
        help_text=_("Closing it needs one of the reasons that the law knows"),
    )
    retention_months = models.PositiveSmallIntegerField(
        _("Kept for how many months after closing"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_(
            "Then names and texts are deleted and only the figures stay; while it is empty, nothing is deleted"
        ),
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order", "title"]
        verbose_name = _("Topic")
        verbose_name_plural = _("Topics")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.is_elsewhere and not self.elsewhere_text:
            raise ValidationError({"elsewhere_text": _("Say who is responsible.")})

    @property
    def readers_told(self) -> str | Promise:
        """Who reads a message on this topic, in words for whoever writes it; "" where nothing needs saying."""
        if self.who_sees or not self.is_confidential:
            return self.who_sees
        return _("Only those named for this topic and the head of public relations see your message.")

    @property
    def lanes(self) -> list[Lane]:
        return [lane for lane in Lane if getattr(self, f"for_{lane}")]


class TopicQuestion(Orderable):
    """Something that one topic asks beyond what all ask."""

    class Kind(models.TextChoices):
        TEXT = "text", _("One line")
        LONG = "long", _("Several lines")
        CHOICE = "choice", _("One of a list")
        YES_NO = "yes_no", _("Yes or no")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        MOBILE = "mobile", _("Mobile")
        NATIONAL_ID = "national_id", _("National ID")

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="questions")
    label = models.CharField(_("Question"), max_length=200)
    help_text = models.CharField(_("Help"), max_length=300, blank=True)
    kind = models.CharField(_("Kind of answer"), max_length=20, choices=Kind.choices, default=Kind.TEXT)
    choices = models.TextField(_("Choices"), blank=True, help_text=_("One on each line"))
    is_required = models.BooleanField(_("Must be answered"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("Question of the topic")
        verbose_name_plural = _("Questions of the topic")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.kind == self.Kind.CHOICE and len(self.options) < 2:
            raise ValidationError({"choices": _("Write at least two choices, one on each line.")})

    @property
    def options(self) -> list[str]:
        return list(dict.fromkeys(line.strip() for line in self.choices.splitlines() if line.strip()))
