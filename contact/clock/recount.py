"""Deadlines counted anew when the calendar of working days changed: what would change, and doing so once it was looked at."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from contact.addresses import public_address
from contact.deadlines import move_deadline
from contact.letters import queue_letter
from contact.models import Message, TimelineEntry
from persian.calendar import local_day
from persian.text import isolate_ltr
from persian.working_days.core import NoWorkingDayError, WorkingCalendar, WorkingDays
from persian.working_days.loading import current


@dataclass(frozen=True)
class Change:
    """A case whose promise comes out at another day by the calendar as it stands now; `count` says why."""

    case: Message
    before: datetime.date
    count: WorkingDays

    @property
    def after(self) -> datetime.date:
        return self.count.date


class _Counter:
    """Counts by one calendar, and what came in on the same day only once: a desk has many cases and few days."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self._known: dict[tuple[datetime.date, int], WorkingDays] = {}

    def count(self, received: datetime.datetime, days: int) -> WorkingDays:
        day = local_day(received)
        if self.calendar.early_closing(day):  # the hour matters
            return self.calendar.add_working_days(received, days)
        if (day, days) not in self._known:
            self._known[day, days] = self.calendar.add_working_days(received, days)
        return self._known[day, days]


def counted() -> Any:
    """The open cases whose deadline is the topic's promise; a day that a person set stays."""
    promised = Message.objects.open().filter(deadline_is_set=False)
    return promised.exclude(deadline=None).exclude(deadline_days=None)


def changes() -> list[Change]:
    """All cases whose date would change, the earliest first. Four queries, however many cases there are."""
    counter = _Counter(current())
    cases = counted().select_related("topic", "unit").defer("body").order_by("deadline", "pk")
    found = [
        Change(case, case.deadline, counter.count(case.created_at, case.deadline_days)) for case in cases
    ]
    return [change for change in found if change.after != change.before]


def waiting() -> int:
    """How many deadlines wait for being counted anew; 0 while the rules leave no working day. Four queries."""
    counter = _Counter(current())
    rows = counted().values_list("created_at", "deadline_days", "deadline")
    try:
        return sum(counter.count(received, days).date != due for received, days, due in rows.iterator())
    except NoWorkingDayError:
        return 0


def apply(agreed: Mapping[int, datetime.date], *, by: Any) -> int:
    """Change the deadlines of these cases to the days that were looked at; return of how many.

    What comes out at another day by now, or was changed meanwhile, is left for another look. Senders with an address are told.
    """
    counter = _Counter(current())
    return sum(_apply_to(pk, day, counter, by) for pk, day in sorted(agreed.items()))


@transaction.atomic
def _apply_to(pk: int, day: datetime.date, counter: _Counter, by: Any) -> int:
    locked = counted().select_for_update(of=("self",)).select_related("topic", "unit")
    case = locked.filter(pk=pk).first()
    if case is None:
        return 0
    count, before = counter.count(case.created_at, case.deadline_days), case.deadline
    if count.date != day or count.date == before:
        return 0
    dates = move_deadline(case, day, days=case.deadline_days)
    reason = gettext("The calendar of working days has changed.")
    case.timeline.create(
        kind=TimelineEntry.Kind.DEADLINE,
        author=by,
        text=f"{reason} {count.sentence()}",
        data=dates,
    )
    if case.email and not case.is_demo:
        queue_letter(
            "new_deadline",
            case,
            to=[case.email],
            subject=gettext("The deadline of message %(code)s has changed")
            % {"code": isolate_ltr(case.code_display)},
            context={"why": count.sentence(), "before": before, "track": public_address("track/")},
        )
    return 1
