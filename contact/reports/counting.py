"""The figures of one Jalali month beside those of the month before: what happened in it, whenever it was sent.

Received, answered (first answer), closed and rated count in the month in which they happened; a deadline counts in the month
that it falls in. Spam and examples are not counted; nor are deadlines of what is not ours, or waits for its sender. One query
for the messages, three for the calendar.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from persiantools.jdatetime import JalaliDate

from contact.models import Lane, Message, Topic, Unit
from contact.workflow import Status
from persian.calendar import local_day
from persian.months import MONTHS
from persian.text import to_persian_digits
from persian.working_days.core import WorkingCalendar
from persian.working_days.loading import current

#: How many months back a report can be asked for.
MONTHS_BACK = 36


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
    def label(self) -> str:
        return to_persian_digits(f"{MONTHS[self.number % 12]} {self.number // 12}")

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

    def holds(self, day: datetime.date | None) -> bool:
        return day is not None and self.first <= day < self.after.first


@dataclass
class Figures:
    """Counts of messages; `days` are the working days from receipt to the first answer, of each answered one."""

    received: int = 0
    answered: int = 0
    closed: int = 0
    due: int = 0
    on_time: int = 0
    rated: int = 0
    satisfied: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def overdue(self) -> int:
        """Deadlines that passed without an answer in time."""
        return self.due - self.on_time

    @property
    def median_days(self) -> float | None:
        return median(self.days) if self.days else None

    @property
    def on_time_share(self) -> int | None:
        """In percent, of the deadlines that are over or were kept."""
        return round(100 * self.on_time / self.due) if self.due else None

    @property
    def satisfied_share(self) -> int | None:
        """In percent, of those who said whether they were satisfied."""
        return round(100 * self.satisfied / self.rated) if self.rated else None


class Fact(NamedTuple):
    """What is read of a message, as local days."""

    topic: int
    unit: int
    kind: str
    lane: str
    status: str
    received: datetime.date
    answered: datetime.date | None
    closed: datetime.date | None
    deadline: datetime.date | None
    rated: datetime.date | None
    is_satisfied: bool | None
    moment: datetime.datetime


@dataclass(frozen=True)
class Group:
    heading: str | Promise
    rows: list[tuple[str, Figures]]


@dataclass(frozen=True)
class Report:
    month: Month
    now: Figures
    before: Figures
    groups: list[Group]


def report(month: Month, today: datetime.date | None = None) -> Report:
    """Count a month and the one before it. Six queries."""
    today, calendar = today or timezone.localdate(), current()
    facts = _facts(month.before.first, month.after.first)
    topics: dict[Any, str] = dict(Topic.objects.values_list("pk", "title"))
    units: dict[Any, str] = dict(Unit.objects.values_list("pk", "name"))

    def group(heading: str | Promise, names: dict[Any, Any], key: Callable[[Fact], Any]) -> Group:
        sorted_out: dict[Any, list[Fact]] = {}
        for fact in facts:
            sorted_out.setdefault(key(fact), []).append(fact)
        counted = [
            (str(name), count(sorted_out.get(at, ()), month, today, calendar)) for at, name in names.items()
        ]
        return Group(heading, [(name, figures) for name, figures in counted if figures != Figures()])

    return Report(
        month,
        count(facts, month, today, calendar),
        count(facts, month.before, today, calendar),
        [
            group(_("By topic"), topics, lambda fact: fact.topic),
            group(_("By answering unit"), units, lambda fact: fact.unit),
            group(_("By kind of message"), dict(Message.Kind.choices), lambda fact: fact.kind),
            group(_("By who writes"), dict(Lane.choices), lambda fact: fact.lane),
        ],
    )


def _facts(first: datetime.date, end: datetime.date) -> list[Fact]:
    begins, ends = (
        timezone.make_aware(datetime.datetime.combine(day, datetime.time.min)) for day in (first, end)
    )
    touched = Q(deadline__gte=first, deadline__lt=end)
    for name in ("created_at", "answered_at", "closed_at", "rated_at"):
        touched |= Q(**{f"{name}__gte": begins, f"{name}__lt": ends})
    real = Message.objects.exclude(status=Status.SPAM).filter(touched, is_demo=False)
    rows = real.values_list(
        *("topic", "unit", "kind", "lane", "status", "created_at", "answered_at", "closed_at"),
        *("deadline", "rated_at", "is_satisfied"),
    )
    return [
        Fact(
            *(topic, unit, kind, lane, status),
            *(local_day(received), _day(answered), _day(closed), deadline, _day(rated)),
            *(is_satisfied, received),
        )
        for topic, unit, kind, lane, status, received, answered, closed, deadline, rated, is_satisfied in rows
    ]


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return local_day(moment) if moment else None


def count(facts: Iterable[Fact], month: Month, today: datetime.date, calendar: WorkingCalendar) -> Figures:
    """What happened in `month` of these; deadlines that are still to come count once they are kept."""
    found = Figures()
    for fact in facts:
        found.received += month.holds(fact.received)
        found.closed += month.holds(fact.closed)
        if fact.answered and month.holds(fact.answered):
            found.answered += 1
            found.days.append(calendar.working_days_between(fact.moment, fact.answered).count)
        if month.holds(fact.rated) and fact.is_satisfied is not None:
            found.rated += 1
            found.satisfied += fact.is_satisfied
        if (
            fact.deadline
            and month.holds(fact.deadline)
            and fact.status not in (Status.NOT_OURS, Status.WAITING)
        ):
            ended = fact.answered or fact.closed
            if kept := ended is not None and ended <= fact.deadline:
                found.on_time += 1
            found.due += kept or fact.deadline < today
    return found
