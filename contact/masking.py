"""Takes out of a text what tells who wrote it: names, numbers, addresses. Reads and returns text only.

It errs on the side of taking out too much: whoever looks it over sees every place and can put a harmless one back. What it
takes out depends on the numbers' own rules: national IDs by their check digit, cards by Luhn's (ISO/IEC 7812-1), Sheba
numbers by ISO 13616, tracking codes by ours; a number that is named («کد ملی: …») goes whatever its digits say.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from persian.national_id import check_digit as national_check_digit
from persian.telephone import national
from persian.text import TO_ASCII_DIGITS, TO_PERSIAN_LETTERS

from . import codes
from .masking_names import FOLDED_LETTERS, named_people


class Kind(TextChoices):
    """What was taken out; the label stands in its place, in brackets."""

    EMAIL = "email", _("e-mail")
    SHEBA = "sheba", _("Sheba number")
    CARD = "card", _("card number")
    SECRET = "secret", _("number")
    MOBILE = "mobile", _("mobile number")
    LANDLINE = "landline", _("telephone number")
    NATIONAL_ID = "national_id", _("national ID")
    CODE = "code", _("tracking code")
    POSTAL = "postal", _("postal code")
    NUMBER = "number", _("number of a document")
    PLATE = "plate", _("number plate")
    NAME = "name", _("name")


@dataclass(frozen=True)
class Part:
    """A piece of the text. `kind` is "" for what stays."""

    text: str
    kind: str = ""

    @property
    def placeholder(self) -> str:
        return f"[{Kind(self.kind).label}]"


#: Between two digits of one number: spaces, half-spaces, direction marks, dashes, dots, brackets.
_GAP = r"[\s\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\-‐-―−._()]{0,3}"
_WIDE = _GAP.replace("]", "/]")
_TAKEN = "\x00"
#: Every one is one character, so that places in the folded text are those in the text itself.
_FOLD: dict[int, int | str] = {**TO_ASCII_DIGITS, **TO_PERSIAN_LETTERS, **FOLDED_LETTERS}

Span = tuple[int, int]
Finder = Callable[[str], Iterator[Span]]


def mask(
    text: str, names: Iterable[str] = (), organizations: Iterable[str] = (), keep: Iterable[str] = ()
) -> list[Part]:
    """Cut `text` into what stays and what goes.

    `names`: people whose names go wherever they stand, the family name alone too, however they are spelled;
    `organizations`: the same, as a whole only. `keep`: telephones and e-mail addresses that may stay, such as the unit's.
    """
    kept = {_bare(value) for value in keep} - {""}
    folded = text.replace(_TAKEN, " ").translate(_FOLD)
    found: list[tuple[int, int, str]] = []
    for kind, find in (*_NUMBERS, (Kind.NAME, named_people(names, organizations))):
        for start, end in list(find(folded)):
            if _TAKEN in folded[start:end] or _bare(folded[start:end]) in kept:
                continue
            found.append((start, end, kind))
            folded = folded[:start] + _TAKEN * (end - start) + folded[end:]
    return list(_cut(text, sorted(found)))


def masked(parts: Iterable[Part]) -> str:
    """The text with a word in brackets for everything that went."""
    return "".join(part.placeholder if part.kind else part.text for part in parts)


def _cut(text: str, spans: list[tuple[int, int, str]]) -> Iterator[Part]:
    done = 0
    for start, end, kind in spans:
        if start > done:
            yield Part(text[done:start])
        yield Part(text[start:end], kind)
        done = end
    if done < len(text):
        yield Part(text[done:])


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _bare(value: str) -> str:
    """What two ways to write a telephone or an e-mail address have in common."""
    value = value.translate(_FOLD).strip().lower()
    return value if "@" in value else national(re.sub(r"[^\d+]", "", value))


# --- Numbers ---


def _run(count: int, gap: str = _GAP) -> str:
    return rf"\d(?:{gap}\d){{{count - 1}}}"


def _all(pattern: str, is_one: Callable[[str], bool] = lambda digits: True) -> Finder:
    """Finds what the pattern finds, `found` alone where it has such a group, if `is_one` says yes to the digits."""
    compiled = re.compile(pattern, re.IGNORECASE)
    group = "found" if "found" in compiled.groupindex else 0

    def find(text: str) -> Iterator[Span]:
        at = 0
        while match := compiled.search(text, at):
            start, end = match.span(group)
            good = is_one(_digits(match[group]))
            if good:
                yield start, end
            at = end if good else match.start() + 1

    return find


def is_card(digits: str) -> bool:
    """Luhn: from the right, every second digit doubled; the sum ends in zero."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return len(digits) == 16 and sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_sheba(digits: str) -> bool:
    """The 24 digits after IR: country and check digits go to the end, letters count from A = 10, modulo 97 is one."""
    return len(digits) == 24 and int(f"{digits[2:]}1827{digits[:2]}") % 97 == 1


def is_national_id(digits: str) -> bool:
    return len(set(digits)) > 1 and national_check_digit(digits[:-1]) == digits[-1]


#: Between the words of a name for a number: «شمارهٔ‌ملی».
_SPACE = r"[\s\u200c\u064b-\u065f]*"


def _named(words: str, least: int, most: int, gap: str = _WIDE) -> Finder:
    between = r"(?:[\s:؛،=\u200c\-–()]|من|بنده|اینجانب|ام|م|شما|بانکی){0,6}"
    return _all(rf"(?:{words}){between}(?<!\d)(?P<found>\d(?:{gap}\d){{{least - 1},{most - 1}}})(?!\d)")


_LETTER = r"(?:الف|معلولین|[بپتثجدزژسشصطظعفقکگلمنوهیDS])"
_BESIDE = r"[\s\u200c\-–/|()]{0,4}"
_PLATE = (
    rf"(?<!\d)\d\d{_BESIDE}{_LETTER}{_BESIDE}\d{{3}}{_BESIDE}(?:ایران)?{_BESIDE}\d\d(?!\d)"
    rf"|ایران{_BESIDE}\d\d{_BESIDE}\d{{3}}{_BESIDE}{_LETTER}{_BESIDE}\d\d(?!\d)"
)
_IRAN = rf"(?:(?:\+|00){_GAP}9{_GAP}8|(?<!\d)9{_GAP}8|(?<!\d)0)"

_NUMBERS: tuple[tuple[str, Finder], ...] = (
    (Kind.EMAIL, _all(r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")),
    (Kind.SHEBA, _all(rf"(?<![A-Z])IR{_WIDE}{_run(24, _WIDE)}(?!\d)")),
    (Kind.SHEBA, _all(rf"(?<!\d){_run(24, _WIDE)}(?!\d)", is_sheba)),
    (Kind.SHEBA, _named("شبا", 20, 26)),
    (Kind.CARD, _all(rf"(?<!\d){_run(16, _WIDE)}(?!\d)", is_card)),
    (Kind.SECRET, _all(rf"(?<!\d){_run(16)}(?!\d)")),
    (Kind.NATIONAL_ID, _named(rf"(?:کد|شماره){_SPACE}ملی", 8, 11)),
    (Kind.POSTAL, _named(rf"کد{_SPACE}پستی", 5, 10)),
    (Kind.CODE, _named(rf"(?:کد|رمز|شماره){_SPACE}(?:رهگیری|پیگیری|پرونده)", 4, 20)),
    (Kind.NUMBER, _named(rf"شماره{_SPACE}(?:شناسنامه|حساب|کارت|گذرنامه)", 3, 20)),
    (Kind.MOBILE, _all(rf"(?:{_IRAN}{_GAP}|(?<!\d))9(?:{_GAP}\d){{9}}(?!\d)")),
    (Kind.LANDLINE, _all(rf"{_IRAN}{_GAP}[1-8]{_GAP}\d{_WIDE}[2-9](?:{_GAP}\d){{7}}(?!\d)")),
    (Kind.NATIONAL_ID, _all(rf"(?<!\d){_run(10)}(?!\d)", is_national_id)),
    (
        Kind.CODE,
        _all(rf"(?<!\d){_run(codes.LENGTH)}(?!\d)", lambda digits: codes.parse_code(digits) is not None),
    ),
    (Kind.LANDLINE, _named("تلفن|تماس|منزل|نمابر|فکس|زنگ", 8, 8, _GAP)),
    (Kind.PLATE, _all(_PLATE)),
)


def parts_for(text: str, message: Any, keep: Iterable[str] = ()) -> list[Part]:
    """`text` masked for the public: the sender of `message` and the sender's organization have no name there."""
    return mask(text, names=[message.name], organizations=[message.sender_organization], keep=keep)
