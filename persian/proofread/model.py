"""What a proposal is, and what kinds there are."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


def gettext_noop(message: str) -> str:
    """Mark a message for translation; the package itself needs no Django."""
    return message


class Kind(StrEnum):
    LETTERS = "letters"
    HALF_SPACE = "half_space"
    LOOSE_HALF_SPACE = "loose_half_space"
    SPACE_BEFORE = "space_before"
    SPACE_AFTER = "space_after"
    SPACES = "spaces"
    PUNCTUATION = "punctuation"
    DIGITS = "digits"
    QUOTES = "quotes"
    ELLIPSIS = "ellipsis"
    HAMZA = "hamza"
    TATWEEL = "tatweel"


REASONS = {
    Kind.LETTERS: gettext_noop("A Persian letter has this form"),
    Kind.HALF_SPACE: gettext_noop("A half-space binds the parts of a word"),
    Kind.LOOSE_HALF_SPACE: gettext_noop("A half-space that binds nothing"),
    Kind.SPACE_BEFORE: gettext_noop("No space here"),
    Kind.SPACE_AFTER: gettext_noop("A space is missing"),
    Kind.SPACES: gettext_noop("One space is enough"),
    Kind.PUNCTUATION: gettext_noop("The Persian mark"),
    Kind.DIGITS: gettext_noop("Persian digits in a Persian sentence"),
    Kind.QUOTES: gettext_noop("Persian quotation marks"),
    Kind.ELLIPSIS: gettext_noop("Three dots are one mark"),
    Kind.HAMZA: gettext_noop("After a silent «ه» the ezafe is a small hamza"),
    Kind.TATWEEL: gettext_noop("A stretched letter hides its word from searches"),
}


class Edit(NamedTuple):
    """Characters `start` to `end` of a text become `replacement`."""

    start: int
    end: int
    replacement: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that a person may accept: `text[start:end] == found` would become `replacement`.

    `reason` is an English message id, in the catalogue of the package's user.
    """

    start: int
    end: int
    found: str
    replacement: str
    kind: Kind

    @property
    def reason(self) -> str:
        return REASONS[self.kind]
