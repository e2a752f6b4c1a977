"""Names for the questions that lists, feeds and the home page ask of the news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from taggit.models import Tag
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from pages.media import SiteRendition

if TYPE_CHECKING:
    from .categories import NewsCategory

# What templates/components/card.html asks of an image; fill crops around the focal point.
CARD_RENDITIONS = ("fill-480x300", "fill-800x500", "fill-1120x700")


class NewsQuerySet(PageQuerySet):
    def published(self) -> NewsQuerySet:
        """What the public may read: live, and in no private section."""
        return self.live().public()

    def newest_first(self) -> NewsQuerySet:
        return self.order_by("-date", "-pk")

    def in_category(self, category: NewsCategory) -> NewsQuerySet:
        return self.filter(category=category)

    def tagged(self, tag: Tag) -> NewsQuerySet:
        return self.filter(tagged_items__tag=tag)

    def for_cards(self) -> NewsQuerySet:
        """With everything that a list of cards shows, in a number of queries that does not grow with the list.

        The body, long and not shown, stays in the database.
        """
        renditions = SiteRendition.objects.filter(filter_spec__in=CARD_RENDITIONS)
        return (
            self.defer("body")
            .select_related("category", "main_image")
            .prefetch_related(
                Prefetch("main_image__renditions", queryset=renditions, to_attr="prefetched_renditions")
            )
        )


NewsManager = PageManager.from_queryset(NewsQuerySet, class_name="NewsManager")
