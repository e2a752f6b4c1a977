"""Months and quarters of the Jalali year, as the figures are counted by them."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from persiantools.jdatetime import JalaliDate

from persian.months import MONTHS, SEASONS
from persian.text import to_persian_digits


@dataclass(frozen=True)
class Period:
    """From the first day up to, but not including, `end`. `label`: «آذر ۱۴۰۵»; `short`: «آذر»."""

    first: datetime.date
    end: datetime.date
    label: str
    short: str

    @property
    def begins(self) -> datetime.datetime:
        return _midnight(self.first)

    @property
    def ends(self) -> datetime.datetime:
        return _midnight(self.end)


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _first(number: int) -> datetime.date:
    """The first day of a month, counted from month one of year zero."""
    return JalaliDate(number // 12, number % 12 + 1, 1).to_gregorian()


def last_months(today: datetime.date, count: int = 12) -> list[Period]:
    """The month of `today` and those before it, the oldest first."""
    jalali = JalaliDate(today)
    now = jalali.year * 12 + jalali.month - 1
    return [
        Period(
            _first(number),
            _first(number + 1),
            to_persian_digits(f"{MONTHS[number % 12]} {number // 12}"),
            MONTHS[number % 12],
        )
        for number in range(now - count + 1, now + 1)
    ]


def last_quarter(today: datetime.date) -> Period:
    """The last quarter of the Jalali year that is over."""
    jalali = JalaliDate(today)
    number = (jalali.year * 12 + jalali.month - 1) // 3 * 3 - 3
    season = SEASONS[number % 12 // 3]
    label = to_persian_digits(f"{season} {number // 12}")
    return Period(_first(number), _first(number + 3), label, season)
