"""One spelling for each user name: as it is made, by forms and by commands, and as it is typed to log in.

Forms read «علي» as «علی» (see `hygiene`); a name made without a form, by `createsuperuser` say, must be spelt so too, or its
owner could never log in. Names from before this rule, and letters in another case, are found as long as only one user fits.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager

from .hygiene import clean_line
from .text import ARABIC_DIGITS, ASCII_DIGITS, PERSIAN_DIGITS, fold

# What each letter or digit of a folded name may have been typed as.
_TYPED_AS = {"ی": "[یيى]", "ک": "[کك]"} | {
    digit: f"[{digit}{arabic}{persian}]"
    for digit, arabic, persian in zip(ASCII_DIGITS, ARABIC_DIGITS, PERSIAN_DIGITS, strict=True)
}


def install() -> None:
    """Spell user names in one way. Doing it twice is harmless."""
    if not hasattr(BaseUserManager.get_by_natural_key, "__wrapped__"):
        AbstractBaseUser.normalize_username = classmethod(  # type: ignore[method-assign, assignment]
            _normalizing(AbstractBaseUser.normalize_username.__func__)  # type: ignore[attr-defined]
        )
        BaseUserManager.get_by_natural_key = _finding(BaseUserManager.get_by_natural_key)  # type: ignore[method-assign]


def _normalizing(django_spells: Callable) -> Callable:
    @wraps(django_spells)
    def normalize_username(cls, username):
        spelled = django_spells(cls, username)
        return clean_line(spelled) if isinstance(spelled, str) else spelled

    return normalize_username


def _finding(django_finds: Callable) -> Callable:
    @wraps(django_finds)
    def get_by_natural_key(self, username):
        try:
            return django_finds(self, username)
        except self.model.DoesNotExist:
            similar = list(self.filter(**_similar(self.model.USERNAME_FIELD, username))[:2])
            if len(similar) != 1:
                raise
            return similar[0]

    return get_by_natural_key


def _similar(field: str, username: Any) -> dict[str, str]:
    pattern = "".join(_TYPED_AS.get(letter, re.escape(letter)) for letter in fold(str(username)))
    return {f"{field}__iregex": f"^{pattern}$"}
