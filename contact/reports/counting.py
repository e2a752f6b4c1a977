"""The figures of one Jalali month beside those of the month before: what happened in it, whenever it was sent.

Received, answered (first answer), closed and rated count in the month in which they happened; a deadline counts in the month
that it falls in. Spam and examples are not counted; nor are deadlines of what is not ours, or waits for its sender. One query
for the messages, three for the calendar.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contact.models import Lane, Message, Topic, Unit
from contact.periods import Month, midnight
from contact.workflow import Status
from persian.calendar import local_day
from persian.working_days.core import WorkingCalendar
from persian.working_days.loading import current

#: How many months back a report can be asked for.
MONTHS_BACK = 36


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
    """The figures of each; `name` is a word for ids."""

    name: str
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

    def group(name: str, heading: str | Promise, names: dict[Any, Any]) -> Group:
        sorted_out: dict[Any, list[Fact]] = {}
        for fact in facts:
            sorted_out.setdefault(getattr(fact, name), []).append(fact)
        counted = [
            (str(label), count(sorted_out.get(key, ()), month, today, calendar))
            for key, label in names.items()
        ]
        return Group(name, heading, [(label, figures) for label, figures in counted if figures != Figures()])

    return Report(
        month,
        count(facts, month, today, calendar),
        count(facts, month.before, today, calendar),
        [
            group("topic", _("By topic"), topics),
            group("unit", _("By answering unit"), units),
            group("kind", _("By kind of message"), dict(Message.Kind.choices)),
            group("lane", _("By who writes"), dict(Lane.choices)),
        ],
    )


def _facts(first: datetime.date, end: datetime.date) -> list[Fact]:
    begins, ends = midnight(first), midnight(end)
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
