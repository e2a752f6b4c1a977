"""Close words: what somebody may have meant whose query finds nothing. Bounded in work, whatever is typed and indexed."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from modelsearch.query import And, Boost, Fuzzy, Not, Or, PlainText, SearchQuery
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from persian import analysis

from .models import IndexedWord

PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئ"
LATIN = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, LONGEST = 3, 20  # letters of a word that is looked at
SHORTEST_FOR_TWO = 5  # two slips in four letters would be another word
LONGEST_QUERY = 200
MOST_WORDS = 8  # of a query
MOST_SLIPS = 3  # words of a query that are replaced
MOST_COMPARED = 4000  # known words that one word is compared with
MOST_TRIED = 5  # close words that are searched for


def close_words(query: str, pages: QuerySet[Page] | None = None) -> str | None:
    """Return the query with close words of the index in place of those that find nothing; None when that is no help.

    `pages` are those that a visitor may see (by default, all that are public): no word is proposed that only others hold.
    Asks the database five times at most, however many words and candidates there are.
    """
    pages = Page.objects.live().public() if pages is None else pages
    words = analysis.tokenize(query[:LONGEST_QUERY])
    suspects = [word for word in words[:MOST_WORDS] if _may_be_a_slip(word.surface)]
    known = counts([word.surface for word in suspects], pages)
    unknown = [word for word in suspects if not known[word.surface]]
    if not unknown or len(words) > MOST_WORDS or len(unknown) > MOST_SLIPS:
        return None
    candidates = close([word.surface for word in unknown], MOST_TRIED)
    if not all(candidates.values()):
        return None
    found = counts([written for tried in candidates.values() for written in tried], pages)
    meant, end = "", 0
    for word in unknown:
        best = max(candidates[word.surface], key=lambda written: found[written])
        if not found[best]:
            return None
        meant += query[end : word.start] + best
        end = word.end
    meant = " ".join((meant + query[end:]).split())
    return meant if len(words) == 1 or counts([meant], pages)[meant] else None


def counts(texts: Iterable[str], pages: QuerySet[Page]) -> dict[str, int]:
    """Return how many of `pages` each text finds; one query for all."""
    backend, connection = get_search_backend(), connections[pages.db]
    selects: dict[str, tuple[str, Sequence[Any]]] = {}
    for text in dict.fromkeys(texts):
        found = backend.search(text, pages).get_queryset(ranked=False).order_by().values("pk")
        with suppress(EmptyResultSet):
            sql, params = found.query.get_compiler(connection=connection).as_sql()
            selects[text] = f"(SELECT COUNT(*) FROM ({sql}) AS found)", params  # noqa: S608 - made by Django
    row: Sequence[int] = ()
    if selects:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(sql for sql, _params in selects.values())}",
                [value for _sql, params in selects.values() for value in params],
            )
            row = cursor.fetchone()
    return {**dict.fromkeys(texts, 0), **dict(zip(selects, row, strict=True))}


def close(words: Sequence[str], limit: int) -> dict[str, list[str]]:
    """Return for each word those of the index one slip away, as they are written; failing those, two slips away.

    Two queries for all words, the second only where the first has no answer.
    """
    slips = {word: _one_slip(word) for word in words}
    known = _written({part for word in words for part in (*slips[word], *chain(*_cuts(word)))})
    result = {}
    for word in words:
        near = [known[slip] for slip in slips[word] if slip in known]
        pairs = (f"{known[one]} {known[two]}" for one, two in _cuts(word) if one in known and two in known)
        result[word] = (near or list(pairs))[:limit]
    distant = [word for word in words if not result[word] and len(word) >= SHORTEST_FOR_TWO]
    return result | {word: near[:limit] for word, near in _two_slips(distant).items()}


def with_close_words(query: SearchQuery) -> SearchQuery:
    """Return a query in which each word of a `Fuzzy` may be a close one."""
    match query:
        case Fuzzy():
            words = [word.surface for word in analysis.tokenize(query.query_string)[:MOST_WORDS]]
            candidates = close(words, MOST_TRIED)
            choices = [Or([PlainText(text) for text in (word, *candidates[word])]) for word in words]
            return Or(choices) if query.operator == "or" else And(choices or [PlainText("")])
        case Boost() | Not():
            return type(query)(
                with_close_words(query.subquery), *([query.boost] if isinstance(query, Boost) else [])
            )
        case And() | Or():
            return type(query)([with_close_words(part) for part in query.subqueries])
    return query


def _may_be_a_slip(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _one_slip(word: str) -> list[str]:
    """Everything one slip away: two letters exchanged, one too many, one too few, one for another."""
    letters = LATIN if word.isascii() else PERSIAN
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    slips = [
        *(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
        *(left + right[1:] for left, right in cuts if right),
        *(left + letter + right for left, right in cuts for letter in letters),
        *(left + letter + right[1:] for left, right in cuts if right for letter in letters),
    ]
    return [slip for slip in dict.fromkeys(slips) if slip != word and len(slip) >= SHORTEST]


def _cuts(word: str) -> list[tuple[str, str]]:
    """The ways in which two words may have been typed as one."""
    return [(word[:at], word[at:]) for at in range(SHORTEST - 1, len(word) - SHORTEST + 2)]


def _written(words: Iterable[str]) -> dict[str, str]:
    return dict(IndexedWord.objects.filter(word__in=words).values_list("word", "written"))


def _two_slips(words: Sequence[str]) -> dict[str, list[str]]:
    if not words:
        return {}
    like = (
        Q(word__startswith=word[0], length__gte=len(word) - 2, length__lte=len(word) + 2) for word in words
    )
    near = IndexedWord.objects.annotate(length=Length("word")).filter(reduce(or_, like))
    pairs = sorted(near.values_list("word", "written")[: MOST_COMPARED * len(words)])
    return {
        word: [
            written
            for known, written in pairs
            if known[0] == word[0] and abs(len(known) - len(word)) <= 2 and distance(word, known, 2) <= 2
        ]
        for word in words
    }


def distance(one: str, other: str, most: int) -> int:
    """Return how many slips lie between two words (optimal string alignment); any number above `most` means "more"."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for column, with_letter in enumerate(other, 1):
            cost = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != with_letter))
            if at > 1 and column > 1 and letter == other[column - 2] and one[at - 2] == with_letter:
                cost = min(cost, last[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
