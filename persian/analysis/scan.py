"""Where the words of a text are, and which of them stand so close that they may be one word written apart."""

import re
from dataclasses import dataclass
from functools import lru_cache

from persian.text import ZWNJ

from .letters import fold

LONGEST_WORD = 64  # letters; both databases keep such a word whole
_ARABIC = "ؠ-يٮٯٱ-ۓەۮۯۺ-ۼۿݐ-ݿࢠ-ࣇﭐ-ﮱﯓ-ﴽﵐ-ﷻ\ufdfcﹰ-ﻼ"
# What may stand inside a word and is not seen: marks, joiners, direction controls, the optional hyphen of old Word files.
_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u08d3-\u08ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
_HIDDEN = rf"{_MARKS}\u00ac\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b"
_OTHER = rf"[^\W_{_ARABIC}]"
_WORD = re.compile(
    rf"[{_ARABIC}](?:[{_HIDDEN}]*[{_ARABIC}])*[{_MARKS}]*|{_OTHER}(?:[{_HIDDEN}]*{_OTHER})*[{_MARKS}]*"
)
# A gap that people also leave out: spaces on one line, or one hyphen.
_NARROW = re.compile(rf"[ \u00a0\u2000-\u200a\u202f{_HIDDEN}]{{0,6}}|[-\u2010\u2011]")
# What an index token may hold: letters that both databases know as letters, and ASCII digits.
_PIECES = re.compile("[0-9]+|[a-zα-ωа-яѐ-ӿա-և]+|[א-ת]+|[ء-غف-يٮ-ۓەۮۯۺ-ۼۿ]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: offsets in the text as given, its folded parts between half-spaces, whether it stands next to the one before."""

    start: int
    end: int
    parts: tuple[str, ...]
    near: bool
    has_thousands: bool = False

    @property
    def is_number(self) -> bool:
        return len(self.parts) == 1 and self.parts[0].isdecimal()


@lru_cache(maxsize=16384)
def _parts(written: str) -> tuple[str, ...]:
    return tuple(piece[:LONGEST_WORD] for piece in _PIECES.findall(fold(written)))


def words(text: str) -> list[Word]:
    """Return the words of `text` in order: «کتاب‌ها» has two parts, «covid۱۹» too. Linear in the length of `text`."""
    found: list[Word] = []
    end = -1
    for match in _WORD.finditer(text):
        if parts := _parts(match[0]):
            near = end >= 0 and match.start() - end <= 6 and bool(_NARROW.fullmatch(text, end, match.start()))
            end = match.end()
            found.append(Word(match.start(), end, parts, near))
    return found


def gap(text: str, before: Word, after: Word) -> str:
    """What stands between two words, cut at eight characters."""
    return text[before.end : min(after.start, before.end + 8)]


def without_half_spaces(text: str) -> str:
    """Return folded `text` without ZWNJ."""
    return fold(text).replace(ZWNJ, "")
