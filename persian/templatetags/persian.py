"""Template filters for Persian digits, telephones, codes and Jalali dates: `{% load persian %}`."""

import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html

from persian import calendar
from persian.calendar import format_jalali
from persian.reading_order import in_reading_order
from persian.telephone import display_number
from persian.text import isolate, isolate_ltr, to_persian_digits
from persian.working_days.core import WorkingDays
from persian.working_days.loading import working_days_from as _working_days_from

register = template.Library()


@register.filter
def digits(value: object) -> str:
    """Return the value as text with Persian digits."""
    return to_persian_digits(str(value))


@register.filter
def ltr(value: object) -> str:
    """Return the value isolated from left to right, for plain text; HTML has `<bdi dir="ltr">`."""
    return isolate_ltr(str(value))


@register.filter
def isolated(value: object) -> str:
    """Return what a person typed in its own direction, for plain text and translated sentences; HTML has `<bdi>`."""
    return isolate(str(value)) if value else ""


@register.filter
def telephone(value: str) -> str:
    """Return a number as «۰۹۱۲۳۴۵۶۷۸۹» or «۰۳۱-۳۲۶۷۳۰۷۵», however it is stored, isolated from left to right."""
    return format_html('<bdi dir="ltr">{}</bdi>', display_number(value)) if value else ""


@register.filter
def telephone_text(value: str) -> str:
    """Return the same for plain text."""
    return isolate_ltr(display_number(value)) if value else ""


@register.filter(is_safe=True)
def reading_order(html: str) -> str:
    """Return HTML whose mixed texts are read in the right order: `{% filter reading_order %}`."""
    return in_reading_order(html)


@register.filter
def code(value: object) -> str:
    """Return a code or a national ID in Persian digits, isolated from left to right."""
    return format_html('<bdi dir="ltr">{}</bdi>', to_persian_digits(str(value))) if value else ""


@register.filter
def latin(value: object) -> str:
    """Return an e-mail or web address as it stands, isolated from left to right."""
    return format_html('<bdi dir="ltr">{}</bdi>', value) if value else ""


@register.filter
def jdate(value: datetime.date | None) -> str:
    """Return «۲ آذر ۱۴۰۵», or nothing for no date."""
    return format_jalali(value) if value else ""


@register.filter
def jdatetime(value: datetime.datetime | None) -> str:
    """Return «۲ آذر ۱۴۰۵، ساعت ۱۴:۳۰», or nothing for no date."""
    return format_jalali(value, with_time=True) if value else ""


@register.filter
def jshort(value: datetime.date | None) -> str:
    """Return «۱۴۰۵/۰۹/۰۲», or nothing for no date."""
    return calendar.format_jalali_short(value) if value else ""


@register.filter
def jweekday(value: datetime.date | None) -> str:
    """Return «دوشنبه», or nothing for no date."""
    return calendar.weekday_name(value) if value else ""


@register.filter
def since(value: datetime.date | None) -> str:
    """Return «۳ روز پیش», or nothing for no date. Never on a cached page."""
    return calendar.since(value) if value else ""


@register.simple_tag
def jalali_time(value: datetime.date | None, with_time: bool = False) -> str:
    """Return a `<time>` element: Jalali for people, ISO 8601 Gregorian for machines, of the same day in the same time zone.

    HTML knows no fractions of a second finer than a thousandth: whole seconds are enough.
    """
    if not value:
        return ""
    moment = value
    if isinstance(value, datetime.datetime):
        moment = (timezone.localtime(value) if timezone.is_aware(value) else value).replace(microsecond=0)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), format_jalali(value, with_time))


@register.filter
def working_days_from(start: datetime.date, n: int) -> WorkingDays:
    """Return the day `n` working days from `start`: `{{ message.received_at|working_days_from:10 }}`.

    The result has `date`, `skipped`, `is_provisional` and `sentence`. Three queries each time: in a list, make one calendar
    in the view (`persian.working_days.loading.current()`) instead.
    """
    return _working_days_from(start, int(n))
