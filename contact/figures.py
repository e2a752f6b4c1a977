"""How the desk does: what was received, answered, in time, and how content people are; by period and topic.

Counted: what came in during a period, whatever became of it later. Not counted: spam, demo data, confidential topics and those
that are not ours. The database counts; only the days to the first answer are counted here, by the working calendar.
"""

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from persian.calendar import local_day
from persian.working_days.core import ONE_DAY, WorkingCalendar
from persian.working_days.loading import current

from .models.cases import Message, MessageQuerySet
from .models.topics import Topic
from .periods import Period
from .workflow import OWED, CloseReason, Status


@dataclass
class Counted:
    """What was counted of some messages. `due`: those with a deadline that were answered or are overdue; `days`: working
    days from receipt to the first answer of each that was answered."""

    received: int = 0
    answered: int = 0
    due: int = 0
    on_time: int = 0
    rated: int = 0
    satisfied: int = 0
    days: list[int] = field(default_factory=list)

    def __iadd__(self, other: "Counted") -> "Counted":
        for name in ("received", "answered", "due", "on_time", "rated", "satisfied", "days"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    @property
    def median_days(self) -> float | None:
        return median(self.days) if self.days else None


def total(parts: Iterable[Counted]) -> Counted:
    whole = Counted()
    for part in parts:
        whole += part
    return whole


def public_topics() -> QuerySet[Topic]:
    return Topic.objects.filter(is_confidential=False, is_elsewhere=False)


def countable(first: datetime.datetime, end: datetime.datetime) -> MessageQuerySet:
    """The messages of public topics that came in from `first` until before `end`."""
    return (
        Message.objects.filter(created_at__gte=first, created_at__lt=end, is_demo=False)
        .filter(topic__is_confidential=False, topic__is_elsewhere=False)
        .exclude(status=Status.SPAM)
        .order_by()
    )


def count(periods: Sequence[Period], today: datetime.date | None = None) -> dict[tuple[int, int], Counted]:
    """Count by place of the period (they follow one another) and key of the topic. Five queries, however many messages."""
    messages = countable(periods[0].begins, periods[-1].ends)
    place = Case(
        *(When(created_at__lt=period.ends, then=Value(place)) for place, period in enumerate(periods)),
        output_field=IntegerField(),
    )
    overdue = Q(answered_at=None, status__in=OWED, deadline__lt=today or timezone.localdate())
    rows = (
        messages.annotate(place=place)
        .values_list("place", "topic")
        .annotate(
            received=Count("pk"),
            answered=Count("pk", filter=Q(answered_at__isnull=False)),
            late=Count("pk", filter=overdue),
            rated=Count("pk", filter=Q(is_satisfied__isnull=False)),
            content=Count("pk", filter=Q(is_satisfied=True)),
        )
    )
    found = {
        (place, topic): Counted(
            received=received, answered=answered, due=late, rated=rated, satisfied=satisfied
        )
        for place, topic, received, answered, late, rated, satisfied in rows
    }
    _add_answers(found, messages, [period.begins for period in periods])
    return found


def _add_answers(
    found: dict[tuple[int, int], Counted], messages: MessageQuerySet, begins: list[datetime.datetime]
) -> None:
    """Add how long each first answer took, and whether it came in time."""
    days = WorkingDayCount(current())
    answered = messages.filter(answered_at__isnull=False).values_list(
        "created_at", "answered_at", "deadline", "topic"
    )
    for received, at, deadline, topic in answered.iterator():
        counted = found.setdefault((bisect_right(begins, received) - 1, topic), Counted())
        counted.days.append(days.between(received, at))
        if deadline:
            counted.due += 1
            counted.on_time += local_day(at) <= deadline


class WorkingDayCount:
    """Counts working days between many pairs of moments: each day is looked up once, whatever the number of pairs."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self._received: dict[datetime.date, datetime.date] = {}
        self._first: datetime.date | None = None
        self._sums: list[int] = []

    def between(self, received: datetime.datetime, until: datetime.datetime) -> int:
        """As `WorkingCalendar.working_days_between`, 0 where `until` comes first."""
        start, end = self._receipt(received), local_day(until)
        if end <= start:
            return 0
        before = self._sum(start)  # first: it may begin the sums anew
        return self._sum(end) - before

    def _receipt(self, received: datetime.datetime) -> datetime.date:
        day = local_day(received)
        if self.calendar.early_closing(day):  # the hour matters
            return self.calendar.add_working_days(received, 0).date
        if day not in self._received:
            self._received[day] = self.calendar.add_working_days(day, 0).date
        return self._received[day]

    def _sum(self, day: datetime.date) -> int:
        """The working days up to and including `day`, from some day on."""
        if self._first is None or day < self._first:
            self._first, self._sums = day - 100 * ONE_DAY, []
        wanted = (day - self._first).days
        while len(self._sums) <= wanted:
            next_day = self._first + len(self._sums) * ONE_DAY
            before = self._sums[-1] if self._sums else 0
            self._sums.append(before + self.calendar.is_working_day(next_day))
        return self._sums[wanted]


def closing_reasons(first: datetime.datetime, end: datetime.datetime) -> dict[str, int]:
    """Of the requests under the access-to-information law, how many were closed for each reason; all reasons. One query."""
    closed = countable(first, end).filter(topic__is_information_request=True).exclude(close_reason="")
    counts = dict(closed.values_list("close_reason").annotate(count=Count("pk")))
    return {reason: counts.get(reason, 0) for reason in CloseReason.values}
