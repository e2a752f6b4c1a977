"""The order of a Persian dictionary, as bytes that compare.

It is the Persian order of the Unicode Common Locale Data Repository (CLDR, `fa`), which PostgreSQL calls "fa-x-icu":
punctuation, digits, آ before ا, hamza and its carriers after ا, پ چ ژ گ in place, Persian and Arabic forms of a letter
together, then Latin letters, whose case counts last. One thing is ours: a half-space divides words as a space does.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .text import ARABIC_DIGITS, ASCII_DIGITS, PERSIAN_DIGITS, ZWNJ

_SYMBOL = "\ue000"  # stands for every sign that is not in the list
_PUNCTUATION = "_-‐–—,،٫٬;؛:!?؟.…۔·'‘’\"“”«»()[]{}§@*٭/\\&#%٪•`´^¨°©®+±÷×<=>|~" + _SYMBOL + "$£¥؋"
_DIGITS = map("".join, zip(ASCII_DIGITS, ARABIC_DIGITS, PERSIAN_DIGITS, strict=True))
# A word here is one letter in all its forms, the plain one first.
_LETTERS = (
    "آ اٱ ءأٲإٳؤئ ب ٻ پ ڀ ت ث ٹ ٺ ټ ٽ ٿ ج ڃ ڄ چ ڇ ح خ ځ څ د ذ ڈ ډ ڍ ڎ ر ز ڑ ړ ڕ ږ ژ ڙ س ش ښ ص ض ط ظ ع غ ڠ"
    " ف ڤ ڦ ق ڧ ڨ کڪګكڬڭڮ گ ڰ ڱ ڳ ل ڵ م ن ں ڻ ڼ و ۄ ۆ ۇ ۈ ۉ ۋ ۏ هەہۂةۃۀھ یىےۓيېۑۍێ"
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_UNHEARD = {"\u0640", *map(chr, [*range(0x610, 0x61B), *range(0x6D6, 0x6EE)])}  # tatweel, marks of recitation
_MARKS = "\u064e\u0650\u064f\u064b\u064d\u064c\u0651\u0652\u0653\u0654\u0655\u0670"

# Weights are characters: "\0" ends a level and "\1" is the plain form.
_WEIGHTS = {
    letter: (chr(number), chr(1 if letter.isdigit() else form))
    for number, letters in enumerate([" ", *_PUNCTUATION, *_DIGITS, *_LETTERS.split(), *_LATIN], 2)
    for form, letter in enumerate(letters, 1)
}
_SIGNS = _WEIGHTS[_SYMBOL][0]
_OTHER_SCRIPTS = chr(0x400)
_FIRST_MARK = 0x20


def sort_key(text: str) -> bytes:
    """Return what puts `text` in its place: letters first, then their forms and marks, then case, then the code points.

    Different texts have different keys, so the order is total; it is the order in which `order_by` sorts on both databases.
    """
    text = text.replace(ZWNJ, f" {ZWNJ}")
    letters = unicodedata.normalize("NFC", text).replace("ی\u0654", "ئ")
    levels = zip(*map(_levels, letters), strict=True) if letters else ("", "", "")
    return "\0".join([*map("".join, levels), text]).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=4096)
def _levels(character: str) -> tuple[str, str, str]:
    """Return the weights of a character as a letter, as a form of it, and as capital or small."""
    parts = list(_weights(character))
    return (
        "".join(part[0] for part in parts),
        "".join(part[1] for part in parts),
        "".join(part[2] for part in parts),
    )


def _weights(character: str, case: str = "\1") -> Iterator[tuple[str, str, str]]:
    category = unicodedata.category(character)
    if found := _WEIGHTS.get(character):
        yield (*found, case)
    elif character in _MARKS:
        yield "", chr(_FIRST_MARK + _MARKS.index(character)), case
    elif character.isspace():
        yield (*_WEIGHTS[" "], case)
    elif character in _UNHEARD or category in ("Cc", "Cf", "Cs"):
        return  # only the code points tell them apart
    elif (plain := unicodedata.normalize("NFKD", character)) != character:  # é, ﻻ, ½
        same = unicodedata.normalize("NFD", character) == plain
        for part in plain:
            yield from _weights(part, case if same else "\2")
    elif character.lower() != character:
        for small in character.lower():
            yield from _weights(small, "\2")
    elif category[0] == "M":
        yield "", chr(_FIRST_MARK + len(_MARKS)) + character, case
    else:
        yield (_SIGNS if category[0] in "PSN" else _OTHER_SCRIPTS) + character, "\1", case
