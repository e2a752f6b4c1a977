"""The search page and the suggestions under its box."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from persian.analysis import query_terms
from persian.keyboard import persian_from_latin
from persian.search import close_words
from persian.text import clean

from . import missed, sources
from .results import Result, promoted, results

RESULTS_PER_PAGE = 10
SUGGESTIONS = 6
LONGEST_QUERY = 200


@csrf_exempt
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over all public pages. Whatever is typed is a query; one without a word or number finds nothing."""
    typed = request.GET.get("q", "")
    query = _words(typed)
    pages = _public_pages(request)
    first = promoted(query, pages) if query else []
    found = (
        pages.exclude(pk__in=[choice.page_id for choice in first if choice.page_id]).search(query)
        if query
        else []
    )
    page = Paginator(found, RESULTS_PER_PAGE).get_page(request.GET.get("page"))
    beside = sources.found(query) if query else []
    total = page.paginator.count + len(first) + len(beside)
    page.object_list = results(page.object_list, query)
    context = {
        "query": query,
        "typed": bool(typed.strip()),
        "results": page,
        "promoted": first,
        "beside": beside,
        "total": total,
    }
    if query and not total:
        missed.note(query)
        context["close"] = close_words(query, pages) or _from_latin_keys(query, pages)
        context["some_words"] = _with_some_words(query, pages)
        context["suggestions"] = _suggestions(query, pages)
    return TemplateResponse(request, "pages/search.html", context)


@csrf_exempt
@require_safe
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> HttpResponse:
    """A plain list of pages whose titles have the words typed so far, to stand under the search box; empty when none has."""
    query = _words(request.GET.get("q", ""))
    found = _suggestions(query, _public_pages(request)) if query else []
    return TemplateResponse(request, "components/search_suggestions.html", {"suggestions": found})


def _words(typed: str) -> str:
    """What is searched for and shown again; "" where there is neither word nor number."""
    words = " ".join(clean(typed[:LONGEST_QUERY]).split())
    return words if query_terms(words) else ""


def _public_pages(request: HttpRequest):
    site = Site.find_for_request(request)
    pages = Page.objects.live().public()
    return pages.descendant_of(site.root_page, inclusive=True) if site else pages.none()


def _from_latin_keys(query: str, pages) -> str:
    """What the keys of `query` give on a Persian keyboard, if that finds something."""
    return next((words for words in persian_from_latin(query) if pages.search(words).count()), "")


def _with_some_words(query: str, pages) -> list[Result]:
    """The best pages that have some words of a query of several, if not all of them."""
    if len(query_terms(query)) < 2:
        return []
    return results(pages.search(query, operator="or")[:SUGGESTIONS], query)


def _suggestions(query: str, pages) -> list[Page]:
    return list(pages.autocomplete(query)[:SUGGESTIONS])
