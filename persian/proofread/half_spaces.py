"""Rules for the half-space: where it is missing, and where it binds nothing.

Source: «دستور خط فارسی» of the Academy of Persian Language and Literature, on affixes and compounds. After a letter that
joins no other (ا د ذ ر ز ژ و) the parts stand beside each other without one.
"""

import re
from collections.abc import Iterator

from .characters import BEGIN, END, LETTERS, MARKS, SPACES, WORD, ZWNJ
from .model import Edit, Kind
from .words import (
    ADJECTIVES,
    BOUND_ENDINGS,
    COMPOUNDS,
    FUNCTION_WORDS,
    HEARD_HE,
    NOT_WITH_MI,
    PAST_STEMS,
    PRESENT_STEMS,
)

_JOINS_NO_OTHER = tuple("اآأإدذرزژوؤ")
_SMALL_HAMZA = "\u0654"

_PERSONS = ("م", "ی", "د", "یم", "ید", "ند")
_OBJECTS = ("", "م", "ت", "ش", "مان", "تان", "شان")
_PAST_PERSONS = ("", "م", "ی", "یم", "ید", "ند")
_IMPERSONAL = frozenset({"توان", "باید", "بایست"})

_MI = re.compile(rf"{BEGIN}ن?می({SPACES})([{WORD}]+)")
_JOINED_MI = re.compile(rf"{BEGIN}(ن?می)([{WORD}]{{2,}}){END}")
_WORD_BEFORE = rf"{BEGIN}([{WORD}{ZWNJ}]+)({SPACES})"
_PLURAL = re.compile(rf"{_WORD_BEFORE}(?=ها(?:ی|یی|ی?(?:م|ت|ش|مان|تان|شان))?{END})")
_COMPARATIVE = re.compile(rf"{_WORD_BEFORE}(?=(تر|ترین)(?:{ZWNJ}?های?)?{END})(?!تر و (?:خشک|تازه))")
_AFTER_HE = re.compile(rf"{_WORD_BEFORE}(?=(?:ای|اند|ام|ایم|اید|اش|ات){END})")
_EZAFE = re.compile(rf"{_WORD_BEFORE}ی{END}")
_ENDING = re.compile(rf"{_WORD_BEFORE}(?=(?:{'|'.join(BOUND_ENDINGS)})(?![{WORD}]))")
_COMPOUND = re.compile(
    rf"{BEGIN}(?:{'|'.join(sorted(COMPOUNDS, key=len, reverse=True))})(?![{WORD}])".replace(" ", SPACES)
)
_SPACES = re.compile(SPACES)
_LOOSE_YE = re.compile(rf"(?<=[{WORD}{ZWNJ}]ها)(?:{SPACES}|{ZWNJ})(?=ی{END})")
_BINDS_NOTHING = re.compile(
    rf"(?<=[\s(«\[،؛:!؟….]){ZWNJ}+|\A{ZWNJ}+|{ZWNJ}+(?=[\s)»\]،؛:!؟….٪,;?])|{ZWNJ}+\Z|{ZWNJ}+(?={ZWNJ})"
)
_WRONG_BINDER = re.compile(rf"(?<=[{LETTERS}{MARKS}])[¬\u00ad]+(?=[{LETTERS}])")


def half_spaces(text: str) -> Iterator[Edit]:
    """Propose half-spaces where the parts of a word stand apart or run together, and none where one binds nothing."""
    for match in _WRONG_BINDER.finditer(text):  # what Word shows as ¬, and its soft hyphen
        yield Edit(*match.span(), ZWNJ, Kind.HALF_SPACE)
    for match in _COMPOUND.finditer(text):
        yield Edit(*match.span(), COMPOUNDS[_SPACES.sub(" ", match.group())], Kind.HALF_SPACE)
    yield from _verbs(text)
    yield from _bound_to_the_word_before(text)
    for match in _LOOSE_YE.finditer(text):
        yield Edit(*match.span(), "", Kind.HALF_SPACE)
    for match in _BINDS_NOTHING.finditer(text):
        yield Edit(*match.span(), "", Kind.LOOSE_HALF_SPACE)


def hamzas(text: str) -> Iterator[Edit]:
    """Propose «خانهٔ» for «خانه ی»."""
    for match in _EZAFE.finditer(text):
        if _ends_in_silent_he(match[1]):
            yield Edit(match.start(2), match.end(), _SMALL_HAMZA, Kind.HAMZA)


def _verbs(text: str) -> Iterator[Edit]:
    for match in _MI.finditer(text):
        if is_verb(match[2]):
            yield Edit(*match.span(1), ZWNJ, Kind.HALF_SPACE)
    for match in _JOINED_MI.finditer(text):
        if match.group() not in NOT_WITH_MI and is_verb(match[2], objects=("",)):
            yield Edit(*match.span(), match[1] + ZWNJ + match[2], Kind.HALF_SPACE)


def _bound_to_the_word_before(text: str) -> Iterator[Edit]:
    rules = (
        (_PLURAL, _may_be_plural),
        (_COMPARATIVE, _may_be_compared),
        (_AFTER_HE, lambda match: _ends_in_silent_he(match[1])),
        (_ENDING, lambda match: _is_content(match[1])),
    )
    for pattern, holds in rules:
        for match in pattern.finditer(text):
            if holds(match):
                yield Edit(*match.span(2), binder(match[1]), Kind.HALF_SPACE)


def binder(word: str) -> str:
    """Return what binds an ending to `word`: a half-space, or nothing after a letter that joins no other."""
    return "" if word.endswith(_JOINS_NO_OTHER) else ZWNJ


def is_verb(word: str, objects: tuple[str, ...] = _OBJECTS) -> bool:
    """Whether `word` can stand after «می»: «شود», «رفتند», «بینمش», «توان»."""
    return word in _IMPERSONAL or any(
        stem + person + ending == word
        for persons, stems in ((_PERSONS, PRESENT_STEMS), (_PAST_PERSONS, PAST_STEMS))
        for ending in objects
        for person in persons
        if (stem := word.removesuffix(person + ending)) in stems
    )


def _last_part(word: str) -> str:
    return word.rpartition(ZWNJ)[2]


def _is_content(word: str) -> bool:
    return len(word) > 1 and word not in FUNCTION_WORDS


def _may_be_plural(match: re.Match[str]) -> bool:
    return _is_content(match[1]) and _last_part(match[1]) not in ("ها", "های")


def _may_be_compared(match: re.Match[str]) -> bool:
    return _is_content(match[1]) and (match[3] == "ترین" or match[1] in ADJECTIVES)


def _ends_in_silent_he(word: str) -> bool:
    last = _last_part(word)
    return len(word) > 2 and last.endswith("ه") and last not in HEARD_HE and not last.endswith(("اه", "وه"))
