"""What to ask the index for one search: what is found, and in which tiers it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from modelsearch.query import SearchQuery

from . import reading
from .entries import field_token, longest_field_token, not_in_longest_token
from .expressions import AllOf, AnyOf, Expression, Run, Token, Without, all_of, any_of

#: An expression for each column named; all must hold.
Condition = tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`found` in `column`; of that, what meets the first of `tiers` comes first, what meets none comes last."""

    column: str
    found: reading.Found
    tiers: tuple[Condition, ...]


def search_plan(query: SearchQuery, fields: Sequence[str] | None) -> Plan:
    """Exact before other forms of a word, and in the title before elsewhere: six tiers, where all of them differ."""
    with_title = fields is None or "title" in fields
    only_title = with_title and fields is not None and set(fields) == {"title"}
    column, names = ("title", None) if only_title else ("body", fields)
    exact, every_exact, loose, every_loose = (
        reading.wanted(query, terms, join)
        for terms in (reading.exact_terms, reading.loose_terms)
        for join in (any_of, all_of)
    )
    title, anywhere = "title", column
    several = exact != every_exact  # of one term, all and any are the same
    wishes: list[list[tuple[str, Expression | None]]] = [
        [(title, every_exact)],
        [(anywhere, _in_fields(every_exact, names)), (title, exact if several else None)],
        [(anywhere, _in_fields(every_exact, names))],
        [(title, every_loose)],
        [(title, loose)],
    ]
    if not with_title:
        wishes = [[(anywhere, _in_fields(every_exact, names))]]
    found = reading.found(query, reading.loose_terms)
    return _plan(column, reading.Found(_in_fields(found.expression, names), found.is_contrary), wishes)


def autocomplete_plan(query: SearchQuery, fields: Sequence[str] | None) -> Plan:
    """Whole words before words that are only begun, and those before other forms of the words."""
    column = "autocomplete"
    found = reading.found(query, reading.other_terms)
    better = [reading.wanted(query, terms, all_of) for terms in (reading.whole_terms, reading.begun_terms)]
    return _plan(
        column,
        reading.Found(_in_fields(found.expression, fields), found.is_contrary),
        [[(column, _in_fields(wanted, fields))] for wanted in better],
    )


def _plan(column: str, found: reading.Found, wishes: list[list[tuple[str, Expression | None]]]) -> Plan:
    """Leave out every tier that says what an earlier one said, and all after the one that holds everything found."""
    tiers: dict[Condition, None] = {}
    for wish in wishes:
        condition = tuple((name, expression) for name, expression in dict.fromkeys(wish) if expression)
        if condition == ((column, found.expression),):
            break
        if len(condition) == len(set(wish)):
            tiers[condition] = None
    return Plan(column, found, tuple(tiers))


def _in_fields(expression: Expression | None, names: Sequence[str] | None) -> Expression | None:
    """`expression` in these fields only; anywhere, when no field is named."""
    if not names or expression is None:
        return expression

    def narrow(part: Expression) -> Expression:
        match part:
            case Token(text, is_prefix):
                marked = (Token(field_token(name, text), is_prefix) for name in names)
                longest = AnyOf(tuple(Token(longest_field_token(name)) for name in names))
                unmarked = Without(AllOf((longest, part)), Token(not_in_longest_token(text)))
                return AnyOf((*marked, unmarked))
            case Run(texts):  # the order is known of all fields together only
                return AllOf((part, *(narrow(Token(text)) for text in texts)))
            case AllOf(parts):
                return AllOf(tuple(map(narrow, parts)))
            case AnyOf(parts):
                return AnyOf(tuple(map(narrow, parts)))
            case Without(wanted, unwanted):
                return Without(narrow(wanted), narrow(unwanted))

    return narrow(expression)
