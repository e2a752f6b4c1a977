"""What everybody may read of answers: a list by topic, one address for each answer, and a search of their own."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control

from contact.addresses import path_of
from contact.models import PublicAnswer, Topic
from pages.search.sources import Finding
from persian.analysis import query_terms
from persian.text import clean

from .choice import number

PER_PAGE = 20
#: Seconds that a copy may be shown without asking again.
FRESH = 60
LONGEST_QUERY = 200
FOUND = 5


def show_list(page: Any, request: HttpRequest) -> HttpResponse:
    """The newest first, all or those of one topic (`?topic=`), or those found (`?q=`)."""
    answers = PublicAnswer.objects.approved().select_related("topic")
    topics = Topic.objects.filter(pk__in=answers.order_by().values("topic"))
    chosen = next((topic for topic in topics if topic.pk == number(request.GET.get("topic"))), None)
    if chosen:
        answers = answers.filter(topic=chosen)
    query = _words(request.GET.get("q", ""))
    shown = answers.search(query) if query else answers.order_by("-approved_at", "-pk")
    listing = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    more = {"answers": listing, "topics": topics, "chosen": chosen, "query": query}
    return _page(page, request, "answers", more)


def show_one(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    answer = PublicAnswer.objects.approved().select_related("topic").filter(pk=pk).first()
    if answer is None:
        raise Http404
    return _page(page, request, "answer", {"answer": answer})


def find(query: str) -> list[Finding]:
    """For the site's search."""
    answers = PublicAnswer.objects.approved()
    found = list(answers.search(query)[:FOUND]) if answers.exists() else []
    base = path_of("answers/") if found else ""
    return [
        Finding(
            title=answer.question, text=answer.answer, address=f"{base}{answer.pk}/", at=answer.approved_at
        )
        for answer in found
    ]


def sitemap_urls(page: Any) -> list[dict[str, Any]]:
    """An entry for each public answer."""
    rows = PublicAnswer.objects.approved().order_by("pk").values_list("pk", "approved_at")
    return [{"location": f"{page.full_url}answers/{pk}/", "lastmod": at} for pk, at in rows]


def _words(typed: str) -> str:
    words = " ".join(clean(typed[:LONGEST_QUERY]).split())
    return words if query_terms(words) else ""


def _page(page: Any, request: HttpRequest, template: str, more: dict[str, Any]) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        return HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS"])
    response = page.render(request, template=f"contact/{template}.html", context_overrides=more)
    patch_cache_control(response, max_age=FRESH)
    return response
