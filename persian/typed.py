"""Numbers as people type them, in any of the three families of digits and with whatever divides their groups."""

import re

from django.utils.translation import gettext

from .text import fold

_BETWEEN = re.compile(r"[\s\u200c_./()\-\u2010-\u2015\u2212]+")
_GROUPED = re.compile(r"([+-]?\d{1,3})((?:([٬,،'’])\d{3})(?:\3\d{3})*)((?:[.٫]\d*)?)")


class TypedError(ValueError):
    """What was typed is not what was asked for. Its text, in the active language, tells the person why."""


def bare(text: str) -> str:
    """Return `text` in ASCII digits, without spaces and whatever else divides groups: «(۰۳۱) ۳۲-۶۷» → "0313267"."""
    return _BETWEEN.sub("", fold(text))


def digits_typed(text: str) -> str:
    """Return the digits of `text` in ASCII; raises a `TypedError` where there is anything else than digits between."""
    digits = bare(text)
    if strange := re.search("[^0-9]", digits):
        raise TypedError(gettext("Write digits only; “%(found)s” is none.") % {"found": strange[0]})
    return digits


def plain_number(text: str) -> str:
    """Return a number as Python reads it: «۱٬۲۵۰٫۵» → "1250.5". What is no number comes back folded, to be refused.

    Groups of three may be divided by ٬ or a comma of either script; the decimal mark is ٫ or a point.
    """
    number = fold(text).strip().replace("\u2212", "-")
    if grouped := _GROUPED.fullmatch(number):
        number = grouped[1] + grouped[2].replace(grouped[3], "") + grouped[4]
    return number.replace("٫", ".")
