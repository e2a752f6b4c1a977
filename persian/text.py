"""Persian text as people type it and as machines compare it. Standard library only.

Sources: Unicode Standard, chapter 9.2 (Arabic), and UAX #9 (bidirectional controls).
"""

import re
import unicodedata

ZWNJ = "\u200c"

PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
ASCII_DIGITS = "0123456789"

TO_ASCII_DIGITS = str.maketrans(PERSIAN_DIGITS + ARABIC_DIGITS, ASCII_DIGITS * 2)
_TO_PERSIAN_DIGITS = str.maketrans(ASCII_DIGITS + ARABIC_DIGITS, PERSIAN_DIGITS * 2)
# Letters that an Arabic keyboard gives where Persian has its own code points.
TO_PERSIAN_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
# Overrides and isolates could make a name look like another; ZWNJ and ZWJ are spelling and stay.
BIDI_CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_OTHER_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
TATWEEL = "\u0640"


def to_ascii_digits(text: str) -> str:
    """Return `text` with Persian and Arabic digits as 0-9: «۰۹۱۳» → "0913"."""
    return text.translate(TO_ASCII_DIGITS)


def to_persian_digits(text: str) -> str:
    """Return `text` with ASCII and Arabic digits as ۰-۹."""
    return text.translate(_TO_PERSIAN_DIGITS)


def isolate_ltr(text: str) -> str:
    """Return `text` between a left-to-right isolate and its end, for plain text where no `<bdi>` can stand.

    Without it the groups of «۲۹۴-۵۱۸-۰۸۱» change places beside Persian words (UAX #9).
    """
    return f"\u2066{text}\u2069"


def isolate(text: str) -> str:
    """Return `text` isolated in the direction of its own first letter, for plain text: what `<bdi>` is in HTML."""
    return f"\u2068{text}\u2069"


def clean(text: str) -> str:
    """Return what a person typed, safe to store and to show, without changing what it says.

    Arabic ي and ك become ی and ک; line ends become "\\n"; bidi overrides and control characters go; ZWNJ stays.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return drop_controls(text).translate(TO_PERSIAN_LETTERS)


def drop_controls(text: str) -> str:
    """Return `text` without bidi controls and control characters; letters, line ends and ZWNJ stay."""
    return _OTHER_CONTROLS.sub("", BIDI_CONTROLS.sub("", text))


def fold(text: str) -> str:
    """Return `text` as machines compare it: cleaned, ASCII digits, no tatweel. Idempotent."""
    return to_ascii_digits(clean(text).replace(TATWEEL, ""))
