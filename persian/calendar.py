"""The Jalali calendar, for the eye only: what is stored stays Gregorian. Conversion by persiantools, which agrees with ICU."""

import datetime

from django.utils import timezone
from persiantools.jdatetime import JalaliDate

from .months import MONTHS
from .text import to_persian_digits

# The week begins on Saturday. Spelling as in Unicode CLDR.
WEEKDAYS = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
# Seconds in each unit, largest first; a month is 30 days and a year 365, which is near enough for "some time ago".
_UNITS = (
    (365 * _DAY, "سال"),
    (30 * _DAY, "ماه"),
    (7 * _DAY, "هفته"),
    (_DAY, "روز"),
    (_HOUR, "ساعت"),
    (_MINUTE, "دقیقه"),
)


def local_day(value: datetime.date) -> datetime.date:
    """Return the day of a date or datetime; an aware one is brought to the current time zone first."""
    if not isinstance(value, datetime.datetime):
        return value
    return (timezone.localtime(value) if timezone.is_aware(value) else value).date()


def weekday_name(value: datetime.date) -> str:
    """Return «دوشنبه» for a Monday."""
    return WEEKDAYS[(local_day(value).weekday() + 2) % 7]


def format_jalali_short(value: datetime.date) -> str:
    """Return «۱۴۰۵/۰۹/۰۲», for tables and inputs."""
    jalali = JalaliDate(local_day(value))
    return to_persian_digits(f"{jalali.year:04}/{jalali.month:02}/{jalali.day:02}")


def since(value: datetime.date, now: datetime.datetime | None = None) -> str:
    """Return how long ago `value` was, in its largest whole unit: «۳ روز پیش»; «۳ روز دیگر» for what is to come.

    A plain date is counted in days: «امروز», «دیروز», «فردا». Not for cached pages, where it would grow stale.
    """
    now = now or timezone.now()
    if isinstance(value, datetime.datetime):
        if timezone.is_naive(value) and timezone.is_aware(now):
            value = timezone.make_aware(value)
        seconds = int((now - value).total_seconds())
        near = "لحظاتی پیش" if seconds >= 0 else "لحظاتی دیگر"
    else:
        days = (local_day(now) - value).days
        if -1 <= days <= 1:
            return {-1: "فردا", 0: "امروز", 1: "دیروز"}[days]
        seconds, near = days * _DAY, ""
    for length, unit in _UNITS:
        if count := abs(seconds) // length:
            return to_persian_digits(f"{count} {unit} {'پیش' if seconds > 0 else 'دیگر'}")
    return near


def format_jalali(value: datetime.date, with_time: bool = False) -> str:
    """Return «۲ آذر ۱۴۰۵», or «۲ آذر ۱۴۰۵، ساعت ۱۴:۳۰» when `with_time` and `value` is a datetime.

    Aware datetimes are shown in the current time zone.
    """
    if isinstance(value, datetime.datetime):
        if timezone.is_aware(value):
            value = timezone.localtime(value)
        day = value.date()
    else:
        day = value
    jalali = JalaliDate(day)
    text = f"{jalali.day} {MONTHS[jalali.month - 1]} {jalali.year}"
    if with_time and isinstance(value, datetime.datetime):
        text += f"، ساعت {value:%H:%M}"
    return to_persian_digits(text)
