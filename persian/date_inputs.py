"""Text inputs of dates and times show what their fields read back: «۱۴۰۵/۰۹/۰۲ ۱۴:۳۰».

Every such widget, the admin's too, is a `DateTimeBaseInput`; the app's `ready` wraps its `format_value`. Inputs of the types
`date`, `time` and `datetime-local` belong to the browser, which wants ISO. Seconds are shown where there are any: an
untouched field must not change what is stored.
"""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.forms.widgets import DateTimeBaseInput
from django.utils import timezone

from .calendar import format_jalali_short
from .dates import FIRST_GREGORIAN_YEAR, FIRST_JALALI_YEAR
from .reader import reads_persian
from .text import fold, to_persian_digits

# Dates outside these could not be read back as Jalali ones.
_FIRST = datetime.date(FIRST_JALALI_YEAR + 622, 1, 1)
_LAST = datetime.date(FIRST_GREGORIAN_YEAR + 620, 12, 31)


def install() -> None:
    """Let widgets show, and `forms.TimeField` read, what Persian speakers write. Doing it twice is harmless."""
    if not hasattr(DateTimeBaseInput.format_value, "__wrapped__"):
        DateTimeBaseInput.format_value = _showing(DateTimeBaseInput.format_value)  # type: ignore[method-assign]
        forms.TimeField.to_python = _reading(forms.TimeField.to_python)  # type: ignore[method-assign]


def _showing(django_shows: Callable) -> Callable:
    @wraps(django_shows)
    def format_value(self: DateTimeBaseInput, value: Any) -> Any:
        jalali = self.input_type == "text" and reads_persian()
        return (jalali and _written(self, value)) or django_shows(self, value)

    return format_value


def _written(widget: DateTimeBaseInput, value: Any) -> str:
    """Return what `widget` shows of a date, moment or time; "" where Django should write it."""
    day, time = _day_and_time(value)
    if isinstance(widget, forms.TimeInput):
        day = None
    elif isinstance(widget, forms.DateInput):
        time = None
    if day and not _FIRST <= day <= _LAST:
        return ""
    parts = [day and format_jalali_short(day), clock(time) if time is not None else None]
    return " ".join(part for part in parts if part)


def _day_and_time(value: Any) -> tuple[datetime.date | None, datetime.time | None]:
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.date(), local.time()
    if isinstance(value, datetime.date):
        return value, None
    return None, value if isinstance(value, datetime.time) else None


def clock(value: datetime.time) -> str:
    """Return «۱۴:۳۰», or «۱۴:۳۰:۴۵» where the seconds are not 0."""
    return to_persian_digits(value.strftime("%H:%M:%S" if value.second else "%H:%M"))


def _reading(django_reads: Callable) -> Callable:
    @wraps(django_reads)
    def to_python(self: forms.TimeField, value: Any) -> Any:
        """Read «ساعت ۱۴:۳۰» besides what Django reads."""
        return django_reads(
            self, fold(value).replace("ساعت", "").strip() if isinstance(value, str) else value
        )

    return to_python
