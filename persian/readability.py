"""How long a Persian text takes to read, and how hard it is. Standard library only.

A half-space binds a word: «می‌شود» is one word of five letters. A sentence ends with . ! ؟ … or with its line.
"""

import re
from dataclasses import dataclass
from typing import Literal

from .proofread.characters import DIGITS, LETTERS, MARKS, TATWEEL, ZWNJ

#: Silent reading. No large study has measured Persian; between Arabic (181) and Hebrew (224), whose scripts leave short vowels
#: out as well: Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109 (2019).
WORDS_PER_MINUTE = 200
#: Fewer words say nothing about a text.
FEWEST_WORDS = 30
#: A line without an end mark is a sentence from so many words on.
SHORTEST_LINE = 8

_WORD = re.compile(rf"[{DIGITS}]+(?:[.,/:٫٬][{DIGITS}]+)*|[^\W_][\w{MARKS}]*(?:{ZWNJ}+[\w{MARKS}]+)*")
_SENTENCE_END = re.compile(r"[.!?؟…]+(?=[\s»”\")\]]|\Z)|\n+")
_ENDS = re.compile(r"[.!?؟…][»”\")\]]*\s*\Z")
_SILENT = re.compile(f"[{MARKS}{TATWEEL}]")
_PERSIAN = re.compile(f"[{LETTERS}]")

Level = Literal["easy", "fair", "hard"]


@dataclass(frozen=True, slots=True)
class Readability:
    """`minutes` is rounded, at least 1 for any word. `score` is Flesch–Dayani, higher is easier; None for too few words."""

    words: int
    sentences: int
    minutes: int
    score: float | None

    @property
    def level(self) -> Level | None:
        """By the steps of Flesch's scale: plain language from 60, a text for specialists under 40."""
        if self.score is None:
            return None
        return "easy" if self.score >= 60 else "fair" if self.score >= 40 else "hard"


def measure(text: str) -> Readability:
    """Return the figures of a plain text, its paragraphs apart by newlines."""
    words = _WORD.findall(text)
    minutes = max(1, round(len(words) / WORDS_PER_MINUTE)) if words else 0
    return Readability(len(words), _sentences(text), minutes, _score(text))


def _sentences(text: str) -> int:
    return sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))


def _prose(text: str) -> str:
    """Return the lines that are sentences; headings, links and labels are read at a glance and would make any page easy."""
    lines = text.splitlines()
    return "\n".join(
        line for line in lines if _ENDS.search(line) or len(_WORD.findall(line)) >= SHORTEST_LINE
    )


def _score(text: str) -> float | None:
    """Return 262.835 - 0.846 × (syllables in 100 words) - 1.015 × (words in a sentence).

    Flesch's formula with the constant that M. H. Dayani found for Persian school books (1379), 56 above Flesch's own.
    The book was not at hand: the constants are those that later software quotes of it.
    """
    prose = _prose(text)
    words = _WORD.findall(prose)
    if len(words) < FEWEST_WORDS:
        return None
    spoken = [word for word in words if _PERSIAN.search(word)]
    if not spoken:
        return None
    syllables_in_100 = 100 * sum(map(syllables, spoken)) / len(spoken)
    return 262.835 - 0.846 * syllables_in_100 - 1.015 * len(words) / _sentences(prose)


def syllables(word: str) -> float:
    """Return about how many syllables a written Persian word has; right in the mean of a text, not for each word.

    A syllable is one consonant, one vowel, and no, one or two consonants; short vowels are not written. Vowel letters are
    counted, and short vowels reckoned from the consonants that stand together, by the means below.
    """
    return sum(map(_syllables, filter(None, word.split(ZWNJ))))


def _syllables(part: str) -> float:
    letters = _SILENT.sub("", part)
    count = run = 0.0  # consonants since the last vowel
    is_start = True
    for place in range(len(letters)):
        if _is_vowel(letters, place):
            hidden = _hidden(_AT_START if is_start else _BETWEEN, run - 1)
            count, run, is_start = count + 1 + hidden, 0, False
        else:
            run += 1
    return max(1.0, count + _hidden(_AT_START if is_start else _AT_END, run - is_start))


# Short vowels among 0, 1, 2, … consonants: before a vowel's own («سـ» in «سلام», «شهر», «مدر»), between vowels («جامعه»,
# «کارمند»), after the last one («کار», «ساخت», «کارگر»).
_AT_START = (0.0, 1.0, 1.4, 1.8, 2.3)
_BETWEEN = (0.0, 0.35, 0.9, 1.3, 1.7)
_AT_END = (0.0, 0.0, 0.65, 1.1, 1.5)


def _hidden(means: tuple[float, ...], consonants: float) -> float:
    return means[max(0, min(int(consonants), len(means) - 1))]


def _is_vowel(letters: str, place: int) -> bool:
    letter, before, after = (
        letters[place],
        letters[place - 1 : place] if place else "",
        letters[place + 1 : place + 2],
    )
    if letter in "اآأإ":
        return True
    if letter in "وی":
        return bool(before) and before not in "اآوی" and after not in ("ا", "آ")
    return letter == "ه" and not after and len(letters) > 2 and before not in "اوی"
