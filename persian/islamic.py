"""The lunar calendar by arithmetic, for proposals only: the official day hangs on the sighting of the moon.

Source: the tabular Islamic calendar, civil epoch (16 July 622, Julian), thirty-year cycle with leap years 2, 5, 7, 10, 13, 16,
18, 21, 24, 26 and 29 (Reingold and Dershowitz, Calendrical Calculations, chapter 7). Iran's official calendar is often one
day away from it.
"""

import datetime

MONTHS = (
    "محرم",
    "صفر",
    "ربیع‌الاول",
    "ربیع‌الثانی",
    "جمادی‌الاول",
    "جمادی‌الثانی",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذی‌القعده",
    "ذی‌الحجه",
)

#: Ordinal (`datetime.date.toordinal`) of 1 Muharram of the year 1.
_EPOCH = 227015


def is_leap(year: int) -> bool:
    """Whether the twelfth month of the lunar `year` has 30 days."""
    return (11 * year + 14) % 30 < 11


def days_in_month(year: int, month: int) -> int:
    """Return 29 or 30: odd months have 30, even ones 29, the twelfth 30 in a leap year."""
    return 30 if month % 2 or (month == 12 and is_leap(year)) else 29


def to_gregorian(year: int, month: int, day: int) -> datetime.date:
    """Return the day; `day` 30 of a month of 29 is its last day («آخر صفر»). ValueError for what is no month or day."""
    if not (1 <= month <= 12 and 1 <= day <= 30 and year >= 1):
        raise ValueError(f"no lunar date: {year}-{month}-{day}")
    day = min(day, days_in_month(year, month))
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return datetime.date.fromordinal(_EPOCH + before + day - 1)


def year_of(day: datetime.date) -> int:
    """Return the lunar year of a Gregorian `day`."""
    return (30 * (day.toordinal() - _EPOCH) + 10646) // 10631
