"""Persian text as a search compares it: letters folded, half-spaces optional, endings off. Standard library only, pure, linear.

A full-text index holds `index_text` of each text; a query is an AND of `query_terms`. Both databases take each token whole
(`unicode61` of FTS5, the configuration `simple` of PostgreSQL). Why it is made so: docs/decisions/0017-text-analyser.md.
"""

from dataclasses import dataclass
from zlib import crc32

from . import lexicon
from .letters import fold
from .query import Term, autocomplete_stems, autocomplete_terms, matches, query_terms
from .reading import read
from .units import STEM_MARK, as_typed, forms, index_tokens, units

__all__ = [
    "STEM_MARK",
    "VERSION",
    "Term",
    "Token",
    "autocomplete_stems",
    "autocomplete_terms",
    "autocomplete_text",
    "fold",
    "index_text",
    "matches",
    "query_terms",
    "tokenize",
    "version",
]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: offsets in the text as given, its folded spelling without ZWNJ, what it may be a form of."""

    start: int
    end: int
    surface: str
    stems: frozenset[str]


def tokenize(text: str) -> list[Token]:
    """Return the words of `text` in order."""
    return [Token(word.start, word.end, "".join(word.parts), forms(word.parts).stems) for word in read(text)]


def index_text(text: str) -> str:
    """Return what stands for `text` in a full-text index: tokens of letters and digits with spaces between them."""
    return " ".join(token for unit in units(text, read(text)) for token in index_tokens(unit.forms))


def autocomplete_text(text: str) -> str:
    """Return the words of `text` for completion while typing: spellings without stems, parts and joined neighbours too."""
    found = read(text)
    tokens: list[str] = []
    for unit in units(text, found):
        tokens += unit.forms.surfaces
        if unit.first == unit.last:
            word = found[unit.first]
            tokens += [typed for typed in (*as_typed(word), *word.parts) if typed not in unit.forms.surfaces]
    return " ".join(tokens)


# Something of every kind that the rules treat, so that another rule makes other tokens.
_SAMPLE = """
كتاب‌هايِ مُدیران را می‌خوانیم؛ دانش آموزان، جست و جو، گفت‌وگوهایشان، مسئولین، سبزیجات، مکاتبات، شهدا، بهترین، خانه‌ام، پروژه‌ای،
ثبت نام، به روز رسانی، دایرةالمعارف، اطاقها، فلسفه‌ها، کارآموزان، لایه‌های‌میانی، پیش‌بینی‌نشده، آستان، اموزش، نمی روم، بیست
+98 31 3267-3075، ۰۹۱۲ ۳۴۵ ۶۷۸۹، ۱۲٬۳۰۰، ۱۴۰۵/۹/۲، ۲ آذر ۱۴۰۵، ۲۹۴-۵۱۸-۰۸۱، covid-19، 1e5a، Café forms، Ἀθῆναι، Москва
"""


def version() -> str:
    """The version of what stands in an index: another one for other word lists or other rules."""
    return f"{crc32(lexicon.source() + index_text(_SAMPLE).encode()):08x}"


VERSION = version()
