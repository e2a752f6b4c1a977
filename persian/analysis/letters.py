"""One form for every way to write a letter: what a search compares is folded, what is stored and shown is not.

Sources: Unicode Standard, chapter 9.2 (Arabic) and annex 15 (normalization); «دستور خط فارسی» of the Academy (1401).
"""

import re
import unicodedata

from persian.text import BIDI_CONTROLS, TO_ASCII_DIGITS, TO_PERSIAN_LETTERS, ZWNJ

# Letters of neighbours' alphabets, by the Persian letter that a reader takes them for.
_LOOKALIKES = {
    "ا": "ٱٲٳٵٴ",
    "ه": "ةەہھۂۃۀ",
    "و": "ؤۆۇۈۉۊۋۅۄٶٷ",
    "ی": "ئېےۓێۍۑؠٸ",
    "ک": "ڪػؼڬڭڮ",
    "گ": "ګڰڱڲڳڴ",
    "ر": "ڕڔڒړڗ",
    "ل": "ڵڶڷڸ",
    "ن": "ںڻڼڹ",
    "ت": "ټٹٺټ",
    "د": "ڈډڊڋڍ",
    "ز": "ځ",
    "ج": "ڄ",
    "چ": "څڇ",
    "پ": "ڀ",
    "ف": "ڤڡ",
    "ق": "ٯ",
    "س": "ښڛ",
}
# The optional hyphen of old Word files and the zero-width space stand where a half-space was meant.
_HALF_SPACES = "\u00ac\u200b"
_TABLE = (
    {ord(lookalike): letter for letter, group in _LOOKALIKES.items() for lookalike in group}
    | {ord(character): ZWNJ for character in _HALF_SPACES}
    | {ord("آ"): "آ", ord("ء"): "", ord("ـ"): "", ord(ZWNJ): ZWNJ}
    | {source: chr(target) for source, target in TO_ASCII_DIGITS.items()}
    | {source: str(target) for source, target in TO_PERSIAN_LETTERS.items()}
)
# Already as plain as it gets: most words of most texts.
_PLAIN = re.compile(rf"[آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی{ZWNJ} a-z0-9]*")
_KEPT_CONTROLS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"  # they part words
_MOST_REMEMBERED = 4096


def _fold_character(character: str) -> str:
    if (known := _TABLE.get(ord(character))) is not None:
        return known
    category = unicodedata.category(character)
    if BIDI_CONTROLS.match(character) or category[0] == "M" or category in ("Cf", "Cs", "Co", "Cn"):
        return ""
    if category == "Cc":
        return character if character in _KEPT_CONTROLS else ""
    simpler = unicodedata.normalize("NFKD", character).casefold()
    return character if simpler == character else "".join(map(_fold_character, simpler))


class _Folding(dict[int, str]):
    """A table for `str.translate` that learns each character once, and never grows without bound."""

    def __missing__(self, codepoint: int) -> str:
        folded = _fold_character(chr(codepoint))
        if len(self) < _MOST_REMEMBERED:
            self[codepoint] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return `text` as a search compares it: one form of every letter, ASCII digits, no marks. Total and idempotent.

    ZWNJ stays, and so does آ, which tells «آن» from «ان». «مسؤول» and «مسئول» become one, «سئوال» and «سؤال» too.
    """
    if _PLAIN.fullmatch(text):
        return text
    composed = unicodedata.normalize("NFC", text)
    return composed.replace("ؤو", "ئو").replace("ئوا", "ؤا").translate(_FOLDING)
