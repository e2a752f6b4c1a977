"""Tracking codes, made to be read out on the telephone: nine digits in groups of three, the last one a check digit.

The check digit is Damm's (H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004): it catches every single
mistyped digit and every swap of two neighbours. A code is a name, not a secret.
"""

import secrets
from collections.abc import Callable

from persian.text import to_persian_digits
from persian.typed import bare

LENGTH = 9
GROUP = 3

# A totally anti-symmetric quasigroup of order 10: row is the digit so far, column the next one.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def check_digit(digits: str) -> str:
    """The digit that makes `digits` plus itself a valid number."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def make_code(below: Callable[[int], int] = secrets.randbelow) -> str:
    """A new code of nine ASCII digits; `below(n)` gives a random number under n."""
    digits = f"{below(10 ** (LENGTH - 1)):0{LENGTH - 1}d}"
    return digits + check_digit(digits)


def parse_code(text: str) -> str | None:
    """The code that a person typed in any digits, with any spaces and dashes; None when it cannot be one."""
    digits = bare(text)
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        return None
    return digits if check_digit(digits[:-1]) == digits[-1] else None


def format_code(code: str) -> str:
    """«۱۲۳-۴۵۶-۷۸۹», to be shown left to right."""
    return to_persian_digits("-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP)))
