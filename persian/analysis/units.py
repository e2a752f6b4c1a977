"""What of a text stands in an index: words, neighbours that may be one word, numbers in groups, dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from . import lexicon, numbers
from .letters import fold
from .reading import without_endings
from .scan import Word
from .stems import SPACED_ENDINGS, VERB_PREFIXES, canonical, is_persian, known_stems_of, stems_of

STEM_MARK = "zq"
LONGEST_JOIN = 20  # letters
_AND = "و"
# Nobody writes these in one with a neighbour: «و زن» is no «وزن». Prepositions are, in words that the lexicon knows («درخواست»).
NEVER_JOINED = frozenset(["و", "از", "که", "را", "با", "برای", "این", "آن", "تا", "یا", "است", "هر"])
_PREPOSITIONS = frozenset(["به", "در", "بر"])


@dataclass(frozen=True, slots=True)
class Forms:
    """How one word may be spelt, and which words it may be a form of."""

    surfaces: tuple[str, ...]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """Forms of the words `first` to `last` (indexes, both included) of a text."""

    first: int
    last: int
    forms: Forms


def _spellings(parts: tuple[str, ...]) -> tuple[str, ...]:
    """A word in one, and without an «و» in its middle: («جست», «و», «جو») → («جستوجو», «جستجو»)."""
    spellings = lexicon.spellings()
    parts = tuple(spellings.get(part, part) for part in parts)
    whole = canonical("".join(parts))
    if _AND not in parts[1:-1]:
        return (whole,)
    return tuple(dict.fromkeys([whole, canonical("".join(part for part in parts if part != _AND))]))


@lru_cache(maxsize=32768)
def forms(parts: tuple[str, ...]) -> Forms:
    """Forms of a word given by its folded parts."""
    surfaces = _spellings(parts)
    whole = surfaces[0]
    if not is_persian(whole):
        # PostgreSQL reads 1e5a as a number and a letter.
        name = STEM_MARK + whole if len(parts) > 1 and whole[0].isdecimal() else whole
        return Forms((name,), stems_of(whole) if len(parts) == 1 else frozenset())
    stems = frozenset().union(*map(stems_of, surfaces))
    core = without_endings(parts)
    if len(core) < len(parts) and not _is_whole(parts, whole):
        stems |= stems_of(canonical("".join(core)))
    return Forms(surfaces, stems)


def _is_whole(parts: tuple[str, ...], whole: str) -> bool:
    """«خانه‌ای» is a «خانه», but «حرفه‌ای» is a word of its own, and «می‌رود» no river."""
    if parts[0] in VERB_PREFIXES:
        return bool(known_stems_of(whole))
    return whole in lexicon.words() and parts[-1] != "ی"


@lru_cache(maxsize=32768)
def joined_forms(parts: tuple[str, ...]) -> Forms:
    """Forms of neighbours as the one word that they perhaps are; «و» between two may be left out."""
    if not is_persian(parts[0]):
        return forms(parts)
    surfaces = _spellings(parts)
    stems = frozenset().union(*map(known_stems_of, surfaces))
    core = without_endings(parts)
    if len(core) < len(parts):
        stems |= stems_of(canonical("".join(core)))
    # A stem that ends with the first word has taken the second for an ending: «باران تند».
    return Forms(surfaces, frozenset(stem for stem in stems if len(stem) > len(parts[0]) + 1))


def as_typed(word: Word) -> list[str]:
    """A Persian word before its spelling is put right, as completion must know it: «اطا» begins «اطاق»."""
    return ["".join(word.parts)] if is_persian(word.parts[0]) else []


@lru_cache(maxsize=4096)
def _with_teh(written: str) -> str:
    return canonical(fold(written.replace("ة", "ت")).replace("\u200c", ""))


def number_forms(digits: str, *, alone: bool = False) -> Forms:
    """Forms of a number; the number in a city is to the one with its code as a stem is to a word.

    A number that stands alone is also the one that a word names: 20 and «بیست» have the stem n20.
    """
    named = lexicon.NUMERAL_MARK + digits.lstrip("0")
    stems = {numbers.without_code(digits), *([named] if alone and named in lexicon.numerals() else [])}
    return Forms((digits, *numbers.with_code(digits)), frozenset(stems))


def word_forms(text: str, word: Word, *, alone: bool = True) -> Forms:
    """Forms of a word where it stands; what is written with ة may be spelt with ت as well as with ه."""
    if word.is_number:
        return number_forms(word.parts[0], alone=alone)
    found = forms(word.parts)
    if "ة" in (written := text[word.start : word.end]):
        return Forms((*found.surfaces, _with_teh(written)), found.stems)
    return found


def may_be_one(before: Word, after: Word) -> bool:
    """Whether two neighbours may be one word written apart: «ثبت نام», «می شود», «covid 19»."""
    if not after.near or sum(map(len, before.parts + after.parts)) > LONGEST_JOIN:
        return False
    if not (is_persian(before.parts[0]) and is_persian(after.parts[0])):
        return (
            before.parts[-1].isascii()
            and after.parts[0].isascii()
            and not (before.is_number and after.is_number)
        )
    first, second = "".join(before.parts), "".join(after.parts)
    if first in VERB_PREFIXES or first + second in lexicon.phrases():
        return True
    if second in SPACED_ENDINGS and first not in lexicon.stop_words():
        return True
    if min(len(first), len(second)) < 2 or never_one(before.parts + after.parts):
        return False
    return not {first, second} & _PREPOSITIONS or is_listed(before.parts + after.parts)


@lru_cache(maxsize=32768)
def never_one(parts: tuple[str, ...]) -> bool:
    """Whether nobody writes the word that neighbours would make apart: «و زن», «ما در», «کار گران»."""
    if not NEVER_JOINED.isdisjoint((parts[0], parts[-1])):
        return True
    whole = canonical("".join(parts))
    return not lexicon.written_in_one().isdisjoint({whole, *known_stems_of(whole)})


@lru_cache(maxsize=32768)
def is_listed(parts: tuple[str, ...]) -> bool:
    """Whether the lexicon knows what neighbours make in one: «جست و جو», «به روز رسانی», «آتش نشان‌ها»."""
    if "".join(parts) in lexicon.phrases():
        return True
    core = without_endings(parts)
    if len(core) < 2 or never_one(core):
        return False
    return not joined_forms(core).stems.isdisjoint(lexicon.words_and_plain())


def units(text: str, found: list[Word]) -> Iterator[Unit]:
    """Every unit of a text that belongs into an index. Linear: at most eight for each word."""
    dates = list(numbers.dates(text, found))
    joins = list(numbers.joins(text, found))
    grouped = {index for first, last, _ in [*dates, *joins] for index in range(first, last + 1)}
    for index, word in enumerate(found):
        yield Unit(index, index, word_forms(text, word, alone=index not in grouped))
        if index + 1 < len(found) and may_be_one(word, found[index + 1]):
            yield Unit(index, index + 1, joined_forms(word.parts + found[index + 1].parts))
        if index + 2 < len(found) and found[index + 1].near and found[index + 2].near:
            three = word.parts + found[index + 1].parts + found[index + 2].parts
            if is_listed(three):
                yield Unit(index, index + 2, joined_forms(three))
    yield from (Unit(first, last, number_forms(digits)) for first, last, digits in joins)
    days = [*dates, *numbers.month_days(text, found)]
    yield from (Unit(first, last, Forms((day,), frozenset())) for first, last, day in days)


def index_tokens(made: Forms) -> list[str]:
    """Tokens of a unit: spellings, then each stem that is not a spelling, marked."""
    marked = [STEM_MARK + stem for stem in sorted(made.stems) if stem not in made.surfaces]
    return [*made.surfaces, *marked]
