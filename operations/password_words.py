"""The words of a form for a new password: one word for it throughout, and each error beside the field that it is about."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# Said by Django's validators. Named here, so that the site's own catalogue has them: Django's mixes two words.
gettext_noop("This password is too common.")
gettext_noop("The password is too similar to the %(verbose_name)s.")


class PasswordWordsMixin:
    """Goes before a form that is made of Django's `SetPasswordMixin`."""

    password_fields = ("password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = (self.fields[name] for name in self.password_fields)  # type: ignore[attr-defined]
        first.label, second.label = _("Password"), _("The password once more")
        first.help_text = _("At least eight characters; no common word, nothing like your name.")
        second.help_text = ""
        for field in (first, second):
            field.widget.attrs["dir"] = "ltr"

    def validate_password_for_user(self, user: Any, password_field_name: str = "") -> None:
        """Django says that a password is weak under the repetition, where nothing is wrong."""
        super().validate_password_for_user(user, self.password_fields[0])  # type: ignore[misc]
