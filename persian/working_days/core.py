"""Working days: pure, linear in the days looked at, without a database. `current()` in `loading` gives the real one.

What counts:

- A message is *received* on the day it comes in, if that is a working day and the office has not closed yet; otherwise on
  the next working day. So whatever comes later is never due earlier.
- The day of receipt does not count: one working day from a Saturday is the Sunday. The last day counts (the same rule as
  article 445 of Iran's Code of Civil Procedure has for the day of service). n = 0 is the day of receipt itself.
- A day with an early closing counts unless it was declared not to; what comes after the closing hour is received on the next
  working day. A day of remote work counts.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from persiantools.jdatetime import JalaliDate

from persian.calendar import format_jalali, local_day, weekday_name
from persian.text import to_persian_digits

from .rules import Closure, Effect, Kind, Reason, RuleBook, bounds, proposals, solar_day

ONE_DAY = datetime.timedelta(1)
#: More working days than any deadline has; keeps a slip of the pen from walking through centuries.
MOST_DAYS = 4000
#: Longer without a working day than any calendar: the rules are wrong.
LONGEST_REST = 400


class NoWorkingDayError(ValueError):
    """The rules leave no working day."""


@dataclass(frozen=True)
class SkippedDay:
    date: datetime.date
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        """«جمعه ۱۴ فروردین ۱۴۰۵ (جمعه، پایان هفته)»."""
        names = "؛ ".join(str(reason) for reason in self.reasons)
        return f"{named_day(self.date)} ({names})"


@dataclass(frozen=True)
class WorkingDays:
    """A count of working days and why it came out so.

    `start` is the day that was asked from, `received_on` the working day that it counts as (`late_for` is the early closing
    that it came too late for), `date` the day reached, `count` the working days after `received_on` up to `date`. `skipped` are
    the days off from `start` to `date`, in order. `is_provisional` when a year touched has lunar holidays that nobody
    confirmed yet; `unconfirmed_years` are those Jalali years.
    """

    start: datetime.date
    received_on: datetime.date
    date: datetime.date
    count: int
    skipped: tuple[SkippedDay, ...] = ()
    late_for: Closure | None = None
    unconfirmed_years: tuple[int, ...] = ()

    @property
    def is_provisional(self) -> bool:
        return bool(self.unconfirmed_years)

    def sentence(self) -> str:
        """Return the answer to "why this date" in Persian."""
        words = f"{self.count} روز کاری پس از {named_day(self.received_on)}: {named_day(self.date)}."
        if self.received_on != self.start:
            why = f" پس از {self.late_for.name}" if self.late_for else "، که روز کاری نیست،"
            words += f" آنچه {named_day(self.start)}{why} رسیده، رسیدهٔ {named_day(self.received_on)} شمرده شده است."
        if self.skipped:
            words += f" روزهای کنارگذاشته: {'، '.join(map(str, self.skipped))}."
        for year in self.unconfirmed_years:
            words += f" تعطیلی‌های قمری سال {year} هنوز تأیید نشده است و این تاریخ شاید جابه‌جا شود."
        return to_persian_digits(words)


def named_day(day: datetime.date) -> str:
    """«دوشنبه ۲ آذر ۱۴۰۵»."""
    return f"{weekday_name(day)} {format_jalali(day)}"


class WorkingCalendar:
    """Answers questions about working days by one book of rules. Keep one for a computation, not for ever."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._weekly = [rule for rule in book.rules if rule.kind == Kind.WEEKLY]
        self._years: dict[int, dict[datetime.date, list[Reason]]] = {}
        self._closures: dict[datetime.date, list[Closure]] = {}
        for closure in book.closures:
            for offset in range((closure.last - closure.first).days + 1):
                self._closures.setdefault(closure.first + offset * ONE_DAY, []).append(closure)

    # --- One day ---

    def reasons(self, day: datetime.date) -> tuple[Reason, ...]:
        """Return why `day` is off, the week's reason first; nothing for a working day."""
        weekly = [
            Reason(Kind.WEEKLY, f"{weekday_name(day)}، {rule.name}")
            for rule in self._weekly
            if rule.weekday == day.weekday() and rule.holds_on(day)
        ]
        closures = [
            Reason(Kind.CLOSURE, closure.name)
            for closure in self._closures.get(day, ())
            if closure.is_day_off
        ]
        return (*weekly, *self._holidays(JalaliDate(day).year).get(day, ()), *closures)

    def is_working_day(self, day: datetime.date) -> bool:
        return not self.reasons(day)

    def is_confirmed(self, year: int) -> bool:
        """Whether a person confirmed the lunar holidays of a Jalali year; true where no lunar rule could matter."""
        kept = self.book.years.get(year)
        return kept.confirmed if kept else not any(rule.kind == Kind.LUNAR for rule in self.book.rules)

    def early_closing(self, day: datetime.date) -> Closure | None:
        """Return the earliest closing hour of a day, if there is one."""
        early = [
            closure
            for closure in self._closures.get(day, ())
            if closure.effect == Effect.EARLY and closure.closes_at
        ]
        return min(early, key=lambda closure: closure.closes_at or datetime.time.max, default=None)

    # --- Counting ---

    def add_working_days(self, start: datetime.date, n: int) -> WorkingDays:
        """Return the day that is `n` working days from `start`, and why.

        `start`: a date, or a datetime (aware ones are taken in the current time zone), whose hour decides about an early
        closing. ValueError for n below 0 or above `MOST_DAYS`; `NoWorkingDayError` when the rules leave none.
        """
        if not 0 <= n <= MOST_DAYS:
            raise ValueError(f"n is from 0 to {MOST_DAYS}, not {n}")
        day, skipped, late_for = self._receipt(start)
        received_on = day
        for _number in range(n):
            day = self._next_working_day(day + ONE_DAY, skipped)
        return self._result(start, received_on, day, n, skipped, late_for)

    def working_days_between(self, start: datetime.date, end: datetime.date) -> WorkingDays:
        """Count the working days after the receipt of `start` up to and including the day `end`.

        The opposite of `add_working_days`: between `start` and its result are n. ValueError when `end` is before `start`.
        """
        first, last = local_day(start), local_day(end)
        if last < first:
            raise ValueError("the end is before the start")
        received_on, skipped, late_for = self._receipt(start)
        skipped = [day for day in skipped if day.date <= last]
        count, day = 0, received_on + ONE_DAY
        while day <= last:
            if reasons := self.reasons(day):
                skipped.append(SkippedDay(day, reasons))
            else:
                count += 1
            day += ONE_DAY
        return self._result(start, received_on, last, count, skipped, late_for)

    def _receipt(self, start: datetime.date) -> tuple[datetime.date, list[SkippedDay], Closure | None]:
        """Return the working day that `start` counts as, the days off on the way there, and the closing it missed."""
        skipped: list[SkippedDay] = []
        day = local_day(start)
        closing = self.early_closing(day) if isinstance(start, datetime.datetime) else None
        if (
            closing
            and _time_of(start) >= (closing.closes_at or datetime.time.max)
            and self.is_working_day(day)
        ):
            return self._next_working_day(day + ONE_DAY, skipped), skipped, closing
        return self._next_working_day(day, skipped), skipped, None

    def _next_working_day(self, day: datetime.date, skipped: list[SkippedDay]) -> datetime.date:
        """Return `day` or the first working day after it, and note the days off on the way."""
        for _number in range(LONGEST_REST):
            reasons = self.reasons(day)
            if not reasons:
                return day
            skipped.append(SkippedDay(day, reasons))
            day += ONE_DAY
        raise NoWorkingDayError(f"no working day in the {LONGEST_REST} days before {day}")

    def _result(
        self,
        start: datetime.date,
        received_on: datetime.date,
        end: datetime.date,
        count: int,
        skipped: list[SkippedDay],
        late_for: Closure | None,
    ) -> WorkingDays:
        first = local_day(start)
        touched = range(JalaliDate(first).year, JalaliDate(max(end, received_on)).year + 1)
        unconfirmed = tuple(year for year in touched if not self.is_confirmed(year))
        return WorkingDays(first, received_on, end, count, tuple(skipped), late_for, unconfirmed)

    # --- A year ---

    def _holidays(self, year: int) -> dict[datetime.date, list[Reason]]:
        if year not in self._years:
            found: dict[datetime.date, list[Reason]] = {}
            self._years[year] = found
            for day, reason in self._named_holidays(year):
                found.setdefault(day, []).append(reason)
        return self._years[year]

    def _named_holidays(self, year: int) -> Iterator[tuple[datetime.date, Reason]]:
        for rule in self.book.rules:
            if rule.kind == Kind.SOLAR and (day := solar_day(rule, year)):
                yield day, Reason(Kind.SOLAR, rule.name)
        kept = self.book.years.get(year)
        provisional = not self.is_confirmed(year)
        for holiday in kept.holidays if kept else proposals(self.book.rules, year):
            yield holiday.date, Reason(Kind.LUNAR, holiday.name, provisional)

    def holidays(self, year: int) -> list[SkippedDay]:
        """Return the holidays of a Jalali year by date, without weekends and closures."""
        bounds(year)  # ValueError for a year that no calendar has
        return [SkippedDay(day, tuple(reasons)) for day, reasons in sorted(self._holidays(year).items())]


def _time_of(moment: datetime.date) -> datetime.time:
    """The hour of a datetime; a plain date came before every closing."""
    if isinstance(moment, datetime.datetime):
        return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).time()
    return datetime.time.min
