"""The index on SQLite: Wagtail's FTS5 table, filled with analysed words."""

from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchAtomicRebuilder,
    SQLiteSearchBackend,
    SQLiteSearchResults,
)

from .compiler import PersianAutocompleteCompiler, PersianQueryCompiler, PersianResults, Sql
from .entries import Column
from .expressions import fts5
from .index import PersianIndex, PersianRebuilder
from .plans import Condition

ENTRIES = IndexEntry._meta.db_table
FTS = SQLiteFTSIndexEntry._meta.db_table


class Index(PersianIndex, SQLiteIndex):
    def stored(self, column: Column) -> str:
        # Sorted, no two of the others are a phrase.
        return " ".join([*column.ordered, *sorted(column.others)])


class Rebuilder(PersianRebuilder, SQLiteSearchAtomicRebuilder):
    """All at once: until it is done, searches find what they found before."""


class Results(PersianResults, SQLiteSearchResults):
    """Counted without ranking."""


def match(condition: Condition) -> str:
    return " AND ".join(f"({{{column}}} : ({fts5(expression)}))" for column, expression in condition)


class _Hits:
    def meets(self, condition: Condition) -> Sql:
        return f"{FTS}.rowid IN (SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s)", [match(condition)]  # noqa: S608

    def entries(self, found: Condition, types: str) -> Sql:
        # CROSS JOIN makes SQLite begin with the match; LIMIT -1 keeps it from merging this into the query around it.
        sql = (
            f"FROM {FTS} CROSS JOIN {ENTRIES} ON {ENTRIES}.id = {FTS}.rowid "
            f"WHERE {FTS} MATCH %s AND content_type_id IN {types} LIMIT -1"
        )
        return sql, [match(found)]


class QueryCompiler(_Hits, PersianQueryCompiler):
    """Searches with FTS5."""


class AutocompleteCompiler(_Hits, PersianAutocompleteCompiler):
    """Completes with FTS5."""


class SearchBackend(SQLiteSearchBackend):
    index_class = Index
    results_class = Results
    atomic_rebuilder_class = Rebuilder
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
