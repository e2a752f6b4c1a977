"""Finding passages as a person copied them from a page: invisible marks between letters, digits of any family, wider spaces."""

import re
from collections.abc import Collection, Iterable

from django.utils.html import escape
from django.utils.translation import gettext_lazy

from persian.text import to_ascii_digits, to_persian_digits

#: What stands where something was.
HIDDEN = gettext_lazy("▇ redacted")

_MARKS = "[\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
#: The admin shows these Persian signs of numbers for the plain ones that were typed (`persian.numbers`).
_TYPED_AS = {"٫": ".", "٬": ",", "٪": "%", "×": "x"}
_TO_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_MARKUP = r"<style.*?</style>|<[^>]*>"


class Passages:
    """What is to be hidden; the longest first, so that no part of it is left beside the sign."""

    def __init__(self, passages: Iterable[str]) -> None:
        given = {passage.strip() for passage in passages}
        self.all = sorted(given - {""}, key=lambda passage: (-len(passage), passage))
        self._in_text = [re.compile(_pattern(passage)) for passage in self.all]
        self._in_markup = [re.compile(_pattern(passage, is_markup=True)) for passage in self.all]

    def missing_in(self, texts: Collection[str]) -> list[str]:
        """Those that stand in none of the texts."""
        found = zip(self.all, self._in_text, strict=True)
        return [passage for passage, pattern in found if not any(map(pattern.search, texts))]

    def are_in(self, text: str) -> bool:
        """Whether one of them at least stands there."""
        return any(pattern.search(text) for pattern in self._in_text)

    def without(self, text: str, most: int | None = None, kept: Iterable[str] = ()) -> str:
        """`text` with a sign in place of each; `most`: signs that fit in. What `kept` names is not looked into."""
        return _replace(self._in_text, text, [re.escape(words) for words in kept])[:most]

    def without_in_markup(self, html: str, kept: Iterable[str] = ()) -> str:
        """The same for HTML whose text was escaped; tags and styles stay."""
        return _replace(self._in_markup, html, [_MARKUP, *(re.escape(words) for words in kept)])


def _replace(patterns: list[re.Pattern[str]], text: str, kept: list[str]) -> str:
    parts = re.split(f"({'|'.join(kept)})", text, flags=re.DOTALL) if kept else [text]
    for place in range(0, len(parts), 2):  # between them stands what is kept
        for pattern in patterns:
            parts[place] = pattern.sub(str(HIDDEN), parts[place])
    return "".join(parts)


def _pattern(passage: str, *, is_markup: bool = False) -> str:
    pieces = []
    for word in re.findall(r"\s+|\S", passage):
        if word.isspace():
            pieces.append(r"\s+")
            continue
        plain = to_ascii_digits(word)
        ways = {
            word,
            plain,
            to_persian_digits(plain),
            plain.translate(_TO_ARABIC_DIGITS),
            _TYPED_AS.get(word, word),
        }
        if is_markup:
            ways = {str(escape(way)) for way in ways}
        pieces.append(f"(?:{'|'.join(map(re.escape, sorted(ways)))})")
    return _MARKS.join(pieces)
