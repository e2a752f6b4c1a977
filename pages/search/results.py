"""What stands in the list of results: pages of their own types, with their matches marked; promoted pages before them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.index import SearchField

from persian import telephone_order
from persian.analysis import matches

from .missed import key

#: Characters of a snippet, and how much of a page is looked through for it.
SNIPPET = 220
LOOKED_THROUGH = 20_000

#: Words in a row that match, or that do not.
Part = tuple[str, bool]


@dataclass(frozen=True)
class Result:
    """One line of the list. `page` is of its own type; titles and snippets are parts in order, matches told apart."""

    page: Page
    title: list[Part]
    snippet: list[Part]


def results(pages: Any, query: str) -> list[Result]:
    """Return `pages`, in their order, as results of `query`; one query to the database for each type of page."""
    found = list(pages)
    specific = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in found]).specific()}
    ordered = [specific[page.pk] for page in found if page.pk in specific]
    return [Result(page, parts(page.title, query), snippet(page, query)) for page in ordered]


def parts(text: str, query: str) -> list[Part]:
    """Return `text` cut where matches of `query` begin and end; words that follow one another are one match."""
    cut: list[Part] = []
    done = 0
    for start, end in _whole_telephones(matches(text, query), text):
        if cut and cut[-1][1] and text[done:start].isspace():
            cut[-1] = (cut[-1][0] + text[done:end], True)
        else:
            cut += [(text[done:start], False)] if start > done else []
            cut.append((text[start:end], True))
        done = end
    return [*cut, (text[done:], False)] if done < len(text) else cut


def _whole_telephones(spans: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Widen matches inside a telephone number to all of it: cut in pieces it could not keep its order."""
    numbers = list(telephone_order.spans(text)) if spans else []
    done = 0
    for start, end in spans:
        for first, last in numbers:
            if start < last and first < end:
                start, end = min(start, first), max(end, last)
        if end > done:
            yield max(start, done), end
            done = end


def snippet(page: Page, query: str) -> list[Part]:
    """Return the place of the page's text with the most matches close together; its description where there is none."""
    text = _text(page)
    return piece(text if matches(text, query) else page.description, query)


def piece(text: str, query: str) -> list[Part]:
    """Return the place of `text` with the most matches close together; its beginning where there is none."""
    spans = matches(text, query)
    if not spans:
        return parts(Truncator(text).chars(SNIPPET), query)
    best = max(spans, key=lambda span: sum(span[0] <= start < span[0] + SNIPPET for start, _end in spans))
    start = _begin(text, best[0])
    end = start + SNIPPET
    if end < len(text):
        ends = [found.start() for found in re.finditer(r"\s", text[best[1] : end])]
        end = best[1] + ends[-1] if ends else max(best[1], end)
    words = _in_a_row(text[start:end].strip())
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return parts(f"{before}{words}{after}", query)


def _in_a_row(lines: str) -> str:
    """Fields and paragraphs one after another, a mark between two unless a sentence ends there."""
    return re.sub(r"(?<![.!؟?؛:،…])\n", " · ", lines).replace("\n", " ")


def _begin(text: str, match: int) -> int:
    """Where to begin so that the match stands in its sentence: the sentence's beginning if near, else a few words before."""
    earliest = max(0, match - SNIPPET // 3)
    ended = max(text.rfind(end, earliest, match) for end in ".!؟؛\n")
    if ended >= 0:
        return ended + 1
    return text.find(" ", earliest, match) + 1 if earliest else 0


def _text(page: Page) -> str:
    """The searchable words of the page but its title, a line for each field and paragraph: `LOOKED_THROUGH` characters."""
    values = []
    for field in page.get_search_fields():
        if (
            isinstance(field, SearchField)
            and field.field_name not in getattr(page, "never_quoted", ("title",))
            and not field.field_name.startswith("seo_")
        ):
            value = field.get_value(page)
            values += [str(item) for item in value] if isinstance(value, list | tuple) else [str(value or "")]
    lines = (" ".join(line.split()) for value in values for line in value.splitlines())
    return "\n".join(line for line in lines if line)[:LOOKED_THROUGH]


def promoted(query: str, pages: QuerySet[Page]) -> list[SearchPromotion]:
    """Return what the staff put first for these words, however they are spelled; pages only from `pages`."""
    wanted = key(query)
    usable = Q(page__isnull=True) | Q(page__in=pages)
    choices = (
        SearchPromotion.objects.filter(usable).select_related("query", "page").order_by("sort_order", "pk")
    )
    return [choice for choice in choices if key(choice.query.query_string) == wanted]
