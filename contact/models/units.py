"""Who answers: units, their members, and who stands in for a member on leave."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """Who answers. Its members see its cases."""

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

    class Meta:
        ordering = ["name"]
        verbose_name = _("Answering unit")
        verbose_name_plural = _("Answering units")

    def __str__(self) -> str:
        return self.name


class AbsenceQuerySet(models.QuerySet):
    def on(self, day: datetime.date) -> "AbsenceQuerySet":
        return self.filter(first_day__lte=day, last_day__gte=day)


class Absence(models.Model):
    """A colleague's leave. Meanwhile the stand-in sees and answers what is assigned to them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Who is away"),
        on_delete=models.CASCADE,
        related_name="absences",
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Stand-in"),
        on_delete=models.CASCADE,
        related_name="stand_in_times",
    )
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-pk"]
        verbose_name = _("Leave")
        verbose_name_plural = _("Leaves")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="absence_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.get_username()

    def clean(self) -> None:
        first: datetime.date | None = self.first_day  # None while nothing was typed
        last: datetime.date | None = self.last_day
        if first and last and last < first:
            raise ValidationError({"last_day": _("The last day comes before the first.")})
        if self.user_id and self.user_id == self.stand_in_id:
            raise ValidationError({"stand_in": _("Nobody stands in for themselves.")})

    @classmethod
    def stood_in_for_by(cls, user_id: int) -> models.QuerySet:
        """The keys of those for whom this user stands in today."""
        return cls.objects.on(timezone.localdate()).filter(stand_in=user_id).values("user")


class Municipality(models.Model):
    """A member municipality, for the list that the form offers. The unit keeps the list."""

    name = models.CharField(_("Name of the municipality"), max_length=120, unique=True)
    is_active = models.BooleanField(_("Offered in the form"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("Member municipality")
        verbose_name_plural = _("Member municipalities")

    def __str__(self) -> str:
        return self.name
