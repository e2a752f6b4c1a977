"""Wagtail's query objects, read as trees of index tokens: what is found, and what of it comes first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from persian import analysis

from .entries import cut
from .expressions import AnyOf, Expression, Run, Token, Without, all_of, any_of

#: What makes a text into its terms, each a choice of tokens.
Terms = Callable[[str], list[Expression]]


@dataclass(frozen=True, slots=True)
class Found:
    """The entries that match, or all others. Nothing is `Found(None)`, everything its contrary."""

    expression: Expression | None
    is_contrary: bool = False

    def contrary(self) -> "Found":
        return replace(self, is_contrary=not self.is_contrary)


def exact_terms(text: str) -> list[Expression]:
    """Each term of a query as it was typed, in whatever spelling."""
    return _choices(term.exact for term in analysis.query_terms(text))


def loose_terms(text: str) -> list[Expression]:
    """Each term with the other forms of its words."""
    return _choices(term.loose for term in analysis.query_terms(text))


def whole_terms(text: str) -> list[Expression]:
    """Each word of what is being typed, as whole words."""
    return [AnyOf(tuple(map(Token, map(cut, words)))) for words in analysis.autocomplete_terms(text)]


def begun_terms(text: str) -> list[Expression]:
    """Each word of what is being typed, the last of which is only begun."""
    terms = whole_terms(text)
    for words in analysis.autocomplete_terms(text)[-1:]:
        terms[-1] = AnyOf(tuple(Token(cut(word), is_prefix=True) for word in words))
    return terms


def other_terms(text: str) -> list[Expression]:
    """Each word of what is being typed: begun, whole, or in another form of it."""
    stems = analysis.autocomplete_stems(text)
    return [
        AnyOf((begun, *(Token(cut(stem)) for stem in others))) if others else begun
        for begun, others in zip(begun_terms(text), stems, strict=True)
    ]


def _choices(terms: Iterable[tuple[tuple[str, ...], ...]]) -> list[Expression]:
    choices = (
        any_of(filter(None, (all_of(Token(cut(t)) for t in tokens) for tokens in term))) for term in terms
    )
    return [choice for choice in choices if choice]


def found(query: SearchQuery, terms: Terms) -> Found:
    """What a query finds. A text without a word, a lone quotation mark say, finds nothing."""
    match query:
        case MatchAll():
            return Found(None, is_contrary=True)
        case PlainText() | Fuzzy():
            return Found((any_of if query.operator == "or" else all_of)(terms(query.query_string)))
        case Phrase():
            return Found(_run(query.query_string))
        case Boost():
            return found(query.subquery, terms)
        case Not():
            return found(query.subquery, terms).contrary()
        case And():
            return _both([found(part, terms) for part in query.subqueries])
        case Or():
            return _both([found(part, terms).contrary() for part in query.subqueries]).contrary()
    raise NotImplementedError(f"{type(query).__name__} is no query of Wagtail's.")


def _both(parts: list[Found]) -> Found:
    """What is found in all parts. Neither database can look for what does not match, so that is taken out of the rest."""
    if any(part.expression is None and not part.is_contrary for part in parts):
        return Found(None)
    unwanted = any_of(part.expression for part in parts if part.is_contrary and part.expression)
    wanted = all_of(part.expression for part in parts if not part.is_contrary and part.expression)
    if wanted is None:
        return Found(unwanted, is_contrary=True)
    return Found(Without(wanted, unwanted) if unwanted else wanted)


def wanted(query: SearchQuery, terms: Terms, join: Callable[..., Expression | None]) -> Expression | None:
    """What a query would rather find: its wanted terms joined by `join`, whatever it says itself."""
    match query:
        case PlainText() | Fuzzy():
            return join(terms(query.query_string))
        case Phrase():
            return _run(query.query_string)
        case Boost():
            return wanted(query.subquery, terms, join)
        case And():
            return join(filter(None, (wanted(part, terms, join) for part in query.subqueries)))
        case Or():
            return any_of(filter(None, (wanted(part, terms, join) for part in query.subqueries)))
    return None


def _run(text: str) -> Expression | None:
    words = tuple(cut(token.surface) for token in analysis.tokenize(text[:400])[:50])
    return (Run(words) if len(words) > 1 else Token(words[0])) if words else None
