"""Tracking codes survive the telephone: what is misheard or mistyped is caught."""

import random

import pytest

from contact.codes import LENGTH, check_digit, format_code, make_code, parse_code

_numbers = random.Random(1405)  # the same codes in every process, or the tests could not be shared out
SAMPLES = [make_code(_numbers.randrange) for _number in range(50)]


def test_a_code_is_shown_in_groups_and_read_back():
    for code in SAMPLES:
        assert len(code) == LENGTH
        assert parse_code(format_code(code)) == code


def test_damm_of_the_published_example():
    assert check_digit("572") == "4"


@pytest.mark.parametrize("code", SAMPLES[:5])
def test_every_single_wrong_digit_is_caught(code):
    for place, right in enumerate(code):
        for wrong in set("0123456789") - {right}:
            assert parse_code(code[:place] + wrong + code[place + 1 :]) is None


@pytest.mark.parametrize("code", SAMPLES)
def test_every_swap_of_neighbours_is_caught(code):
    for place in range(LENGTH - 1):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert swapped == code or parse_code(swapped) is None


@pytest.mark.parametrize(
    "shape", ["{0}-{1}-{2}", " {0} {1} {2} ", "{0}{1}{2}", "{0}–{1}−{2}", "{0}.{1}/{2}\u200c"]
)
def test_any_digits_spaces_and_dashes_will_do(shape):
    code = make_code(lambda below: 12345678)
    for digits in ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"):
        typed = code.translate(str.maketrans("0123456789", digits))
        assert parse_code(shape.format(typed[:3], typed[3:6], typed[6:])) == code


@pytest.mark.parametrize("typed", ["", "۱۲۳", "12345678x", "abc", "1" * 500, "²³¹²³¹²³¹", "\x00"])
def test_what_cannot_be_a_code_is_none(typed):
    assert parse_code(typed) is None
