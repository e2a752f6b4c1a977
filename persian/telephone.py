"""Telephone numbers of Iran: as people type them, as they are stored (E.164), dialled (RFC 3966) and shown (Persian digits).

Source: the national numbering plan. A mobile number is 9 and nine digits; a landline has an area code of two digits, and
eight digits of its own; nationally both stand after a 0. The `phonenumbers` library knows every country in 30 MB; these few
lines know one, and say what is wrong with a number in words.
"""

import re

from django.utils.translation import gettext

from .reader import digits_of_reader
from .text import to_ascii_digits, to_persian_digits
from .typed import TypedError, bare, digits_typed

IRAN = "98"
_LENGTH = 11  # with the 0 in front
_ABROAD = re.compile(r"(?:\+|00)98|98(?=\d{10}$)")


def only_digits(number: str) -> str:
    """Return the digits of `number` in ASCII: «۰۳۱-۳۲۶۷ ۳۰۷۵» → "03132673075"."""
    return re.sub(r"\D", "", to_ascii_digits(number or ""))


def national(number: str) -> str:
    """Return a number as it is dialled inside Iran: "+989123456789" → "09123456789". Others stay as they are."""
    digits, found = _ABROAD.subn("", number, count=1) if _ABROAD.match(number) else (number, 0)
    return "0" + digits.removeprefix("0") if found else digits


def parse_mobile(text: str) -> str:
    """Return the mobile number that `text` names as "+989123456789"; raises a `TypedError` that says what is wrong."""
    digits = _digits_in_iran(text)
    if len(digits) == _LENGTH - 1 and digits.startswith("9"):
        digits = "0" + digits
    if not digits.startswith("09"):
        raise TypedError(gettext("A mobile number begins with 09, such as 09123456789."))
    return _international(digits, gettext("A mobile number has 11 digits; you have written %(count)s."))


def parse_landline(text: str) -> str:
    """Return the landline that `text` names with its area code as "+983132673075"; raises a `TypedError`."""
    digits = _digits_in_iran(text)
    if re.fullmatch(r"0?9\d{9}", digits):
        raise TypedError(gettext("This looks like a mobile number; write a landline here."))
    if len(digits) == _LENGTH - 1 and not digits.startswith("0"):
        digits = "0" + digits
    if not digits.startswith("0") or digits.startswith("00"):
        raise TypedError(gettext("Write the number with its area code, such as 021-88776655."))
    return _international(
        digits, gettext("A landline has 11 digits with its area code; you have written %(count)s.")
    )


def _digits_in_iran(text: str) -> str:
    number = national(bare(text))
    if number.startswith("+"):
        raise TypedError(
            gettext("Only a number of Iran can be written here; this one is of another country.")
        )
    return digits_typed(number)


def _international(digits: str, wrong_length: str) -> str:
    if len(digits) != _LENGTH:
        raise TypedError(wrong_length % {"count": digits_of_reader(len(digits))})
    return f"+{IRAN}{digits[1:]}"


def _dialled(number: str) -> str:
    return re.sub(r"[^\d+]", "", to_ascii_digits(number or ""))


def dial_uri(number: str, extension: str = "", country_code: str = IRAN) -> str:
    """Return the `tel:` address of a number with its area code, or "" for no number.

    The extension follows two pauses (`,,`): the telephone dials, waits, and dials on. `;ext=` is the standard's own form,
    and Android misdials it.
    """
    digits = only_digits(re.sub(rf"^(\+|00){country_code}|^0", "", _dialled(number)))
    if not digits:
        return ""
    pause = f",,{only_digits(extension)}" if only_digits(extension) else ""
    return f"tel:+{country_code}{digits}{pause}"


def display_number(number: str, area_code: str = "") -> str:
    """Return the number in Persian digits, its area code before a dash: «۰۳۱-۳۲۶۷۳۰۷۵»; "" for no number."""
    number = national(_dialled(number))
    if number.startswith("+"):  # another country's
        return to_persian_digits(number)
    digits = only_digits(number)
    if not digits:
        return ""
    if not area_code and len(digits) == _LENGTH and digits.startswith("0") and not digits.startswith("09"):
        area_code, digits = digits[:3], digits[3:]  # every area code of Iran has three digits
    return to_persian_digits(f"{area_code}-{digits}" if area_code else digits)
