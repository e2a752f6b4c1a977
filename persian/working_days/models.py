"""What the unit keeps of its working days: recurring days off, the lunar holidays of each year, declared closures."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from persian.calendar import format_jalali
from persian.islamic import MONTHS as LUNAR_MONTHS
from persian.months import MONTHS
from persian.text import clean, to_persian_digits

from . import rules

#: A closure longer than this is a slip of the pen, or a rule.
LONGEST_CLOSURE = 92


class DayOffRule(models.Model):
    """A day off that comes again: a weekend day, a solar holiday, or a lunar one (which only proposes a date each year)."""

    class Kind(models.TextChoices):
        WEEKLY = rules.Kind.WEEKLY, _("Weekend")
        SOLAR = rules.Kind.SOLAR, _("Solar holiday")
        LUNAR = rules.Kind.LUNAR, _("Lunar holiday")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.WEEKLY)
    name = models.CharField(_("Name"), max_length=120, help_text=_("How the day is named to people"))
    weekday = models.PositiveSmallIntegerField(
        _("Day of the week"),
        choices=[(number, rules.WEEKDAYS[number]) for number in (5, 6, 0, 1, 2, 3, 4)],
        null=True,
        blank=True,
        help_text=_("For a weekend"),
    )
    month = models.PositiveSmallIntegerField(
        _("Month"),
        choices=[
            (number, to_persian_digits(f"{number}: {solar} / {lunar}"))
            for number, (solar, lunar) in enumerate(zip(MONTHS, LUNAR_MONTHS, strict=True), 1)
        ],
        null=True,
        blank=True,
        help_text=_("For a holiday, in the calendar of its kind"),
    )
    day = models.PositiveSmallIntegerField(
        _("Day of the month"),
        choices=[(number, to_persian_digits(str(number))) for number in range(1, 32)],
        null=True,
        blank=True,
        help_text=_("For a holiday; day ۳۰ of a lunar month is its last day"),
    )
    holds_from = models.DateField(_("Holds from"), null=True, blank=True, help_text=_("Empty: always"))
    holds_until = models.DateField(_("Holds until"), null=True, blank=True, help_text=_("Empty: for good"))
    note = models.CharField(_("Note"), max_length=200, blank=True)

    class Meta:
        ordering = ["kind", "month", "day", "weekday", "pk"]
        verbose_name = _("Recurring day off")
        verbose_name_plural = _("Weekend and recurring holidays")

    def __str__(self) -> str:
        return f"{self.name}، {self.when}" if self.when else self.name

    def clean(self) -> None:
        self.name, self.note = clean(self.name).strip(), clean(self.note).strip()
        errors: dict[str, Any] = {}
        if self.kind == self.Kind.WEEKLY:
            self.month = self.day = None
            if self.weekday is None:
                errors["weekday"] = _("Choose the day of the week.")
        else:
            self.weekday = None
            if not self.month:
                errors["month"] = _("Choose the month.")
            if not self.day:
                errors["day"] = _("Choose the day of the month.")
            elif self.month and self.day > self._longest_month():
                errors["day"] = _("This month has no such day.")
        if self.holds_from and self.holds_until and self.holds_until < self.holds_from:
            errors["holds_until"] = _("The end is before the beginning.")
        if errors:
            raise ValidationError(errors)

    def _longest_month(self) -> int:
        return 31 if self.kind == self.Kind.SOLAR and (self.month or 0) <= 6 else 30

    @property
    def when(self) -> str:
        """«هر جمعه», «۲۲ بهمن», «۱۰ محرم»; "" as long as the day is not chosen."""
        if self.weekday is None and not (self.month and self.day):
            return ""
        return rules.date_of_rule(self.as_rule())

    def as_rule(self) -> rules.Rule:
        return rules.Rule(
            rules.Kind(self.kind),
            self.name,
            self.weekday,
            self.month,
            self.day,
            self.holds_from,
            self.holds_until,
        )


class HolidayYear(models.Model):
    """The lunar holidays of one Jalali year as people keep them. Without this row they are computed proposals."""

    year = models.PositiveSmallIntegerField(_("Year"), unique=True)
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Confirmed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-year"]
        verbose_name = _("Lunar holidays of a year")
        verbose_name_plural = _("Lunar holidays by year")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {to_persian_digits(str(self.year))}"


class LunarHoliday(models.Model):
    """One lunar holiday on its day in one year."""

    year = models.ForeignKey(HolidayYear, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField(_("Date"))
    name = models.CharField(_("Name"), max_length=120)
    origin = models.CharField(_("Lunar date"), max_length=60, blank=True)

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("Lunar holiday")
        verbose_name_plural = _("Lunar holidays")

    def __str__(self) -> str:
        return f"{self.name}، {format_jalali(self.date)}"


class Closure(models.Model):
    """A closure declared by the governor's office; for the same day too."""

    class Effect(models.TextChoices):
        CLOSED = rules.Effect.CLOSED, _("Closed all day")
        EARLY = rules.Effect.EARLY, _("Closes early")
        REMOTE = rules.Effect.REMOTE, _("Remote work")

    effect = models.CharField(_("Effect"), max_length=10, choices=Effect.choices, default=Effect.CLOSED)
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"), null=True, blank=True, help_text=_("Empty: one day only"))
    reason = models.CharField(_("Reason"), max_length=150, help_text=_("Such as air pollution"))
    closes_at = models.TimeField(
        _("Closing hour"), null=True, blank=True, help_text=_("For an early closing")
    )
    counts = models.BooleanField(
        _("An early-closed day counts as a working day"),
        default=True,
        help_text=_("What is received after the closing hour counts as received on the next working day"),
    )
    scope = models.CharField(
        _("Scope"), max_length=120, blank=True, help_text=_("Which towns or offices it is for; may be empty")
    )
    declared_at = models.DateTimeField(_("Declared at"), default=timezone.now)

    class Meta:
        ordering = ["-first_day", "-pk"]
        verbose_name = _("Closure by the governor's office")
        verbose_name_plural = _("Closures by the governor's office")

    def __str__(self) -> str:
        return f"{self.as_closure().name}، {self.days}"

    def clean(self) -> None:
        self.reason, self.scope = clean(self.reason).strip(), clean(self.scope).strip()
        errors: dict[str, Any] = {}
        if self.first_day is not None and self.last_day is not None:  # the first is, when it was refused
            if self.last_day < self.first_day:
                errors["last_day"] = _("The end is before the beginning.")
            elif self.last_day - self.first_day > datetime.timedelta(LONGEST_CLOSURE):
                errors["last_day"] = _("A closure lasts three months at most.")
        if self.effect == self.Effect.EARLY and self.closes_at is None:
            errors["closes_at"] = _("Write the hour at which the office closes.")
        if self.effect != self.Effect.EARLY:
            self.closes_at = None
        if errors:
            raise ValidationError(errors)

    @property
    def days(self) -> str:
        """«۲ آذر ۱۴۰۵» or «۲ آذر ۱۴۰۵ تا ۴ آذر ۱۴۰۵»."""
        first = format_jalali(self.first_day)
        return f"{first} تا {format_jalali(self.last_day)}" if self.last_day else first

    def as_closure(self) -> rules.Closure:
        return rules.Closure(
            self.first_day,
            self.last_day or self.first_day,
            self.reason,
            rules.Effect(self.effect),
            self.closes_at,
            self.counts,
            self.scope,
        )
