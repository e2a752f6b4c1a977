"""The newest items for any page, and the addresses of the newsroom's lists: `{% load news_tags %}`."""

from typing import Any

from django import template
from taggit.models import Tag

from news.models import NewsCategory, NewsIndexPage, NewsPage

register = template.Library()

LATEST = 6
ROW = 3


@register.inclusion_tag("news/includes/latest.html", takes_context=True)
def latest_news(context: template.Context, count: int = LATEST) -> dict[str, Any]:
    """The newest items as cards, in whole rows once there is one; nothing at all before the first one is published."""
    request = context.get("request")
    items = list(NewsPage.objects.published().newest_first().for_cards()[:count])
    items = items[: len(items) // ROW * ROW or count]
    return {
        "request": request,
        "items": items,
        "index_url": items[0].get_parent().get_url(request) if items else "",
    }


@register.simple_tag(takes_context=True)
def category_url(context: template.Context, category: NewsCategory) -> str:
    """The address of a category's list, on the news index and on its items."""
    return _index_url(context) + NewsIndexPage.get_resolver().reverse("category", category.slug)


@register.simple_tag(takes_context=True)
def category_feed_url(context: template.Context, category: NewsCategory, kind: str) -> str:
    return _index_url(context) + NewsIndexPage.get_resolver().reverse("category_feed", category.slug, kind)


@register.simple_tag(takes_context=True)
def tag_url(context: template.Context, tag: Tag) -> str:
    """The address of the list of items with this tag."""
    return _index_url(context) + NewsIndexPage.get_resolver().reverse("tag", tag.slug)


@register.simple_tag(takes_context=True)
def feed_url(context: template.Context, kind: str) -> str:
    return _index_url(context) + NewsIndexPage.get_resolver().reverse("feed", kind)


def _index_url(context: template.Context) -> str:
    """Where the index stands; the breadcrumbs of an item have found it already. "" in the preview of a new page."""
    page = context["page"]
    index = page if isinstance(page, NewsIndexPage) else (page.breadcrumbs or [None])[-1]
    return (index and index.get_url(context.get("request"))) or ""
