"""Django's own formatting of dates, made Jalali for a person who reads Persian.

Templates, `localize`, `date_format` and the CMS all end in the one class `DateFormat`; the app's `ready` wraps its `format`.
Machines read on in Gregorian: their formats are told by their letters (docs/decisions/0014-jalali-dates.md).
"""

import datetime
import re
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django import template
from django.contrib.humanize.templatetags import humanize
from django.template import defaultfilters
from django.utils.dateformat import DateFormat, TimeFormat
from persiantools.jdatetime import JalaliDate

from .calendar import WEEKDAYS
from .months import MONTHS
from .reader import digits_of_reader, reads_persian
from .text import to_persian_digits

# ISO 8601, RFC 5322, seconds since 1970, weeks of ISO; and year before month, joined by a hyphen or by nothing.
_FOR_MACHINES = re.compile(r"(?<!\\)(?:[croUW]|Y-?m)")
_FIRST_DAY, _AFTER = (622, 3, 22), (9999, 1, 1)


class JalaliFormat(DateFormat):
    """Django's format letters with the day, month and year of the Jalali calendar."""

    data: datetime.date

    @cached_property
    def jalali(self) -> JalaliDate:
        return JalaliDate(datetime.date(self.data.year, self.data.month, self.data.day))

    def month_name(self) -> str:
        return MONTHS[self.jalali.month - 1]

    b = E = F = M = N = month_name

    def d(self) -> str:
        return f"{self.jalali.day:02}"

    def D(self) -> str:  # noqa: N802  Persian does not shorten the names of days
        return WEEKDAYS[(self.data.weekday() + 2) % 7]

    l = D  # noqa: E741

    def j(self) -> int:
        return self.jalali.day

    def L(self) -> bool:  # noqa: N802
        return JalaliDate.is_leap(self.jalali.year)

    def m(self) -> str:
        return f"{self.jalali.month:02}"

    def n(self) -> int:
        return self.jalali.month

    def S(self) -> str:  # noqa: N802  «۲ آذر» has no "nd"
        return ""

    def t(self) -> int:  # type: ignore[override]
        return JalaliDate.days_in_month(self.jalali.month, self.jalali.year)

    def y(self) -> str:
        return f"{self.jalali.year % 100:02}"

    def Y(self) -> str:  # type: ignore[override]  # noqa: N802
        return f"{self.jalali.year:04}"

    def z(self) -> int:
        return (self.jalali - JalaliDate(self.jalali.year, 1, 1)).days + 1


def _has_jalali(value: Any) -> bool:
    """Whether `value` is a date that the Jalali calendar, which begins in the year 622, has."""
    return isinstance(value, datetime.date) and _FIRST_DAY <= (value.year, value.month, value.day) < _AFTER


def install() -> None:
    """Wrap what formats dates, moments, times and spans. Doing it twice is harmless."""
    if not hasattr(TimeFormat.format, "__wrapped__"):
        TimeFormat.format = _formatting(TimeFormat.format)  # type: ignore[method-assign]
        for library, names in (
            (defaultfilters.register, ("timesince", "timeuntil")),
            (humanize.register, ("naturaltime",)),
        ):
            for name in names:
                _give_digits(library, name)


def _formatting(django_formats: Callable) -> Callable:
    @wraps(django_formats)
    def format_for_reader(self: TimeFormat, formatstr: Any) -> str:
        if not reads_persian() or _FOR_MACHINES.search(str(formatstr)):
            return django_formats(self, formatstr)
        if isinstance(self, DateFormat) and _has_jalali(self.data):
            self = JalaliFormat(self.data)
        return to_persian_digits(django_formats(self, formatstr))

    return format_for_reader


def _give_digits(library: template.Library, name: str) -> None:
    """Let the filter `name` of a template library write its figures in the digits of its reader."""
    plain = library.filters[name]

    @wraps(plain)  # copies the marks, too, that Django left on the function
    def in_digits(*args: Any) -> Any:
        shown = plain(*args)
        return (
            digits_of_reader(shown) if isinstance(shown, str) else shown
        )  # what is no date comes back as it was

    library.filters[name] = in_digits
