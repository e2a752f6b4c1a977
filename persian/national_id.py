"""The national ID of a person in Iran: ten digits, the last of them a check digit.

Source: the rule of the National Organization for Civil Registration. The sum of the first nine digits, weighted from ten down
to two, modulo 11, is the check digit when it is below two, and otherwise what is missing to eleven.
"""

from django.utils.translation import gettext

from .reader import digits_of_reader
from .typed import TypedError, digits_typed

LENGTH = 10


def check_digit(digits: str) -> str:
    """Return the digit that follows the first nine."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(LENGTH, 1, -1), strict=True)) % 11
    return str(rest if rest < 2 else 11 - rest)


def parse_national_id(text: str) -> str:
    """Return the national ID that `text` names, in ten ASCII digits; raises a `TypedError` that says what is wrong."""
    digits = digits_typed(text)
    if len(digits) != LENGTH:
        raise TypedError(
            gettext(
                "A national ID has 10 digits, zeros at its beginning included; you have written %(count)s."
            )
            % {"count": digits_of_reader(len(digits))}
        )
    if len(set(digits)) == 1 or check_digit(digits[:-1]) != digits[-1]:
        raise TypedError(gettext("There is no such national ID: a digit is mistyped."))
    return digits
