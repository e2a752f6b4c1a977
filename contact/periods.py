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
        return midnight(self.first)

    @property
    def ends(self) -> datetime.datetime:
        return midnight(self.end)


def midnight(day: datetime.date) -> datetime.datetime:
    """When the day begins here."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


@dataclass(frozen=True)
class Month:
    """A Jalali month by its number: twelve times the year, and the months before it in the year."""

    number: int

    @classmethod
    def of(cls, day: datetime.date) -> "Month":
        jalali = JalaliDate(day)
        return cls(jalali.year * 12 + jalali.month - 1)

    @classmethod
    def parse(cls, text: str) -> "Month | None":
        """«1405-08»; None for what is no month."""
        year, _dash, month = text.partition("-")
        if not (text.isascii() and year.isdigit() and month.isdigit() and len(text) <= 7):
            return None
        return (
            cls(int(year) * 12 + int(month) - 1)
            if 1300 <= int(year) <= 1500 and 1 <= int(month) <= 12
            else None
        )

    @property
    def key(self) -> str:
        return f"{self.number // 12}-{self.number % 12 + 1:02}"

    @property
    def name(self) -> str:
        return MONTHS[self.number % 12]

    @property
    def label(self) -> str:
        return to_persian_digits(f"{self.name} {self.number // 12}")

    @property
    def first(self) -> datetime.date:
        day: datetime.date = JalaliDate(self.number // 12, self.number % 12 + 1, 1).to_gregorian()
        return day

    @property
    def before(self) -> "Month":
        return Month(self.number - 1)

    @property
    def after(self) -> "Month":
        return Month(self.number + 1)

    @property
    def period(self) -> Period:
        return Period(self.first, self.after.first, self.label, self.name)

    def holds(self, day: datetime.date | None) -> bool:
        return day is not None and self.first <= day < self.after.first


def last_months(today: datetime.date, count: int = 12) -> list[Period]:
    """The month of `today` and those before it, the oldest first."""
    now = Month.of(today).number
    return [Month(number).period for number in range(now - count + 1, now + 1)]


def last_quarter(today: datetime.date) -> Period:
    """The last quarter of the Jalali year that is over."""
    number = Month.of(today).number // 3 * 3 - 3
    season = SEASONS[number % 12 // 3]
    label = to_persian_digits(f"{season} {number // 12}")
    return Period(Month(number).first, Month(number + 3).first, label, season)
