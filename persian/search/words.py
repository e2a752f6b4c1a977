"""Close words: what somebody may have meant whose query finds nothing. Bounded in work, whatever is typed and indexed."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
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
    """
    pages = Page.objects.live().public() if pages is None else pages
    backend = get_search_backend()

    def count(text: str) -> int:
        return backend.search(text, pages).count()

    words = analysis.tokenize(query[:LONGEST_QUERY])
    unknown = [word for word in words if _may_be_a_slip(word.surface) and not count(word.surface)]
    if not unknown or len(words) > MOST_WORDS or len(unknown) > MOST_SLIPS:
        return None
    meant, end = "", 0
    for word in unknown:
        tried = {written: count(written) for written in close(word.surface, MOST_TRIED)}
        best = max(tried, key=lambda written: tried[written], default="")
        if not best or not tried[best]:
            return None
        meant += query[end : word.start] + best
        end = word.end
    meant = " ".join((meant + query[end:]).split())
    return meant if count(meant) else None


def close(word: str, limit: int) -> list[str]:
    """Return words of the index one slip away from `word`, as they are written; failing those, two slips away."""
    near = _written(_one_slip(word)) or [" ".join(pair) for pair in _two_words(word)]
    return near[:limit] or (_two_slips(word)[:limit] if len(word) >= SHORTEST_FOR_TWO else [])


def with_close_words(query: SearchQuery) -> SearchQuery:
    """Return a query in which each word of a `Fuzzy` may be a close one."""
    match query:
        case Fuzzy():
            words = [word.surface for word in analysis.tokenize(query.query_string)[:MOST_WORDS]]
            choices = [Or([PlainText(text) for text in (word, *close(word, MOST_TRIED))]) for word in words]
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


def _two_words(word: str) -> Iterator[tuple[str, str]]:
    """Two known words that were typed as one."""
    cuts = range(SHORTEST - 1, len(word) - SHORTEST + 2)
    parts = {part for at in cuts for part in (word[:at], word[at:])}
    known = dict(IndexedWord.objects.filter(word__in=parts).values_list("word", "written"))
    for at in cuts:
        if word[:at] in known and word[at:] in known:
            yield known[word[:at]], known[word[at:]]


def _two_slips(word: str) -> list[str]:
    near = (
        IndexedWord.objects.filter(word__startswith=word[0])
        .annotate(length=Length("word"))
        .filter(length__gte=len(word) - 2, length__lte=len(word) + 2)
    )
    pairs = near.values_list("word", "written")[:MOST_COMPARED]
    return [written for known, written in pairs if distance(word, known, 2) <= 2]


def _written(words: Iterable[str]) -> list[str]:
    words = list(words)
    known = dict(IndexedWord.objects.filter(word__in=words).values_list("word", "written"))
    return [known[word] for word in words if word in known]


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
