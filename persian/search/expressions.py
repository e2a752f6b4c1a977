"""A query as a tree of index tokens, and that tree in the languages of FTS5 and of PostgreSQL's tsquery.

Tokens hold letters and digits only, so nothing a person types can be syntax in either language.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One token, or any that begins with it."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens side by side, in this order."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Without:
    wanted: "Expression"
    unwanted: "Expression"


Expression = Token | Run | AllOf | AnyOf | Without


def all_of(parts: Iterable[Expression]) -> Expression | None:
    """The conjunction; None of nothing."""
    distinct = tuple(dict.fromkeys(parts))
    return (distinct[0] if len(distinct) == 1 else AllOf(distinct)) if distinct else None


def any_of(parts: Iterable[Expression]) -> Expression | None:
    """The disjunction; None of nothing."""
    distinct = tuple(dict.fromkeys(parts))
    return (distinct[0] if len(distinct) == 1 else AnyOf(distinct)) if distinct else None


def fts5(expression: Expression) -> str:
    """`expression` for SQLite's MATCH (sqlite.org/fts5.html, "Full-text Query Syntax")."""
    match expression:
        case Token(text, is_prefix):
            return f'"{text}" *' if is_prefix else f'"{text}"'
        case Run(texts):
            return f'"{" ".join(texts)}"'
        case AllOf(parts):
            return f"({' AND '.join(map(fts5, parts))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(fts5, parts))})"
        case Without(wanted, unwanted):
            return f"({fts5(wanted)} NOT {fts5(unwanted)})"


def tsquery(expression: Expression) -> str:
    """`expression` as PostgreSQL's tsquery type reads it (manual, "Text Search Types"); no parser or dictionary is asked."""
    match expression:
        case Token(text, is_prefix):
            return f"'{text}':*" if is_prefix else f"'{text}'"
        case Run(texts):
            return f"({' <-> '.join(repr_lexeme(text) for text in texts)})"
        case AllOf(parts):
            return f"({' & '.join(map(tsquery, parts))})"
        case AnyOf(parts):
            return f"({' | '.join(map(tsquery, parts))})"
        case Without(wanted, unwanted):
            return f"({tsquery(wanted)} & !{tsquery(unwanted)})"


def repr_lexeme(text: str) -> str:
    return f"'{text}'"
