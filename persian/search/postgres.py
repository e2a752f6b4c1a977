"""The index on PostgreSQL: Wagtail's table of vectors, filled with analysed words."""

from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    PostgresIndex,
    PostgresSearchAtomicRebuilder,
    PostgresSearchBackend,
    PostgresSearchResults,
)

from .compiler import PersianAutocompleteCompiler, PersianQueryCompiler, PersianResults, Sql
from .entries import Column
from .expressions import tsquery
from .index import PersianIndex, PersianRebuilder
from .plans import Condition

ENTRIES = IndexEntry._meta.db_table
#: PostgreSQL keeps so many positions of one lexeme (manual, "Limitations" of text search).
MOST_POSITIONS = 255


class Index(PersianIndex, PostgresIndex):
    def stored(self, column: Column) -> str:
        return vector(column)


class Rebuilder(PersianRebuilder, PostgresSearchAtomicRebuilder):
    """All at once: until it is done, searches find what they found before."""


class Results(PersianResults, PostgresSearchResults):
    """Counted without ranking."""


def vector(column: Column) -> str:
    """The words as a tsvector's text: those that stand in an order with their positions."""
    positions: dict[str, list[str]] = {}
    for number, token in enumerate(column.ordered, 1):
        positions.setdefault(token, []).append(str(number))
    placed = (f"'{token}':" + ",".join(places[:MOST_POSITIONS]) for token, places in positions.items())
    return " ".join([*placed, *(f"'{token}'" for token in column.others if token not in positions)])


class _Hits:
    def meets(self, condition: Condition) -> Sql:
        holds = " AND ".join(f"{column} @@ %s::tsquery" for column, _expression in condition)
        return holds, [tsquery(expression) for _column, expression in condition]

    def entries(self, found: Condition, types: str) -> Sql:
        holds, params = self.meets(found)
        return f"FROM {ENTRIES} WHERE {holds} AND content_type_id IN {types}", params


class QueryCompiler(_Hits, PersianQueryCompiler):
    """Searches with tsvectors."""


class AutocompleteCompiler(_Hits, PersianAutocompleteCompiler):
    """Completes with tsvectors."""


class SearchBackend(PostgresSearchBackend):
    index_class = Index
    results_class = Results
    atomic_rebuilder_class = Rebuilder
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
