"""What of a text stands in an index: words, neighbours that may be one word, numbers in groups, dates."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from . import lexicon, numbers
from .letters import fold
from .scan import Word, words
from .stems import SPACED_ENDINGS, VERB_PREFIXES, canonical, is_persian, known_stems_of, stems_of

STEM_MARK = "zq"
LONGEST_JOIN = 20  # letters
_AND = "و"
# Nobody writes these in one with a neighbour, except in words that the lexicon knows («درخواست»).
NEVER_JOINED = frozenset(
    ["و", "در", "به", "از", "که", "را", "با", "برای", "این", "آن", "تا", "یا", "بر", "است", "هر"]
)


@dataclass(frozen=True, slots=True)
class Forms:
    """How one word may be spelt, which words it may be a form of, and which words it was perhaps put together from."""

    surfaces: tuple[str, ...]
    stems: frozenset[str]
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Forms of the words `first` to `last` (indexes, both included) of a text."""

    first: int
    last: int
    forms: Forms
    is_number: bool = False


def without_endings(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a word without می and without endings: («کتاب», «های», «مان») → («کتاب»,)."""
    start = 1 if len(parts) > 1 and parts[0] in VERB_PREFIXES else 0
    end = len(parts)
    while end - start > 1 and parts[end - 1] in SPACED_ENDINGS:
        end -= 1
    return parts[start:end]


@lru_cache(maxsize=32768)
def forms(parts: tuple[str, ...]) -> Forms:
    """Forms of a word given by its folded parts."""
    whole = canonical("".join(parts))
    if not is_persian(whole):
        # PostgreSQL reads 1e5a as a number and a letter.
        name = STEM_MARK + whole if len(parts) > 1 and whole[0].isdecimal() else whole
        return Forms((name,), stems_of(whole) if len(parts) == 1 else frozenset())
    surfaces = [whole]
    core = without_endings(parts)
    if len(core) > 2 and _AND in core[1:-1]:
        surfaces.append(canonical("".join(part for part in parts if part != _AND)))
    stems = set().union(*map(stems_of, surfaces))
    members: list[str] = []
    # «خانه‌ای» is a «خانه», but «حرفه‌ای» is a word of its own.
    if len(core) < len(parts) and whole not in lexicon.words():
        stems |= stems_of(canonical("".join(core)))
    if len(core) > 2:
        surfaces += [canonical(one + two) for one, two in itertools.pairwise(core) if _AND not in (one, two)]
    if len(core) > 1 and not stems & lexicon.words_and_plain():
        members = [
            stem
            for part in core
            if len(part) > 2
            for stem in stems_of(canonical(part))
            if stem in lexicon.words()
        ]
    return Forms(tuple(dict.fromkeys(surfaces)), frozenset(stems), tuple(dict.fromkeys(members)))


@lru_cache(maxsize=32768)
def joined_forms(parts: tuple[str, ...]) -> Forms:
    """Forms of neighbours as the one word that they perhaps are; «و» between two may be left out."""
    whole = canonical("".join(parts))
    if not is_persian(whole):
        return forms(parts)
    surfaces = [whole]
    if len(parts) > 2 and _AND in parts[1:-1]:
        surfaces.append(canonical("".join(part for part in parts if part != _AND)))
    stems = set().union(*map(known_stems_of, surfaces))
    core = without_endings(parts)
    if len(core) < len(parts):
        stems |= stems_of(canonical("".join(core)))
    return Forms(tuple(dict.fromkeys(surfaces)), frozenset(stems))


def as_typed(word: Word) -> list[str]:
    """A Persian word before its spelling is put right, as completion must know it: «اطا» begins «اطاق»."""
    return ["".join(word.parts)] if is_persian(word.parts[0]) else []


@lru_cache(maxsize=4096)
def _with_teh(written: str) -> str:
    return canonical(fold(written.replace("ة", "ت")).replace("\u200c", ""))


def number_forms(digits: str) -> Forms:
    """Forms of a number; the number in a city is to the one with its code as a stem is to a word."""
    spellings = (digits, *numbers.with_code(digits))
    return Forms(spellings, frozenset([numbers.without_code(digits)]))


def word_forms(text: str, word: Word) -> Forms:
    """Forms of a word where it stands; what is written with ة may be spelt with ت as well as with ه."""
    found = forms(word.parts)
    if word.is_number:
        return number_forms(word.parts[0])
    if "ة" in (written := text[word.start : word.end]):
        return Forms((*found.surfaces, _with_teh(written)), found.stems, found.members)
    return found


def may_be_one(before: Word, after: Word) -> bool:
    """Whether two neighbours may be one word written apart: «ثبت نام», «می شود», «covid 19»."""
    if not after.near or sum(map(len, before.parts + after.parts)) > LONGEST_JOIN:
        return False
    if not (is_persian(before.parts[0]) and is_persian(after.parts[0])):
        return before.parts[-1].isascii() and after.parts[0].isascii() and before.is_number != after.is_number
    first, second = "".join(before.parts), "".join(after.parts)
    if first in VERB_PREFIXES or second in SPACED_ENDINGS:
        return True
    if min(len(first), len(second)) > 1 and NEVER_JOINED.isdisjoint((first, second)):
        return True
    return is_listed(before.parts + after.parts)


@lru_cache(maxsize=32768)
def is_listed(parts: tuple[str, ...]) -> bool:
    """Whether the lexicon knows what neighbours make in one: «جست و جو», «به روز رسانی», «آتش نشان‌ها»."""
    core = without_endings(parts)
    if len(core) < 2:
        return False
    stems = joined_forms(core).stems & lexicon.words_and_plain()
    return any(len(stem) > len(core[0]) + 1 for stem in stems)


def units(text: str, found: list[Word]) -> Iterator[Unit]:
    """Every unit of a text that belongs into an index. Linear: at most eight for each word."""
    for index, word in enumerate(found):
        yield Unit(index, index, word_forms(text, word), word.is_number)
        if index + 1 < len(found) and may_be_one(word, found[index + 1]):
            yield Unit(index, index + 1, joined_forms(word.parts + found[index + 1].parts))
        if index + 2 < len(found) and found[index + 1].near and found[index + 2].near:
            three = word.parts + found[index + 1].parts + found[index + 2].parts
            if is_listed(three):
                yield Unit(index, index + 2, joined_forms(three))
    for first, last, digits in numbers.joins(text, found):
        yield Unit(first, last, number_forms(digits), True)
    for first, last, day in numbers.dates(text, found):
        yield Unit(first, last, Forms((day,), frozenset()), True)


def read(text: str) -> list[Word]:
    """The words of a text, numbers with their thousands in one."""
    return numbers.joined_thousands(text, words(text))


def index_tokens(made: Forms) -> list[str]:
    """Tokens of a unit: spellings, then each stem that is not a spelling, marked."""
    marked = [
        STEM_MARK + stem for stem in sorted(made.stems.union(made.members)) if stem not in made.surfaces
    ]
    return [*made.surfaces, *marked]
