"""How long a password must be, said in Persian: Django's own words for it are not translated."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _

from persian.text import to_persian_digits


class LengthValidator(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("The password is too short: it needs at least %(count)s characters.") % self._count

    def get_help_text(self) -> str:
        return _("The password needs at least %(count)s characters.") % self._count

    @property
    def _count(self) -> dict[str, str]:
        return {"count": to_persian_digits(str(self.min_length))}
