"""The Jalali calendar, for the eye only: what is stored stays Gregorian. Conversion by persiantools, which agrees with ICU."""

import datetime

from django.utils import timezone
from persiantools.jdatetime import JalaliDate

from .text import to_persian_digits

MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)


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
