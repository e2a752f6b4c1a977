"""The tables of the package."""

from .search.models import IndexedWord, IndexState
from .working_days.models import Closure, DayOffRule, HolidayYear, LunarHoliday

__all__ = ["Closure", "DayOffRule", "HolidayYear", "IndexState", "IndexedWord", "LunarHoliday"]
