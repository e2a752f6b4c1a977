"""Who reads: whether the active language is Persian, and numbers in its digits."""

from django.utils.translation import get_language

from .text import to_persian_digits


def reads_persian() -> bool:
    """Whether the active language is Persian."""
    return (get_language() or "").startswith("fa")


def digits_of_reader(value: object) -> str:
    """Return a text or a number with Persian digits if its reader reads Persian, else as it is."""
    return to_persian_digits(str(value)) if reads_persian() else str(value)
