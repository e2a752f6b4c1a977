"""What the analyser knows of Persian words, read once from `data/`: plain text, `#` starts a comment.

The lists were written for this package from general knowledge of the language; nothing is copied from a dictionary.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from persian.text import ZWNJ

from .letters import fold

NUMERAL_MARK = "n"


def _lines(name: str) -> Iterator[list[str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if words := [fold(word).replace(ZWNJ, "") for word in line.partition("#")[0].split()]:
            yield words


def _all(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line)


@cache
def source() -> bytes:
    """All lists as they stand in their files, for a version of the whole."""
    lists = sorted((file for file in (files(__package__) / "data").iterdir()), key=lambda file: file.name)
    return b"".join(file.read_bytes() for file in lists)


def plain_alef(word: str) -> str:
    """«آموزش» as a hasty typist writes it: «اموزش»."""
    return word.replace("آ", "ا")


@cache
def words() -> frozenset[str]:
    """Whole words, folded and without ZWNJ, from which no ending is taken; singulars of the listed plurals among them."""
    listed = map(_first_spelling, _all("words.txt") | adverbs() | phrases())
    return frozenset(listed).union(*plurals().values()).difference(plurals())


@cache
def words_without_madda() -> dict[str, str]:
    """The known word, or plural, for one typed with ا in place of آ, where that is not a word itself."""
    known = words().union(plurals())
    return {plain: word for word in known if (plain := plain_alef(word)) != word and plain not in known}


@cache
def adverbs() -> frozenset[str]:
    """Adverbs with tanwin, without it, unless that is another word too: «رسما», but not «جدا»."""
    return (_all("adverbs.txt") - _all("words.txt")).difference(plurals())


@cache
def written_in_one() -> frozenset[str]:
    """Words that nobody writes apart, though two words would make them: «مادر» is not «ما در»."""
    return _all("whole.txt")


@cache
def phrases() -> frozenset[str]:
    """Words of grammar in one, which may stand apart: «اینکه»."""
    return _all("phrases.txt")


@cache
def plurals() -> dict[str, tuple[str, ...]]:
    """Broken and lexical plurals with their singulars: «شهدا» → («شهید»,)."""
    lines = (map(_first_spelling, line) for line in _lines("plurals.txt"))
    return {plural: tuple(singulars) for plural, *singulars in lines}


@cache
def words_and_plain() -> frozenset[str]:
    """Known words as stems write them, with madda or without."""
    return words() | {plain_alef(word) for word in words()}


@cache
def verb_nouns() -> frozenset[str]:
    """Present stems, which compounds end with: «کارآموز»."""
    return frozenset(verb.present for verb in verbs() if not verb.is_rare)


@cache
def compound_ends() -> frozenset[str]:
    """What a compound may end with: a known word or a present stem of three letters or more, and the listed ends."""
    return frozenset(word for word in words() | verb_nouns() if len(word) > 2) | _all("ends.txt")


@cache
def numerals() -> frozenset[str]:
    """The marks of numbers that have a name: «n20»."""
    return frozenset(
        word for singulars in plurals().values() for word in singulars if word.startswith(NUMERAL_MARK)
    )


@cache
def spellings() -> dict[str, str]:
    """Second spellings with the first: «اطاق» → «اتاق»."""
    return {variant: line[0] for line in _lines("spellings.txt") for variant in line[1:]}


def _first_spelling(word: str) -> str:
    return spellings().get(word, word)


@cache
def first_spellings() -> frozenset[str]:
    """Spellings that others are led back to."""
    return frozenset(spellings().values())


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing by themselves; a query goes without them when others remain."""
    return _all("stopwords.txt") | phrases()


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: what may stand before می and ن («بر»), past and present stem, other forms, and the stem of all its forms.

    `spoken` are present stems as people speak: «گ» for «گوی». Where `is_rare`, the present is known by its می only.
    """

    before: str
    past: str
    present: str
    irregular: tuple[str, ...]
    spoken: tuple[str, ...]
    stem: str
    is_rare: bool


@cache
def verbs() -> tuple[Verb, ...]:
    """The listed verbs."""
    return tuple(_verb(*line) for line in _lines("verbs.txt"))


def _verb(first: str, present: str, *others: str) -> Verb:
    spoken = tuple(form[1:] for form in others if form.startswith("~"))
    if present.endswith("ان"):
        spoken += (f"{present[:-2]}ون",)
    irregular = tuple(form for form in others if not form.startswith("~"))
    before, _, past = first.rpartition("+")
    stem = before + (f"{past[:-1]}ن" if past.endswith("*") else past)
    return Verb(
        before, past.rstrip("*"), present.removeprefix("-"), irregular, spoken, stem, present.startswith("-")
    )
