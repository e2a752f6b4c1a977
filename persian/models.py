"""The tables of the package."""

from .working_days.models import Closure, DayOffRule, HolidayYear, LunarHoliday

__all__ = ["Closure", "DayOffRule", "HolidayYear", "LunarHoliday"]
