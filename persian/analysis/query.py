"""What a person typed, as terms for a database: an AND of terms, each an OR of alternatives, each an AND of index tokens."""

from dataclasses import dataclass

from . import lexicon, numbers
from .reading import read, without_endings
from .scan import Word
from .stems import canonical, is_persian
from .units import (
    LONGEST_JOIN,
    STEM_MARK,
    Forms,
    Unit,
    as_typed,
    forms,
    index_tokens,
    is_listed,
    joined_forms,
    may_be_one,
    never_one,
    number_forms,
    units,
    word_forms,
)

Alternatives = tuple[tuple[str, ...], ...]
LONGEST_QUERY = 400  # characters that are read
_MOST_ALTERNATIVES = 24


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a query: the text as typed, and the alternatives for its spelling and for its meaning."""

    text: str
    exact: Alternatives
    loose: Alternatives


def _joined(found: list[Word]) -> tuple[list[Unit], list[Unit]]:
    """Two or three neighbours as one word: those that the lexicon knows so, and others; «و» between two may be left out."""
    listed: list[Unit] = []
    perhaps: list[Unit] = []
    for first in range(len(found)):
        parts = found[first].parts
        for last in range(first + 1, min(first + 3, len(found))):
            word = found[last]
            if not (is_persian(parts[0]) and is_persian(word.parts[0])):
                if last == first + 1 and may_be_one(found[first], word):
                    perhaps.append(Unit(first, last, joined_forms(parts + word.parts)))
                break
            if not word.near:
                break
            parts += word.parts
            if is_listed(parts):
                listed.append(Unit(first, last, joined_forms(parts)))
            elif sum(map(len, parts)) <= LONGEST_JOIN and not never_one(parts):
                perhaps.append(Unit(first, last, joined_forms(parts)))
    return listed, perhaps


def _numbers(text: str, found: list[Word]) -> tuple[list[Unit], list[Unit]]:
    """Groups of digits that are one thing (a day, a telephone number), and those that are perhaps."""
    sure = [Unit(first, last, Forms((day,), frozenset())) for first, last, day in numbers.dates(text, found)]
    perhaps: list[Unit] = []
    for first, last, digits in numbers.joins(text, found):
        unit = Unit(first, last, number_forms(digits))
        (sure if numbers.with_code(digits) else perhaps).append(unit)
    return sure, perhaps


def _without_overlaps(units_found: list[Unit]) -> dict[int, Unit]:
    """Units by their first word, the longest first, none inside another."""
    chosen: list[Unit] = []
    for unit in sorted(units_found, key=lambda unit: unit.first - unit.last):
        if all(unit.last < other.first or unit.first > other.last for other in chosen):
            chosen.append(unit)
    return {unit.first: unit for unit in chosen}


def _stem_alternatives(made: Forms) -> list[tuple[str, ...]]:
    return [(token,) for stem in sorted(made.stems) for token in (stem, STEM_MARK + stem)]


def _split_alternatives(word: Word) -> list[tuple[str, ...]]:
    """A word of three parts or more, or with a stop word in it, as two pieces: «به‌روزرسانی» in «به روز رسانی»."""
    core = without_endings(word.parts)
    stop = lexicon.stop_words()
    result = []
    for cut in range(1, len(core)):
        pieces = [canonical("".join(core[:cut])), canonical("".join(core[cut:]))]
        kept = tuple(piece for piece in pieces if piece not in stop and len(piece) > 1)
        if kept and (len(core) > 2 or len(kept) < 2):
            result.append(kept)
    return result


def _term(text: str, found: list[Word], own: Unit, around: list[Unit]) -> Term:
    exact = [(surface,) for surface in own.forms.surfaces]
    loose = [*exact, *_stem_alternatives(own.forms)]
    for unit in around:
        if unit.first <= own.first and own.last <= unit.last:
            exact += [(surface,) for surface in unit.forms.surfaces]
            loose += _stem_alternatives(unit.forms)
            loose += [(STEM_MARK + lexicon.plain_alef(surface),) for surface in unit.forms.surfaces]
    if own.first == own.last:
        loose += _split_alternatives(found[own.first])
    typed = " ".join(text[found[own.first].start : found[own.last].end].split())
    exact = list(dict.fromkeys(exact))[:_MOST_ALTERNATIVES]
    return Term(typed, tuple(exact), tuple(dict.fromkeys([*exact, *loose]))[: 2 * _MOST_ALTERNATIVES])


def query_terms(text: str, limit: int = 12) -> list[Term]:
    """Return the terms of a query, at most `limit`; [] when it holds no word. Any text of any length is a query.

    Words that say nothing («در», «چگونه», «می‌شود») are left out when others remain.
    """
    text = text[:LONGEST_QUERY]
    found = read(text)
    listed, joined = _joined(found)
    sure, perhaps = _numbers(text, found)
    days = [
        Unit(first, last, Forms((day,), frozenset())) for first, last, day in numbers.month_days(text, found)
    ]
    units_at = _without_overlaps([*listed, *sure])
    grouped = {index for unit in perhaps for index in range(unit.first, unit.last + 1)}
    terms: list[Term] = []
    empty: list[Term] = []
    index = 0
    while index < len(found):
        own = units_at.get(index) or Unit(
            index, index, word_forms(text, found[index], alone=index not in grouped)
        )
        around = [*joined, *perhaps, *days, *listed] if own.first == own.last else []
        says_nothing = own.forms.surfaces[0] in lexicon.phrases() or (
            own.first == own.last and _says_nothing(found, index)
        )
        (empty if says_nothing else terms).append(_term(text, found, own, around))
        index = own.last + 1
    return (terms or empty)[:limit]


def _says_nothing(found: list[Word], index: int) -> bool:
    """Whether a word is a stop word, or only says what its neighbour is: «روز پنجشنبه», «سال ۱۴۰۵», «آذر ماه»."""
    word = "".join(found[index].parts)
    if word in lexicon.stop_words() or "".join(without_endings(found[index].parts)) in lexicon.stop_words():
        return True
    before = found[index - 1] if index else None
    after = found[index + 1] if index + 1 < len(found) else None
    if word == "سال":
        return bool(after and after.is_number and len(after.parts[0]) == 4)
    if word == "روز":
        return bool(after and "".join(after.parts).endswith(("شنبه", "جمعه")))
    return bool(word == "ماه" and before and "".join(before.parts) in numbers.MONTH_NUMBERS)


def autocomplete_terms(text: str, limit: int = 12) -> list[tuple[str, ...]]:
    """Return, for each word being typed, its spellings; the last word is a prefix. [] when there is no word."""
    found = read(text[:LONGEST_QUERY])[:limit]
    terms = []
    for index, word in enumerate(found):
        spellings = [*as_typed(word), *forms(word.parts).surfaces]
        if index and word.near:
            spellings.append("".join(found[index - 1].parts + word.parts))
        terms.append(tuple(dict.fromkeys(spellings)))
    return terms


def autocomplete_stems(text: str, limit: int = 12) -> list[tuple[str, ...]]:
    """Return, for each word of `autocomplete_terms`, the tokens of its other forms."""
    found = read(text[:LONGEST_QUERY])[:limit]
    return [
        tuple(token for (token,) in _stem_alternatives(word_forms(text, word, alone=False))) for word in found
    ]


def matches(text: str, query: str) -> list[tuple[int, int]]:
    """Return where `text` holds what `query` asks for: sorted spans of offsets that do not overlap."""
    wanted = {token for term in query_terms(query) for alternative in term.loose for token in alternative}
    if not wanted:
        return []
    found = read(text)
    spans = sorted(
        (found[unit.first].start, found[unit.last].end)
        for unit in units(text, found)
        if not wanted.isdisjoint(index_tokens(unit.forms))
    )
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
