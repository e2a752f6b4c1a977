"""Django's own date and number fields read Persian text too, with or without JavaScript.

Wagtail's go-live and expiry fields, its filters, date blocks and every model form make a plain `forms.DateField` or
`forms.DateTimeField` each in its own place: only the two classes themselves reach them all. So the app's `ready` wraps their
`to_python`, and changes nothing else: the formats that `persian.dates` cannot read stay Django's.
A Gregorian year before 1700 cannot be typed any more: it would be taken for a Jalali one.

Number fields read Persian and Arabic digits, ٬ between thousands and the decimal mark ٫, in the same way.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .dates import FIRST_GREGORIAN_YEAR, DateError, UnreadableError, parse_date, parse_datetime
from .typed import plain_number


def install() -> None:
    """Let date fields read Jalali dates and number fields Persian digits. Doing it twice is harmless."""
    for field, parse in ((forms.DateField, parse_date), (forms.DateTimeField, parse_datetime)):
        if not hasattr(field.to_python, "__wrapped__"):
            field.to_python = _reading(parse, field.to_python)  # type: ignore[method-assign]
    for number in (forms.IntegerField, forms.DecimalField, forms.FloatField):
        if not hasattr(number.to_python, "__wrapped__"):
            number.to_python = _counting(number.to_python)  # type: ignore[method-assign]


def _counting(django_reads: Callable) -> Callable:
    @wraps(django_reads)
    def to_python(self, value):
        return django_reads(self, plain_number(value) if isinstance(value, str) else value)

    return to_python


def _reading(parse: Callable[[str], Any], django_reads: Callable) -> Callable:
    @wraps(django_reads)
    def to_python(self, value):
        if not isinstance(value, str) or value in self.empty_values:
            return django_reads(self, value)
        try:
            # Django's own takes dates too, and gives a moment the current time zone.
            return django_reads(self, parse(value))
        except UnreadableError:
            found = django_reads(self, value)
        except DateError as refusal:
            raise ValidationError(str(refusal), code="invalid") from refusal
        # A Jalali year in a form that only Django reads, as «1405-09-02T14:30+03:30», would be 621 years off.
        if found is not None and found.year < FIRST_GREGORIAN_YEAR:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    return to_python
