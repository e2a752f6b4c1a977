"""What no rule touches: addresses, code, Latin passages, and Arabic with its vowel marks."""

import re
from bisect import bisect_left
from operator import itemgetter

from .characters import LATIN, LETTERS, PERSIAN_DIGITS, WORD, ZWNJ

Spans = list[tuple[int, int]]

_HARAKAT = "\u064b-\u0652\u0670"
_NO_HARAKAT = rf"{LETTERS}\u0653-\u065f"

# Every part begins where no other could have begun, and gives nothing back: linear in the length of any text.
_SHIELDED = re.compile(
    "|".join(
        [
            r"`[^`\n]*+`",  # code
            r"&#?\w{1,20}+;",  # a character written as its name
            r"(?:https?://|www\.)[^\s«»]++",
            r"(?<![\w.+-])[\w.+-]++@[\w-][\w.-]*+",
            rf"[#@][\w{ZWNJ}]++",
            r"\+[0-9](?:[0-9 ()-]*[0-9])?",  # a telephone number as the world writes it
            # Names of hosts and files, those under the Persian top-level domain too.
            r"(?<![\w.-])[\w-]++(?:\.[\w-]+)*\.(?:[A-Za-z]{2,6}|ایران)(?!\w)(?:/[^\s«»]*+)?",
            # A Latin passage with all that stands between its first letter and its last.
            rf"(?<![0-9])[0-9]*+[{LATIN}](?:[^\n{WORD}{PERSIAN_DIGITS}]*[{LATIN}0-9])?",
            r"﴿[^﴿﴾\n]*+﴾",
            # Two vowel marks in a word: a verse, a hadith, an Arabic phrase. A Persian word has one at most.
            rf"(?<![{WORD}])[{_NO_HARAKAT}]++[{_HARAKAT}]++[{_NO_HARAKAT}]++[{_HARAKAT}][{WORD}]*+",
        ]
    )
)


def shields(text: str) -> Spans:
    """Return the spans of `text` that are left alone: sorted, apart from each other."""
    return [match.span() for match in _SHIELDED.finditer(text)]


def is_free(spans: Spans, start: int, end: int) -> bool:
    """Whether no span has a character in common with `start` to `end`."""
    after = bisect_left(spans, end, key=itemgetter(0))
    return after == 0 or spans[after - 1][1] <= start
