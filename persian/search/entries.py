"""What of an object stands in the index: its words as tokens, in three columns.

`title` holds the title, `body` every searched field, the title too, and `autocomplete` what is found while typing. Each
column begins with the words in their order, so that a phrase is found; their other forms and their stems follow, each once.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager, Model
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from persian import analysis

from .models import LONGEST_WORD

#: Tokens that say where a word stands, for `search(fields=[…])`. Marking each word with its field would treble the index, so
#: the words of an object's longest field go unmarked: this is the longest field; this word of the others is not in it.
FIELD, LONGEST_FIELD, NOT_IN_LONGEST = "zf", "zl", "zn"
#: PostgreSQL refuses a lexeme of 2 kB and a tsvector of 1 MB.
LONGEST_TOKEN = 100
MOST_BYTES = 800_000


@dataclass(slots=True)
class Column:
    """Tokens in their order, and others that are there too."""

    ordered: list[str] = field(default_factory=list)
    others: dict[str, None] = field(default_factory=dict)  # a set that keeps its order

    def tokens(self) -> Iterator[str]:
        yield from self.ordered
        yield from self.others


@dataclass(slots=True)
class Entry:
    title: Column = field(default_factory=Column)
    body: Column = field(default_factory=Column)
    autocomplete: Column = field(default_factory=Column)
    written: dict[str, str] = field(default_factory=dict)  # words, folded, and as they were written


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
    """The entry of an indexed object."""
    entry = Entry()
    own: dict[str, Column] = {}  # Wagtail's `fields` names fields of the object itself only
    for search_field in obj.get_search_fields():  # type: ignore[attr-defined]
        for leaf, text in _texts(obj, search_field):
            if isinstance(leaf, AutocompleteField):
                begun = list(map(cut, analysis.autocomplete_text(text).split()))
                entry.autocomplete.ordered += begun
                marked = (field_token(leaf.field_name, word) for word in begun if leaf is search_field)
                entry.autocomplete.others.update(dict.fromkeys(marked))
                continue
            words = analysis.tokenize(text)
            column = Column([cut(word.surface) for word in words])
            known = set(column.ordered)
            forms = map(cut, analysis.index_text(text).split())
            column.others = {token: None for token in forms if token not in known}
            entry.written.update(_written(text, words))
            for target in [entry.body, entry.title] if leaf.field_name == "title" else [entry.body]:
                target.ordered += column.ordered
                target.others |= column.others
            if leaf is search_field:
                own[leaf.field_name] = column
    if own:
        entry.body.others.update(dict.fromkeys(_field_tokens(entry.body, own)))
    return entry


def _written(text: str, words: list[analysis.Token]) -> Iterator[tuple[str, str]]:
    for word in words:
        if 3 <= len(word.surface) <= LONGEST_WORD and word.surface.isalpha():
            yield word.surface, text[word.start : word.end][: 2 * LONGEST_WORD]


def _field_tokens(body: Column, own: dict[str, Column]) -> list[str]:
    longest = max(own, key=lambda name: len(own[name].ordered))
    in_longest = set(own[longest].tokens())
    return [
        longest_field_token(longest),
        *(not_in_longest_token(token) for token in body.tokens() if token not in in_longest),
        *(field_token(name, token) for name in own if name != longest for token in own[name].tokens()),
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
