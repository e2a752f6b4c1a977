"""A system check (`check --database default`) that reminds of lunar holidays which nobody confirmed."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import DatabaseError, connections

from .loading import unconfirmed_years
from .models import HolidayYear


def lunar_holidays_are_confirmed(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn for this year, and from the month of Day on for the next."""
    if "default" not in (databases or ()):
        return []
    try:
        if HolidayYear._meta.db_table not in connections["default"].introspection.table_names():
            return []  # before the first migration
        years = unconfirmed_years()
    except DatabaseError:
        return []  # other checks say that the database is out of reach
    return [
        checks.Warning(
            f"The lunar holidays of the Jalali year {year} are computed and not confirmed by anybody.",
            hint="Compare them with the official calendar in the admin: Settings, Working days, Holidays by year.",
            id="persian.W001",
        )
        for year in years
    ]


def register_own() -> None:
    """Called when the app is ready."""
    register(lunar_holidays_are_confirmed, Tags.database)
