"""The fields that public forms are made of: text with a length said in Persian digits, e-mail addresses, files."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from persian.text import ZWNJ, fold, to_persian_digits

BAD_DATE = _("Write the date in figures, such as ۱۴۰۵/۹/۲, or with the name of the month.")


class TypedField(forms.CharField):
    """Text on one line, words one space apart, unless the widget has several lines. Says lengths in Persian digits.

    No `maxlength`: browsers cut what is pasted at it without a word.
    """

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text if isinstance(self.widget, forms.Textarea) else " ".join(text.split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            numbers = {"limit": self.limit, "length": len(value)}
            words = (
                gettext("At most %(limit)d characters fit in here; you have written %(length)d.") % numbers
            )
            raise forms.ValidationError(to_persian_digits(words), code="max_length")


class AddressField(forms.EmailField):
    widget = forms.EmailInput(
        attrs={"inputmode": "email", "autocomplete": "email", "dir": "ltr", "maxlength": "254"}
    )
    default_error_messages = {"invalid": _("Write an e-mail address such as name@example.com.")}
    default_validators = [validate_email, MaxLengthValidator(254, _("This e-mail address is too long."))]

    def to_python(self, value: Any) -> str:
        return "".join(fold(super().to_python(value) or "").replace(ZWNJ, "").split())


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class UploadField(forms.Field):
    """Shows an input for files. What comes in through it is looked at by `uploads`, so here it is always empty."""

    widget = FilesInput

    def clean(self, value: Any) -> None:
        return None
