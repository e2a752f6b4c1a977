"""The newsroom: its index, its items, and the categories they stand in."""

from .categories import NewsCategory
from .index import NewsIndexPage
from .items import NewsPage, NewsPageTag

__all__ = ["NewsCategory", "NewsIndexPage", "NewsPage", "NewsPageTag"]
