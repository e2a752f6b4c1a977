"""From the database to a `WorkingCalendar`: three queries, whatever is asked of it afterwards."""

import datetime

from django.utils import timezone
from persiantools.jdatetime import JalaliDate

from .core import WorkingCalendar, WorkingDays
from .models import Closure, DayOffRule, HolidayYear
from .rules import Holiday, LunarYear, RuleBook

#: Day (دی): the official calendar of the next year is out by then.
REMIND_FROM_MONTH = 10


def current() -> WorkingCalendar:
    """Return the calendar of this site as it stands now. Make one for each request or job: closures come at any hour."""
    return WorkingCalendar(read())


def read() -> RuleBook:
    """Read all rules, kept years and closures: three queries."""
    return RuleBook(
        rules=tuple(rule.as_rule() for rule in DayOffRule.objects.all()),
        years=_years(),
        closures=tuple(closure.as_closure() for closure in Closure.objects.order_by("first_day", "pk")),
    )


def _years() -> dict[int, LunarYear]:
    rows = HolidayYear.objects.order_by("year", "holidays__date", "holidays__pk").values_list(
        "year", "confirmed_at", "holidays__date", "holidays__name", "holidays__origin"
    )
    confirmed: dict[int, bool] = {}
    holidays: dict[int, list[Holiday]] = {}
    for year, confirmed_at, date, name, origin in rows:
        confirmed[year] = confirmed_at is not None
        if date is not None:  # a kept year may be empty
            holidays.setdefault(year, []).append(Holiday(date, name, origin))
    return {year: LunarYear(done, tuple(holidays.get(year, ()))) for year, done in confirmed.items()}


def working_days_from(start: datetime.date, n: int) -> WorkingDays:
    """Return the day `n` working days from `start` by this site's calendar; see `core` for what counts. Three queries."""
    return current().add_working_days(start, n)


def current_year() -> int:
    """The Jalali year of today."""
    return JalaliDate(timezone.localdate()).year


def unconfirmed_years(today: datetime.date | None = None) -> list[int]:
    """Return the Jalali years whose lunar holidays a person has to confirm now: this one, and from 1 Day the next. One query."""
    jalali = JalaliDate(today or timezone.localdate())
    wanted = [jalali.year, *([jalali.year + 1] if jalali.month >= REMIND_FROM_MONTH else [])]
    done = HolidayYear.objects.filter(year__in=wanted, confirmed_at__isnull=False).values_list(
        "year", flat=True
    )
    return [year for year in wanted if year not in set(done)]
