"""A newsroom to test in: the home page, an empty news index under it, and items by the dozen."""

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Page, Site

from news.models import NewsIndexPage, NewsPage
from tests.factories import HomePageFactory, NewsIndexPageFactory, NewsPageFactory, SiteImageFactory

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Tehran"))  # 2 Azar 1405


def make_newsroom() -> NewsIndexPage:
    home = HomePageFactory(parent=Page.get_first_root_node())
    Site.objects.update(root_page=home)
    Site.clear_site_root_paths_cache()
    return NewsIndexPageFactory(parent=home)


def publish(index: NewsIndexPage, count: int = 1, **values) -> list[NewsPage]:
    """Publish items an hour apart, the newest last."""
    return [
        NewsPageFactory(
            parent=index, **{"date": NOON + timedelta(hours=n), "last_published_at": NOON, **values}
        )
        for n in range(count)
    ]


def picture(size=(1600, 1200), color=(20, 90, 120), **values):
    """An image of one colour, in the library."""
    file = BytesIO()
    Image.new("RGB", size, color).save(file, "JPEG")
    return SiteImageFactory(file=ImageFile(file, "picture.jpg"), **values)


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def titles(response) -> list[str]:
    """The headlines of a list, in their order."""
    return [link.text.strip() for link in soup(response).select("main .card__link")]
