"""Telephone numbers as they are stored (digits), dialled (`tel:` addresses, RFC 3966) and shown (Persian digits)."""

import re

from persian.text import to_ascii_digits, to_persian_digits

IRAN = "98"


def only_digits(number: str) -> str:
    """Return the digits of `number` in ASCII: «۰۳۱-۳۲۶۷ ۳۰۷۵» → "03132673075"."""
    return re.sub(r"\D", "", to_ascii_digits(number or ""))


def dial_uri(number: str, extension: str = "", country_code: str = IRAN) -> str:
    """Return the `tel:` address of a number with its area code, or "" for no number.

    The extension follows two pauses (`,,`): the telephone dials, waits, and dials on. `;ext=` is the standard's own form,
    and Android misdials it.
    """
    digits = only_digits(number)
    if not digits:
        return ""
    national = digits.removeprefix("00" + country_code).removeprefix("0")
    pause = f",,{only_digits(extension)}" if only_digits(extension) else ""
    return f"tel:+{country_code}{national}{pause}"


def display_number(number: str, area_code: str = "") -> str:
    """Return the number in Persian digits, its area code before a dash: «۰۳۱-۳۲۶۷۳۰۷۵»; "" for no number."""
    digits = only_digits(number)
    if not digits:
        return ""
    if not area_code and len(digits) == 11 and digits.startswith("0") and not digits.startswith("09"):
        area_code, digits = digits[:3], digits[3:]  # every area code of Iran has three digits
    return to_persian_digits(f"{area_code}-{digits}" if area_code else digits)
