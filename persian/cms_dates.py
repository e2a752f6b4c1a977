"""Where Wagtail shows a date without Django's formatting: relative times, date blocks, comparisons.

The app's `ready` puts these in Wagtail's places; none touches what is stored.
"""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.humanize.templatetags import humanize
from django.db import models
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.timesince import timesince
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.blocks import DateBlock, DateTimeBlock, TimeBlock

from .calendar import since
from .reader import digits_of_reader, reads_persian

_SOMEBODY = "\ue000"  # stands for a name while figures change, for a name may have figures


def install() -> None:
    """Show Jalali where Wagtail would show ISO dates or count in Latin digits. Doing it twice is harmless."""
    if hasattr(DateBlock.render_basic, "__wrapped__"):
        return
    for block in (DateBlock, DateTimeBlock, TimeBlock):
        block.render_basic = wraps(block.render_basic)(_render_basic)
    for field in (models.DateField, models.TimeField):
        register_comparison_class(field, comparison_class=DateComparison)
    tags = wagtailadmin_tags
    tags.timesince = _one_unit
    tags.naturaltime = tags.register.filters["naturaltime"] = humanize.register.filters["naturaltime"]
    tags.register.filter("timesince_simple", _simple(tags.timesince_simple))
    tags.register.simple_tag(_last_update(tags.timesince_last_update), name="timesince_last_update")


def shown(value: datetime.date | datetime.time | None) -> str:
    """Return a date, moment or time as its reader's language writes it; "" for none.

    An aware moment is brought to the current time zone, as templates do.
    """
    return "" if value is None else localize(template_localtime(value))


def _render_basic(self: Any, value: Any, context: Any = None) -> str:
    return shown(value)


class DateComparison(FieldComparison):
    """Two versions of a date field side by side, as people read dates."""

    def htmldiff(self) -> str:
        before, after = shown(self.val_a), shown(self.val_b)
        if self.val_a == self.val_b:
            return escape(before)
        parts = [("deletion", before), ("addition", after)]
        return TextDiff([(change, text) for change, text in parts if text]).to_html()


def _one_unit(value: datetime.date, now: datetime.datetime | None = None) -> str:
    """Wagtail shortens «۱ هفته، ۳ روز» at the comma, and knows the Latin one only."""
    return timesince(value, now, depth=1 if reads_persian() else 2)


def _simple(original: Callable) -> Callable:
    @wraps(original)
    def timesince_simple(value: datetime.date) -> str:
        return since(value) if reads_persian() else original(value)

    return timesince_simple


def _last_update(original: Callable) -> Callable:
    @wraps(original)
    def timesince_last_update(
        last_update: datetime.datetime,
        show_time_prefix: bool = False,
        user_display_name: str = "",
        use_shorthand: bool = True,
    ) -> str:
        name = _SOMEBODY if user_display_name else ""
        text = digits_of_reader(original(last_update, show_time_prefix, name, use_shorthand))
        return text.replace(_SOMEBODY, str(user_display_name))

    return timesince_last_update
