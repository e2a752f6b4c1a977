"""Rules for letters, digits, punctuation, quotation marks and spaces."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from .characters import (
    DIGITS,
    END,
    FOREIGN,
    FORMS,
    LATIN,
    LETTERS,
    MARKS,
    PERSIAN_DIGITS,
    SPACES,
    TATWEEL,
    WORD,
)
from .model import Edit, Kind

_FOREIGN_LETTERS = "يىكڪەہھۀۂ"
_TO_PERSIAN = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ڪ": "ک", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "هٔ", "ۂ": "هٔ"}
)
_ANY_WORD = re.compile(rf"[{WORD}{FORMS}]+")
_FOREIGN = re.compile(f"[{FORMS}{_FOREIGN_LETTERS}]")
_TEH_MARBUTA = re.compile(rf"(?<=[{WORD}])(ا?)ة{END}(?!{SPACES}ال)")
_STRETCHED = re.compile(rf"(?<=[{LETTERS}{MARKS}]){TATWEEL}+(?=[{LETTERS}{MARKS}])")
_STRETCHED_END = re.compile(rf"(?<=[{LETTERS}{MARKS}])(?<!ه){TATWEEL}+(?![{WORD}])")  # «هـ.ش» is wanted

_NUMBER = re.compile(rf"(?<![{DIGITS}+{LATIN}_])[{DIGITS}]+(?:[.,/:٫٬-][{DIGITS}]+)*(?![{LATIN}_])")
_THOUSANDS = re.compile(r"[۰-۹]{1,3}(?:,[۰-۹]{3})+")
_TO_PERSIAN_DIGITS = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹" * 2)
_LATIN_MARKS = {",": "،", ";": "؛", "?": "؟", "%": "٪"}
_LATIN_MARK = re.compile(
    rf"(?<=[{WORD}{PERSIAN_DIGITS}{FOREIGN}»)\]]){SPACES}[,;?%]|(?<=[{WORD}{PERSIAN_DIGITS}{FOREIGN}»)\]؟!])[,;?%]"
)
_THREE_DOTS = re.compile(r"(?<![.…])\.{3}(?![.…])")
_STRONG = re.compile(rf"[{WORD}{PERSIAN_DIGITS}]+|[{LATIN}]+|\n")
_STRONG_LETTERS = re.compile(rf"[{WORD}]+|[{LATIN}]+|\n")

_ENDS = f"{WORD}{PERSIAN_DIGITS}{FOREIGN}»)\\]٪…"
_SPACE_BEFORE_MARK = re.compile(
    rf"(?<=[{_ENDS}]){SPACES}(?=[،؛؟»)\]])|(?<=[{_ENDS}؟!]){SPACES}(?=[.:!](?:[\s»)\]]|\Z))|(?<=[{PERSIAN_DIGITS}]){SPACES}(?=٪)"
)
_SPACE_AFTER_OPENING = re.compile(rf"(?<=[«(\[]){SPACES}(?=[{WORD}{PERSIAN_DIGITS}«])")
_NO_SPACE_AFTER_MARK = re.compile(
    rf"(?<=[{WORD}{PERSIAN_DIGITS}»)])[،؛؟!:](?=[{LETTERS}])|(?<=[{LETTERS}]{{3}})\.(?=[{LETTERS}]{{2}})"
)
_NO_SPACE_BEFORE_QUOTE = re.compile(rf"(?<=[{LETTERS}{MARKS}])«(?=[{LETTERS}])")
_SPACES_TWICE = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")

_LINE = re.compile(r"[^\n]+")
_QUOTE = re.compile('["“”]')
_PERSIAN_LETTER = re.compile(f"[{LETTERS}]")
_SHORT_QUOTE = 60  # up to here both marks are one proposal


class Neighbours:
    """What language stands before and after a place, on its own line."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        found = [(match.start(), match.group()[0]) for match in pattern.finditer(text)]
        self._starts = [start for start, _first in found]
        self._is_persian = [
            first != "\n" and not first.isascii() and first >= "\u0620" for _start, first in found
        ]
        self._is_break = [first == "\n" for _start, first in found]

    def before(self, place: int) -> bool | None:
        """True for Persian, False for another script, None where the line begins."""
        index = bisect_left(self._starts, place) - 1
        return None if index < 0 or self._is_break[index] else self._is_persian[index]

    def after(self, place: int) -> bool | None:
        index = bisect_left(self._starts, place)
        return None if index == len(self._starts) or self._is_break[index] else self._is_persian[index]

    def is_persian(self, start: int, end: int) -> bool:
        """Whether what stands around is Persian on one side at least, and nothing else on the other."""
        sides = (self.before(start), self.after(end))
        return True in sides and False not in sides


def letters(text: str) -> Iterator[Edit]:
    for match in _ANY_WORD.finditer(text):
        if not _FOREIGN.search(match.group()):
            continue
        word = "".join(unicodedata.normalize("NFKC", c) if c >= "\ufb50" else c for c in match.group())
        yield Edit(*match.span(), word.translate(_TO_PERSIAN), Kind.LETTERS)
    for match in _TEH_MARBUTA.finditer(text):
        yield Edit(*match.span(), "ات" if match[1] else "ه", Kind.LETTERS)
    for pattern in (_STRETCHED, _STRETCHED_END):
        for match in pattern.finditer(text):
            yield Edit(*match.span(), "", Kind.TATWEEL)


def digits(text: str) -> Iterator[Edit]:
    around = Neighbours(text, _STRONG_LETTERS)
    for match in _NUMBER.finditer(text):
        number = match.group()
        in_persian = number.translate(_TO_PERSIAN_DIGITS)
        is_foreign = not any("۰" <= digit <= "۹" for digit in number)
        if is_foreign and not around.is_persian(*match.span()):
            continue
        if _THOUSANDS.fullmatch(in_persian):
            in_persian = in_persian.replace(",", "٬")
        if in_persian != number:
            yield Edit(*match.span(), in_persian, Kind.DIGITS)


def punctuation(text: str) -> Iterator[Edit]:
    around = Neighbours(text, _STRONG)
    for match in _LATIN_MARK.finditer(text):
        mark, place = match.group()[-1], match.end() - 1
        before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
        if mark == "%" and not "۰" <= before <= "۹":
            continue
        if "۰" <= before <= "۹" and after.isdigit():  # within a number
            continue
        if around.before(place):
            yield Edit(*match.span(), _LATIN_MARKS[mark], Kind.PUNCTUATION)
    for match in _THREE_DOTS.finditer(text):
        if around.is_persian(*match.span()):
            yield Edit(*match.span(), "…", Kind.ELLIPSIS)


def quotes(text: str) -> Iterator[Edit]:
    for line in _LINE.finditer(text):
        marks = [line.start() + match.start() for match in _QUOTE.finditer(line.group())]
        if len(marks) % 2:
            continue  # nobody knows which one stands alone
        depth, seen = 0, line.start()  # how many «…» are open
        for start, end in zip(marks[::2], marks[1::2], strict=True):
            depth += text.count("«", seen, start) - text.count("»", seen, start)
            seen = start
            if depth <= 0 and _is_quotation(text, start, end):
                yield from _guillemets(text, start, end)


def _is_quotation(text: str, start: int, end: int) -> bool:
    """Whether the two marks hold Persian words, no other quotation, and stand where quotation marks stand."""
    before, after = text[start - 1 : start] if start else "", text[end + 1 : end + 2]
    content = text[start + 1 : end]
    apart = not (before.isalnum() or after.isalnum())
    return apart and not {"«", "»"} & set(content) and bool(_PERSIAN_LETTER.search(content))


def _guillemets(text: str, start: int, end: int) -> Iterator[Edit]:
    content = text[start + 1 : end]
    if len(content) <= _SHORT_QUOTE and FOREIGN not in content:
        yield Edit(start, end + 1, f"«{content.strip(' ')}»", Kind.QUOTES)
    else:
        yield Edit(start, start + 1, "«", Kind.QUOTES)
        yield Edit(end, end + 1, "»", Kind.QUOTES)


def spaces(text: str) -> Iterator[Edit]:
    for pattern in (_SPACE_BEFORE_MARK, _SPACE_AFTER_OPENING):
        for match in pattern.finditer(text):
            yield Edit(*match.span(), "", Kind.SPACE_BEFORE)
    for match in _NO_SPACE_AFTER_MARK.finditer(text):
        yield Edit(*match.span(), match.group() + " ", Kind.SPACE_AFTER)
    for match in _NO_SPACE_BEFORE_QUOTE.finditer(text):
        yield Edit(*match.span(), " «", Kind.SPACE_AFTER)
    around = Neighbours(text, _STRONG)
    for match in _SPACES_TWICE.finditer(text):
        if around.before(match.start()) or around.after(match.end()):
            yield Edit(*match.span(), " ", Kind.SPACES)
