"""Inputs show what people type in its own direction, and take the digits of a Persian keyboard.

Text takes the direction of its first letter, so that «C++» stays «C++»; addresses are left to right. Browsers refuse Persian
digits in `type="number"`, so numbers are typed into text inputs with a keypad; their limits are checked by the field. Every
form makes its own inputs: the fields' `widget_attrs` reaches them all, the CMS's too. An input with a `dir` keeps it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.forms.widgets import Input

_OF_NUMBERS = {"min", "max", "step"}  # mean nothing to a text input
_LEFT_TO_RIGHT = (forms.EmailField, forms.URLField, forms.UUIDField, forms.GenericIPAddressField)


def install() -> None:
    """Give text inputs a direction and number inputs a keypad. Doing it twice is harmless."""
    numbers = (forms.IntegerField, forms.DecimalField, forms.FloatField)
    fields: list[tuple[Any, Callable]] = [
        (forms.CharField, _direction),
        *((number, _keypad) for number in numbers),
    ]
    for field, attributes in fields:
        if not hasattr(field.widget_attrs, "__wrapped__"):
            field.widget_attrs = _adding(attributes, field.widget_attrs)
    forms.NumberInput.input_type = "text"


def _adding(attributes: Callable, django_gives: Callable) -> Callable:
    @wraps(django_gives)
    def widget_attrs(self: forms.Field, widget: forms.Widget) -> dict[str, Any]:
        given = {**django_gives(self, widget), **attributes(self, widget)}
        return {name: given[name] for name in given if name not in widget.attrs and name not in _OF_NUMBERS}

    return widget_attrs


def _direction(field: forms.CharField, widget: forms.Widget) -> dict[str, str]:
    if not isinstance(widget, Input | forms.Textarea) or getattr(widget, "input_type", "") in (
        "password",
        "hidden",
    ):
        return {}
    if isinstance(field, _LEFT_TO_RIGHT):
        return {"dir": "ltr"}
    # Styles know an empty input by its placeholder alone, and set the cursor where the writing will begin.
    return {"dir": "auto", "placeholder": " "}


def _keypad(field: forms.IntegerField, widget: forms.Widget) -> dict[str, str]:
    if not isinstance(widget, forms.NumberInput):
        return {}
    whole = type(field) is forms.IntegerField
    # The keypads of some telephones have no minus.
    lowest = field.min_value() if callable(field.min_value) else field.min_value
    signed = lowest is None or lowest < 0
    return {"dir": "ltr", "inputmode": "text" if signed else "numeric" if whole else "decimal"}
