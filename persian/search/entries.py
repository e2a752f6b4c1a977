"""What of an object stands in the index: its words as tokens, in three columns.

`title` holds the title, `body` every searched field, the title too, and `autocomplete` what is found while typing. Each
column begins with the words in their order, so that a phrase is found; their other forms and their stems follow, each once.
Of a very long text the beginning is indexed, to the same word on both databases.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager, Model
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from persian import analysis

from .models import LONGEST_WORD

#: Grows when an entry is put together otherwise: an index made before is stale then.
VERSION = 2
#: Tokens that say where a word stands, for `search(fields=[…])`. Marking each word with its field would treble the index, so
#: the words of an object's longest field go unmarked: this is the longest field; this word of the others is not in it.
FIELD, LONGEST_FIELD, NOT_IN_LONGEST = "zf", "zl", "zn"
#: PostgreSQL refuses a lexeme of 2 kB and a tsvector of 1 MB, and knows no later position (manual, "Limitations" of text search).
LONGEST_TOKEN = 100
MOST_BYTES = 900_000
LAST_POSITION = 16383
BESIDE_A_TOKEN = (
    4  # bytes of a lexeme besides its letters; those of all positions are in what `MOST_BYTES` leaves
)
MARKED = 3  # a token of a field that is not the longest stands there plain, marked with its field, and as not in the longest
#: Characters of an object that are read, for a save must not take minutes; they are read, and left out, piece by piece.
MOST_CHARACTERS = 500_000
PIECE = 20_000


@dataclass(slots=True)
class Column:
    """Tokens in their order, and others that are there too."""

    ordered: list[str] = field(default_factory=list)
    others: dict[str, None] = field(default_factory=dict)  # a set that keeps its order
    known: set[str] = field(default_factory=set)  # all of them
    size: int = 0  # bytes, as PostgreSQL counts them

    def tokens(self) -> Iterator[str]:
        yield from self.ordered
        yield from self.others

    def add(self, words: list[str], forms: Iterable[str], copies: int = 1) -> bool:
        """Take words in their order and other forms of them; all, or none where there is no room for `copies` of each."""
        tokens = dict.fromkeys([*words, *forms])
        new = tokens.keys() - self.known
        size = copies * sum(len(token.encode()) + BESIDE_A_TOKEN for token in new)
        if self.size + size > MOST_BYTES:
            return False
        self.size += size
        self.known |= new
        placed = words[: LAST_POSITION - len(self.ordered)]
        self.ordered += placed
        for token in placed:
            tokens.pop(token, None)
        self.others.update(tokens)
        return True


@dataclass(slots=True)
class Entry:
    title: Column = field(default_factory=Column)
    body: Column = field(default_factory=Column)
    autocomplete: Column = field(default_factory=Column)
    written: dict[str, str] = field(default_factory=dict)  # words, folded, and as they were written


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a field; of the object itself, or of one that it refers to."""

    leaf: Any
    text: str
    is_own: bool  # Wagtail's `fields` names fields of the object itself only


def cut(token: str) -> str:
    return token[:LONGEST_TOKEN]


def field_token(name: str, token: str) -> str:
    """`token` as a word of the field `name`."""
    return cut(FIELD + _number(name) + token)


def longest_field_token(name: str) -> str:
    """Stands where `name` is the longest field."""
    return LONGEST_FIELD + _number(name)


def not_in_longest_token(token: str) -> str:
    """Stands where `token` is in other fields only."""
    return cut(NOT_IN_LONGEST + token)


def _number(name: str) -> str:
    return f"{zlib.crc32(name.encode()) & 0xFFFF:04x}"


def entry_of(obj: Model) -> Entry:
    """The entry of an indexed object: the title first and the longest field last, as far as there is room."""
    entry = Entry()
    texts = [
        Text(leaf, text, leaf is search_field)
        for search_field in obj.get_search_fields()  # type: ignore[attr-defined]
        for leaf, text in _texts(obj, search_field)
    ]
    texts.sort(key=lambda one: (one.leaf.field_name != "title", len(one.text)))
    searched = [one for one in texts if not isinstance(one.leaf, AutocompleteField)]
    _complete(entry.autocomplete, [one for one in texts if isinstance(one.leaf, AutocompleteField)])
    own = [one for one in searched if one.is_own]
    longest = max(own, key=lambda one: len(one.text), default=None)
    tokens: dict[str, set[str]] = {one.leaf.field_name: set() for one in own}
    for one, piece in _pieces(searched):
        words = analysis.tokenize(piece)
        surfaces = [cut(word.surface) for word in words]
        forms = list(map(cut, analysis.index_text(piece).split()))
        if not entry.body.add(surfaces, forms, 1 if one is longest else MARKED):
            break
        if one.leaf.field_name == "title":
            entry.title.add(surfaces, forms)
        if one.is_own:
            tokens[one.leaf.field_name].update(surfaces, forms)
        entry.written.update(_written(piece, words))
    if longest:
        entry.body.others.update(dict.fromkeys(_field_tokens(entry.body, tokens, longest.leaf.field_name)))
    return entry


def _complete(column: Column, texts: list[Text]) -> None:
    for one, piece in _pieces(texts):
        begun = list(map(cut, analysis.autocomplete_text(piece).split()))
        forms = list(map(cut, analysis.index_text(piece).split()))
        marked = [field_token(one.leaf.field_name, word) for word in [*begun, *forms]] if one.is_own else []
        if not column.add(begun, [*forms, *marked]):
            break


def _pieces(texts: list[Text]) -> Iterator[tuple[Text, str]]:
    """The texts in pieces that end with a line or a word, so that a long one is left off in its middle."""
    room = MOST_CHARACTERS
    for one in texts:
        start = 0
        while start < len(one.text) and room > 0:
            end = min(start + PIECE, start + room, len(one.text))
            if end < len(one.text):
                line, space = (one.text.rfind(sign, start + PIECE // 2, end) for sign in "\n ")
                end = line + 1 or space + 1 or end
            yield one, one.text[start:end]
            room -= end - start
            start = end


def _written(text: str, words: list[analysis.Token]) -> Iterator[tuple[str, str]]:
    for word in words:
        if 3 <= len(word.surface) <= LONGEST_WORD and word.surface.isalpha():
            yield word.surface, text[word.start : word.end][: 2 * LONGEST_WORD]


def _field_tokens(body: Column, tokens: dict[str, set[str]], longest: str) -> list[str]:
    in_longest = tokens[longest]
    return [
        longest_field_token(longest),
        *(not_in_longest_token(token) for token in body.tokens() if token not in in_longest),
        *(field_token(name, token) for name in tokens if name != longest for token in sorted(tokens[name])),
    ]


def _texts(obj: Any, search_field: Any) -> Iterator[tuple[Any, str]]:
    """The searched and the autocompleted fields under `search_field`, each with its text."""
    if isinstance(search_field, (SearchField, AutocompleteField)):
        yield search_field, _text(search_field.get_value(obj))
    elif isinstance(search_field, RelatedFields):
        related = search_field.get_value(obj)
        if callable(related) and not isinstance(related, Manager):
            related = related()
        for one in related.all() if isinstance(related, Manager) else filter(None, [related]):
            for leaf in search_field.fields:
                yield from _texts(one, leaf)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "\n".join(map(_text, value))
    return str(value)
