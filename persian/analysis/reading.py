"""The words of a text as a reader takes them: endings that stand apart join their word, a half-space too many parts two."""

from . import lexicon, numbers, verbs
from .scan import Word, words
from .stems import PLURAL_ENDINGS, SPACED_ENDINGS, VERB_PREFIXES, canonical, is_persian, known_stems_of

# Endings that are words as well («شأن», «تر») and those that stand apart only after ه, ا and و.
_NOT_BY_A_SPACE = frozenset(["مان", "تان", "شان", "مون", "تون", "شون", "اند"])
# What a participle may be written in one with, by a half-space: «نوشته‌شده», «رفته‌بودند».
_AUXILIARIES = frozenset(
    ["شد", "شده", "شدن", "شدند", "شود", "شوند", "نشده", "بود", "بودند", "بوده", "باشد", "باشند"]
)
_VERB_BEGINNINGS = ("می", "نمی", "برمی", "برنمی")  # «در بر می‌گیرد»
_AFTER_VOWELS = frozenset(["ای", "ام", "ات", "اش", "ی"])


def read(text: str) -> list[Word]:
    """Return the words of `text` in order. Linear."""
    found = _with_endings(_parted(numbers.joined_thousands(text, words(text))))
    return [_relative(word, found[index + 1 : index + 2]) for index, word in enumerate(found)]


def without_endings(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a word without می and without endings: («کتاب», «های», «مان») → («کتاب»,)."""
    start = 1 if len(parts) > 1 and parts[0] in VERB_PREFIXES else 0
    end = len(parts)
    while end - start > 1 and parts[end - 1] in SPACED_ENDINGS:
        end -= 1
    return parts[start:end]


def _parted(found: list[Word]) -> list[Word]:
    """«شبکه‌های‌اجتماعی» is two words, «نوشته‌شده» too: something comes after a plural ending, or after a participle."""
    result: list[Word] = []
    for word in found:
        start = 0
        for index in range(len(word.parts) - 1):
            if _ends_between(word.parts[index], word.parts[index + 1], index):
                result.append(
                    Word(word.start, word.end, word.parts[start : index + 1], start > 0 or word.near)
                )
                start = index + 1
        result.append(Word(word.start, word.end, word.parts[start:], True) if start else word)
    return result


def _ends_between(part: str, after: str, index: int) -> bool:
    is_plural = index > 0 and part in PLURAL_ENDINGS and after not in SPACED_ENDINGS
    return is_plural or (after in _AUXILIARIES and part in verbs.participles())


def _belong_together(before: Word, after: Word) -> bool:
    if not after.near or not is_persian(before.parts[0]):
        return False
    first, second = "".join(before.parts), "".join(after.parts)
    if first in VERB_PREFIXES or (first in verbs.preverbs() and second.startswith(_VERB_BEGINNINGS)):
        return bool(known_stems_of(canonical(first + second)))
    if second in _AFTER_VOWELS:
        return len(first) > 2 and first[-1] in ("هیاو" if second in ("ام", "ات", "اش") else "هاو")
    return second in SPACED_ENDINGS - _NOT_BY_A_SPACE and first not in lexicon.stop_words()


def _with_endings(found: list[Word]) -> list[Word]:
    """«کتاب های» and «می شود» are one word each, as if a half-space stood there."""
    result: list[Word] = []
    for word in found:
        while result and _belong_together(result[-1], word):  # «در» to «بر می‌گیرد» after «بر» to «می‌گیرد»
            before = result.pop()
            word = Word(before.start, word.end, before.parts + word.parts, before.near)
        result.append(word)
    return result


def _relative(word: Word, after: list[Word]) -> Word:
    """A ی before «که» is an ending, also of what could be an adjective: «مالیاتی که» speaks of a «مالیات»."""
    last = word.parts[-1]
    if (
        after
        and after[0].near
        and after[0].parts == ("که",)
        and last.endswith("ی")
        and last[:-1] in lexicon.words()
    ):
        return Word(word.start, word.end, (*word.parts[:-1], last[:-1], "ی"), word.near)
    return word
