"""Form fields for what people of Iran are asked for. They take all three families of digits, and say why they refuse.

Dates and numbers need no field of their own: `forms.DateField`, `forms.IntegerField` and the like read Persian digits
everywhere (`persian.form_fields`). What fields store is ASCII; the filters of `{% load persian %}` show it.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext

from .national_id import parse_national_id
from .reader import digits_of_reader
from .telephone import parse_landline, parse_mobile
from .typed import TypedError, digits_typed


class TelephoneInput(forms.TextInput):
    """A telephone keypad, filled in by the browser, from left to right."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        standard = {"inputmode": "tel", "autocomplete": "tel", "dir": "ltr", "maxlength": "30"}
        super().__init__({**standard, **(attrs or {})})


class DigitsInput(forms.TextInput):
    """A keypad of digits, from left to right. `type="number"` would refuse Persian digits and drop leading zeros."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "maxlength": "40", **(attrs or {})}
        )


class _ParsedField(forms.CharField):
    """A text that `parse` makes one spelling of, or refuses with a `TypedError`."""

    parse: Callable[[str], str]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        try:
            return self.parse(text) if text else ""
        except TypedError as refusal:
            raise forms.ValidationError(str(refusal), code="invalid") from refusal


class MobileField(_ParsedField):
    """An Iranian mobile number in any of its usual forms (0912…, 912…, +98…, 0098…, 98…), as "+989123456789"."""

    widget = TelephoneInput
    parse = staticmethod(parse_mobile)


class LandlineField(_ParsedField):
    """An Iranian landline with its area code, in any of its usual forms, as "+983132673075"."""

    widget = TelephoneInput
    parse = staticmethod(parse_landline)


class NationalIDField(_ParsedField):
    """The national ID of a person, as ten ASCII digits with its leading zeros."""

    widget = DigitsInput
    parse = staticmethod(parse_national_id)


class CodeField(_ParsedField):
    """A code of `length` digits, leading zeros included, however its groups are divided; as ASCII digits."""

    widget = DigitsInput

    def __init__(self, *, length: int, **kwargs: Any) -> None:
        self.length = length
        super().__init__(**kwargs)

    def parse(self, text: str) -> str:
        digits = digits_typed(text)
        if len(digits) != self.length:
            raise TypedError(
                gettext("This code has %(length)s digits; you have written %(count)s.")
                % {"length": digits_of_reader(self.length), "count": digits_of_reader(len(digits))}
            )
        return digits
