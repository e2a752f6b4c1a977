"""RSS 2.0 and Atom (RFC 4287) feeds of the newest items. Every address in them is absolute: they are read elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from wagtail.models import Site

from pages.models import ContactDetails
from persian.text import clean

from .categories import NewsCategory
from .items import NewsPage

if TYPE_CHECKING:
    from .index import NewsIndexPage

NEWEST = 20


@dataclass
class Channel:
    """What one feed is made of. `address`: of the feed itself; `link`: of the page with the same items."""

    request: HttpRequest
    index: NewsIndexPage
    category: NewsCategory | None
    address: str
    site: Site
    publisher: str

    @property
    def link(self) -> str:
        index = self.index.get_full_url(self.request)
        return (
            index + self.index.reverse_subpage("category", [self.category.slug]) if self.category else index
        )

    @property
    def title(self) -> str:
        parts = [self.publisher, self.index.title, self.category.name if self.category else ""]
        return clean(" | ".join(part for part in parts if part))


class NewsFeed(Feed):
    """The newest items as RSS. Text is cleaned: XML has no way to write control characters."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    language = "fa"
    item_guid_is_permalink = True

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        site = Site.find_for_request(request)
        publisher = ContactDetails.for_site(site).unit_name
        return Channel(request=request, site=site, publisher=publisher, **kwargs)

    def title(self, channel: Channel) -> str:
        return channel.title

    def link(self, channel: Channel) -> str:
        return channel.link

    def feed_url(self, channel: Channel) -> str:
        return channel.address

    def description(self, channel: Channel) -> str:
        return clean(channel.index.lead)

    subtitle = description

    def items(self, channel: Channel) -> Iterable[NewsPage]:
        news = channel.index.get_news().defer("body").select_related("category")
        if channel.category:
            news = news.in_category(channel.category)
        for item in news[:NEWEST]:
            item.address = item.get_full_url(channel.request)
            item.permalink = f"{channel.site.root_url}{item.short_address}"
            yield item

    def item_title(self, item: NewsPage) -> str:
        return clean(item.title)

    def item_description(self, item: NewsPage) -> str:
        """Both formats take this for HTML, so the plain text is escaped."""
        return escape(clean(item.lead))

    def item_link(self, item: NewsPage) -> str:
        return item.address

    def item_guid(self, item: NewsPage) -> str:
        """The short address: a renamed item stays the same item for feed readers."""
        return item.permalink

    def item_pubdate(self, item: NewsPage) -> datetime.datetime:
        return timezone.localtime(item.date)

    def item_updateddate(self, item: NewsPage) -> datetime.datetime:
        return timezone.localtime(item.last_updated or item.date)

    def item_categories(self, item: NewsPage) -> list[str]:
        return [clean(item.category.name)] if item.category else []


class NewsAtomFeed(NewsFeed):
    feed_type = Atom1Feed


FEEDS: dict[str, type[NewsFeed]] = {"rss": NewsFeed, "atom": NewsAtomFeed}
