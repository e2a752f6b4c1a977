"""What makes a day off: weekly and yearly rules, a year's confirmed list, closures. Plain data, without a database."""

import datetime
import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

from persiantools.jdatetime import JalaliDate

from persian import calendar, islamic, months
from persian.text import to_persian_digits

#: `datetime.date.weekday()` → name
WEEKDAYS = (*calendar.WEEKDAYS[2:], *calendar.WEEKDAYS[:2])


class Kind(enum.StrEnum):
    WEEKLY = "weekly"
    SOLAR = "solar"
    LUNAR = "lunar"
    CLOSURE = "closure"


@dataclass(frozen=True)
class Rule:
    """A day off that comes again every week (`weekday`, Monday 0) or every year (`month` and `day` of its own calendar).

    It holds from `holds_from` to `holds_until`, both included; None leaves that side open.
    """

    kind: Kind
    name: str
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    holds_from: datetime.date | None = None
    holds_until: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        return (self.holds_from or day) <= day <= (self.holds_until or day)


@dataclass(frozen=True)
class Holiday:
    """A lunar holiday on a day of its own. `origin` is the lunar date it stands for, in words («۱۰ محرم ۱۴۴۸»)."""

    date: datetime.date
    name: str
    origin: str = ""


@dataclass(frozen=True)
class LunarYear:
    """The lunar holidays of one Jalali year as people keep them; `confirmed` when checked with the official calendar."""

    confirmed: bool
    holidays: tuple[Holiday, ...] = ()


class Effect(enum.StrEnum):
    CLOSED = "closed"
    EARLY = "early"
    REMOTE = "remote"


@dataclass(frozen=True)
class Closure:
    """A closure declared by the governor's office, for the days `first` to `last`.

    CLOSED: days off, also when declared on the day itself. EARLY: the office closes at `closes_at`; a working day unless
    `counts` is false. REMOTE: a working day like any other, kept for the record.
    """

    first: datetime.date
    last: datetime.date
    reason: str
    effect: Effect = Effect.CLOSED
    closes_at: datetime.time | None = None
    counts: bool = True
    scope: str = ""

    @property
    def is_day_off(self) -> bool:
        return self.effect == Effect.CLOSED or (self.effect == Effect.EARLY and not self.counts)

    @property
    def name(self) -> str:
        """«تعطیلی اعلامی استانداری: آلودگی هوا (شهر اصفهان)»."""
        words = "تعطیلی اعلامی استانداری"
        if self.effect == Effect.EARLY:
            words = "تعطیلی زودهنگام اعلامی استانداری"
            if self.closes_at:
                words += to_persian_digits(f" از ساعت {self.closes_at:%H:%M}")
        elif self.effect == Effect.REMOTE:
            words = "دورکاری اعلامی استانداری"
        return f"{words}: {self.reason}" + (f" ({self.scope})" if self.scope else "")


@dataclass(frozen=True)
class Reason:
    """Why one day is off. `provisional`: a computed proposal that nobody confirmed."""

    kind: Kind
    name: str
    provisional: bool = False

    def __str__(self) -> str:
        return f"{self.name} (پیشنهادی؛ تأییدنشده)" if self.provisional else self.name


@dataclass
class RuleBook:
    """All that is known: rules, the kept lunar years by Jalali year, closures."""

    rules: tuple[Rule, ...] = ()
    years: dict[int, LunarYear] = field(default_factory=dict)
    closures: tuple[Closure, ...] = ()


def bounds(year: int) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a Jalali year. ValueError outside what both calendars know (1 to 9377)."""
    return (
        JalaliDate(year, 1, 1).to_gregorian(),
        JalaliDate(year + 1, 1, 1).to_gregorian() - datetime.timedelta(1),
    )


def solar_day(rule: Rule, year: int) -> datetime.date | None:
    """Return the day of a solar rule in a Jalali year; None where it does not hold, or has no such day (30 Esfand)."""
    try:
        day = JalaliDate(year, rule.month or 0, rule.day or 0).to_gregorian()
    except ValueError:
        return None
    return day if rule.holds_on(day) else None


def proposals(rules: tuple[Rule, ...], year: int) -> Iterator[Holiday]:
    """Yield the computed lunar holidays of a Jalali year, by date. A holiday may come twice in a year."""
    first, last = bounds(year)
    found = []
    for rule in rules:
        if rule.kind != Kind.LUNAR or not rule.month or not rule.day:
            continue
        for lunar_year in range(islamic.year_of(first), islamic.year_of(last) + 1):
            day = islamic.to_gregorian(lunar_year, rule.month, rule.day)
            if first <= day <= last and rule.holds_on(day):
                shown = min(rule.day, islamic.days_in_month(lunar_year, rule.month))
                origin = to_persian_digits(f"{shown} {islamic.MONTHS[rule.month - 1]} {lunar_year}")
                found.append(Holiday(day, rule.name, origin))
    yield from sorted(found, key=lambda holiday: holiday.date)


def date_of_rule(rule: Rule) -> str:
    """«هر جمعه», «۲۲ بهمن» or «۱۰ محرم»: when a rule's day comes, in words."""
    if rule.kind == Kind.WEEKLY:
        return f"هر {WEEKDAYS[rule.weekday or 0]}"
    names = islamic.MONTHS if rule.kind == Kind.LUNAR else months.MONTHS
    return to_persian_digits(f"{rule.day} {names[(rule.month or 1) - 1]}")
