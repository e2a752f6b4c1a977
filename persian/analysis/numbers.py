"""Numbers however their digits are grouped: «۰۹۱۲ ۳۴۵ ۶۷۸۹», «۱۲٬۳۰۰», «+98 31 3267-3075», «۱۴۰۵/۹/۲», «۲ آذر ۱۴۰۵»."""

import re
from collections.abc import Iterator

from persian.months import MONTHS

from .scan import Word, gap

# One separator with at most a space on each side, or a bracket: what stands inside a telephone number or a date.
_INSIDE = re.compile(r" ?[-‐‑–−/.٫٬,،:]? ?| ?[()] ?")
_DATE_GAP = re.compile(r" ?[-‑/.٫] ?")
_THOUSANDS = re.compile(r"[٬,،'’]")
_MOST_GROUPS, _MOST_DIGITS = 6, 16
_MOBILE = re.compile(r"(?:0098|98|0)?(9\d{9})")
_LANDLINE = re.compile(r"(?:0098|98|0)([1-8]\d)(\d{8})")
MONTH_NUMBERS = {
    spelling: number
    for number, name in enumerate(MONTHS, start=1)
    for spelling in (name, name.replace("آ", "ا"))
} | {"امرداد": 5}


def joined_thousands(text: str, words: list[Word]) -> list[Word]:
    """`words` with «۱۲٬۳۰۰» as the one number 12300."""
    result: list[Word] = []
    for word in words:
        last = result[-1] if result else None
        if (
            last
            and last.is_number
            and word.is_number
            and _THOUSANDS.fullmatch(gap(text, last, word))
            and len(word.parts[0]) == 3
            and (len(last.parts[0]) <= 3 or last.has_thousands)
        ):
            number = last.parts[0] + word.parts[0]
            result[-1] = Word(last.start, word.end, (number,), last.near, has_thousands=True)
        else:
            result.append(word)
    return result


def with_code(digits: str) -> tuple[str, ...]:
    """The one form of a telephone number with a code: 989123456789 → ("09123456789",); () for other numbers."""
    if mobile := _MOBILE.fullmatch(digits):
        return (f"0{mobile[1]}",)
    if landline := _LANDLINE.fullmatch(digits):
        return (f"0{landline[1]}{landline[2]}",)
    return ()


def without_code(digits: str) -> str:
    """A telephone number as it is dialled in its own city: 03132673075 → 32673075; other numbers as they are."""
    landline = _LANDLINE.fullmatch(digits)
    return landline[2] if landline else digits


def joins(text: str, words: list[Word]) -> Iterator[tuple[int, int, str]]:
    """Numbers written in groups: indexes of the first and of the last group, and all digits in one."""
    for first, word in enumerate(words):
        if not word.is_number:
            continue
        digits = word.parts[0]
        for last in range(first + 1, min(first + _MOST_GROUPS, len(words))):
            if not words[last].is_number or not _INSIDE.fullmatch(gap(text, words[last - 1], words[last])):
                break
            digits += words[last].parts[0]
            if len(digits) > _MOST_DIGITS:
                break
            yield first, last, digits


def dates(text: str, words: list[Word]) -> Iterator[tuple[int, int, str]]:
    """Days, as 14050902 whatever way they are written: indexes of the first and of the last word, and the day."""
    for first in range(len(words) - 2):
        one, two, three = words[first : first + 3]
        if not (one.is_number and three.is_number):
            continue
        month = two.parts[0] if two.is_number else str(MONTH_NUMBERS.get("".join(two.parts), ""))
        between = [gap(text, one, two), gap(text, two, three)]
        if two.is_number and not all(_DATE_GAP.fullmatch(space) for space in between):
            continue
        if not two.is_number and not (two.near and three.near):
            continue
        if day := _day(one.parts[0], month, three.parts[0]):
            yield first, first + 2, day


_TENS = {"بیست": 20, "سی": 30}
_DAYS = {
    word: day
    for day, words in enumerate(
        [
            "یک یکم اول",
            "دو دوم",
            "سه سوم",
            "چهار چهارم",
            "پنج پنجم",
            "شش ششم",
            "هفت هفتم",
            "هشت هشتم",
            "نه نهم",
            "ده دهم",
            "یازده یازدهم",
            "دوازده دوازدهم",
            "سیزده سیزدهم",
            "چهارده چهاردهم",
            "پانزده پانزدهم",
            "شانزده شانزدهم",
            "هفده هفدهم",
            "هجده هجدهم هیجده هیجدهم",
            "نوزده نوزدهم",
        ],
        start=1,
    )
    for word in words.split()
} | {"بیست": 20, "بیستم": 20, "سی": 30, "سیم": 30, "سیام": 30}


def month_days(text: str, words: list[Word]) -> Iterator[tuple[int, int, str]]:
    """Days of a month without the year, as d0820: «۲۰ آبان», «بیستم آبان‌ماه», «بیست و یکم آبان», and those in whole dates."""
    for first, last, day in dates(text, words):
        yield first, last, f"d{day[4:]}"
    for last, word in enumerate(words):
        month = MONTH_NUMBERS.get(word.parts[0], 0) if word.parts[1:] in ((), ("ماه",)) else 0
        if not (month and last and word.near):
            continue
        first, number = _number_before(words, last)
        if 1 <= number <= 31:
            yield first, last, f"d{month:02}{number:02}"


def _number_before(words: list[Word], index: int) -> tuple[int, int]:
    """The number that ends right before a word: the index of its first word, and its value (0: none)."""
    last = index - 1
    value = _number_of(words[last])
    if words[last].parts == ("ام",) and last and words[last].near and words[last - 1].parts == ("سی",):
        return last - 1, 30
    if 0 < value < 10 and last >= 2 and words[last].near and words[last - 1].near:
        tens = _TENS.get("".join(words[last - 2].parts))
        if tens and words[last - 1].parts == ("و",):
            return last - 2, tens + value
    return last, value


def _number_of(word: Word) -> int:
    """1 to 31 for a number or its name, whatever else 0; a number of more than two digits is no day."""
    written = "".join(word.parts)
    if word.is_number:
        return int(written) if len(written) <= 2 else 0
    return _DAYS.get(written, 0)


def _day(one: str, month: str, three: str) -> str:
    year, day = (one, three) if len(one) == 4 else (three, one)
    if (
        re.fullmatch(r"1[234]\d\d|19\d\d|20\d\d", year)
        and re.fullmatch(r"\d{1,2}", day)
        and re.fullmatch(r"\d{1,2}", month)
    ):
        return f"{year}{month:0>2}{day:0>2}" if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 else ""
    return ""
