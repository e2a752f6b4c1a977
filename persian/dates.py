"""Dates as Persian speakers type them, read into Gregorian ones: ۱۴۰۵/۹/۲, «۲ آذر ۱۴۰۵», 1405-09-02, 2026-11-23.

A year below 1700 is Jalali, any other Gregorian. The day stands last or, in a Jalali date, first: ۲/۹/۱۴۰۵.
"""

import calendar
import datetime
import re

from django.utils.dates import MONTHS as GREGORIAN_MONTHS
from django.utils.translation import gettext
from persiantools.jdatetime import JalaliDate

from .calendar import WEEKDAYS, weekday_name
from .months import MONTHS
from .reader import digits_of_reader
from .text import ZWNJ, fold

FIRST_JALALI_YEAR = 1200  # persiantools was compared with ICU from here on
FIRST_GREGORIAN_YEAR = 1700
_MAX_LENGTH = 100

# Division marks other than / that keyboards and word processors put in, and spaces other than the plain one.
_MARKS = str.maketrans(dict.fromkeys("-.\u060d\u066b\u2010\u2011\u2012\u2013\u2014\u2044\u2212\u2215", "/"))
_COMMA = "[،,]"


def _key(name: str) -> str:
    """Return a name without what people leave out: half-spaces, spaces and the madda of آ."""
    return name.replace(ZWNJ, "").replace(" ", "").replace("آ", "ا")


_MONTH_NUMBERS = {_key(name): number for number, name in enumerate(MONTHS, 1)} | {"امرداد": 5}
_WEEKDAY_NUMBERS = {_key(name): number for number, name in enumerate(WEEKDAYS)}
_NUMBERS = re.compile(r"([0-9]{1,4}) ?/ ?([0-9]{1,4}) ?/ ?([0-9]{1,4})")
_NAMED = re.compile(rf"([0-9]{{1,2}}) ?({'|'.join(_MONTH_NUMBERS)}) ?(?:ماه)? ?{_COMMA}? ?([0-9]{{1,4}})")
_WEEKDAY = re.compile(rf"((?:یک|دو|سه|چهار|پنج)? ?شنبه|جمعه) ?{_COMMA}? ?")
# Something must stand between day and hour: «1405/9/214:30» has two readings.
_TIME = re.compile(
    rf"(?:(?: |{_COMMA}|T)+(?:ساعت ?)?|ساعت ?)([0-9]{{1,2}}):([0-9]{{2}})(?::([0-9]{{2}})(\.[0-9]{{1,6}})?)?$"
)


class DateError(ValueError):
    """What was typed is not a date. Its text, in the active language, tells the person why."""


class UnreadableError(DateError):
    """Nothing in it looks like a date."""


class BadYearError(DateError):
    """The year is not written in four digits, or lies before 1200."""


class BadMonthError(DateError):
    """There is no such month."""


class BadDayError(DateError):
    """The month has no such day, as 30 Esfand of a common year; or the weekday named is another."""


class BadTimeError(DateError):
    """There is no such time of day."""


def parse_date(text: str) -> datetime.date:
    """Return the Gregorian date of the day that `text` names, Jalali or Gregorian, in digits of any of the three families.

    Raises a `DateError`, which is a ValueError, also where a time follows the date.
    """
    return _read_date(_prepare(text))


def parse_datetime(text: str) -> datetime.datetime:
    """Return the naive Gregorian datetime of `text`: a date, then perhaps «۱۴:۳۰» or «ساعت ۱۴:۳۰»; midnight without one.

    Raises a `DateError`, which is a ValueError.
    """
    text = _prepare(text)
    found = _TIME.search(text)
    if not found:
        return datetime.datetime.combine(_read_date(text), datetime.time())
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    microsecond = int((found[4] or ".0")[1:].ljust(6, "0"))
    day = _read_date(text[: found.start()].rstrip())
    try:
        time = datetime.time(hour, minute, second, microsecond)
    except ValueError:
        raise BadTimeError(gettext("There is no such time of day: write it from 00:00 to 23:59.")) from None
    return datetime.datetime.combine(day, time)


def _prepare(text: str) -> str:
    if len(text) > _MAX_LENGTH:
        raise _unreadable()
    return " ".join(fold(text).replace(ZWNJ, "").replace("آ", "ا").upper().split())


def _unreadable() -> UnreadableError:
    return UnreadableError(
        gettext("Write the date like %(example)s.") % {"example": digits_of_reader("1405/9/2")}
    )


def _read_date(text: str) -> datetime.date:
    weekday = _WEEKDAY.match(text)
    day = _date_of(*_parts(text[weekday.end() :] if weekday else text))
    if weekday and WEEKDAYS[_WEEKDAY_NUMBERS[_key(weekday[1])]] != weekday_name(day):
        raise BadDayError(gettext("That day is a %(weekday)s.") % {"weekday": weekday_name(day)})
    return day


def _parts(text: str) -> tuple[int, int, int]:
    """Return year, month and day as written, the year in four digits."""
    if named := _NAMED.fullmatch(text):
        day, month, year = named[1], str(_MONTH_NUMBERS[named[2]]), named[3]
    elif numbers := _NUMBERS.fullmatch(text.translate(_MARKS)):
        year, month, day = numbers.groups()
        if len(day) == 4 and len(year) <= 2 and int(day) < FIRST_GREGORIAN_YEAR:
            year, day = day, year
        elif len(day) > 2:  # 11/12/2026 is November to some and December to others
            raise _unreadable()
    else:
        raise _unreadable()
    if len(month) > 2:
        raise _unreadable()
    if len(year) != 4 or int(year) < FIRST_JALALI_YEAR:
        raise BadYearError(
            gettext("Write the year in four digits, like %(example)s.") % {"example": digits_of_reader(1405)}
        )
    if named and int(year) >= FIRST_GREGORIAN_YEAR:  # «۲ آذر ۲۰۲۶» belongs to no calendar
        raise _unreadable()
    return int(year), int(month), int(day)


def _date_of(year: int, month: int, day: int) -> datetime.date:
    if not 1 <= month <= 12:
        raise BadMonthError(
            gettext("There is no month %(month)s: write one from %(first)s to %(last)s.")
            % {"month": digits_of_reader(month), "first": digits_of_reader(1), "last": digits_of_reader(12)}
        )
    jalali = year < FIRST_GREGORIAN_YEAR
    days = JalaliDate.days_in_month(month, year) if jalali else calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        name = MONTHS[month - 1] if jalali else GREGORIAN_MONTHS[month]
        raise BadDayError(
            gettext("%(month)s %(year)s has no day %(day)s: it has %(days)s days.")
            % {
                "month": name,
                "year": digits_of_reader(year),
                "day": digits_of_reader(day),
                "days": digits_of_reader(days),
            }
        )
    return JalaliDate(year, month, day).to_gregorian() if jalali else datetime.date(year, month, day)
