"""A feed reader follows the news: RSS and Atom, all of it or a category."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from news.feeds import NEWEST
from news.models import NewsPage
from pages.models import ContactDetails
from tests.factories import NewsCategoryFactory
from tests.newsroom import NOON, make_newsroom, publish, soup

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def newsroom(db):
    newsroom = make_newsroom()
    ContactDetails.objects.create(site=newsroom.get_site(), unit_name="واحد روابط عمومی")
    return newsroom


@pytest.fixture
def notices():
    return NewsCategoryFactory(name="اطلاعیه", slug="اطلاعیه")


def rss(response) -> ElementTree.Element:
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).find("channel")


def atom(response) -> ElementTree.Element:
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def test_the_rss_feed_tells_each_item_in_full_addresses(newsroom, notices, client, settings):
    (item,) = publish(newsroom, title="پیام‌ها <و> پاسخ‌ها", category=notices)
    channel = rss(client.get("/news/feed/rss/"))
    assert channel.findtext("title") == "واحد روابط عمومی | خبرها"
    assert channel.findtext("language") == "fa"
    assert channel.findtext("link") == newsroom.full_url
    assert channel.find(f"{ATOM}link").get("href") == f"{newsroom.full_url}feed/rss/"
    entry = channel.find("item")
    assert entry.findtext("title") == item.title
    assert entry.findtext("link") == item.full_url
    assert entry.findtext("description") == item.lead
    assert entry.findtext("category") == "اطلاعیه"
    assert parsedate_to_datetime(entry.findtext("pubDate")) == NOON
    assert entry.find("guid").get("isPermaLink") == "true"
    assert entry.findtext("guid") == f"{settings.SITE_URL}/n/{item.pk}/"


def test_the_atom_feed_is_valid_and_has_iso_dates(newsroom, client):
    (item,) = publish(newsroom)
    feed = atom(client.get("/news/feed/atom/"))
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fa"
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == item.title
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}published")) == NOON
    for required in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{required}")
        assert entry.findtext(f"{ATOM}{required}")
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        f"{newsroom.full_url}feed/atom/"
    ]


def test_a_category_has_feeds_of_its_own_which_its_page_names(newsroom, notices, client):
    publish(newsroom, title="خبر دیگر")
    publish(newsroom, title="فراخوان", category=notices)
    head = soup(client.get(f"/news/category/{notices.slug}/")).head
    links = [link["href"] for link in head.find_all("link", rel="alternate")]
    assert {"/news/feed/rss/", "/news/feed/atom/"} < set(links)
    own = [link for link in links if "/category/" in link]
    channel = rss(client.get(own[0]))
    assert channel.findtext("title") == "واحد روابط عمومی | خبرها | اطلاعیه"
    assert [entry.findtext("title") for entry in channel.findall("item")] == ["فراخوان"]
    assert [entry.findtext(f"{ATOM}title") for entry in atom(client.get(own[1])).findall(f"{ATOM}entry")] == [
        "فراخوان"
    ]


def test_it_holds_the_newest_items_only(newsroom, client):
    items = publish(newsroom, NEWEST + 1)
    entries = rss(client.get("/news/feed/rss/")).findall("item")
    assert [entry.findtext("title") for entry in entries] == [item.title for item in items[:0:-1]]


def test_an_empty_feed_is_a_feed(newsroom, client):
    assert rss(client.get("/news/feed/rss/")).findall("item") == []
    assert atom(client.get("/news/feed/atom/")).findall(f"{ATOM}entry") == []


def test_control_characters_cannot_break_it(newsroom, notices, client):
    publish(newsroom, category=notices)
    NewsPage.objects.update(title="خبر \x0b\x1f\x08تازه\u202e", lead="لید\x01 ]]> & <b>")
    notices.name = "اطلاعیه\x02"
    notices.save()
    for kind in ("rss", "atom"):
        response = client.get(f"/news/category/{notices.slug}/feed/{kind}/")
        text = "".join(ElementTree.fromstring(response.content).itertext())
        assert "خبر تازه" in text
        assert "&lt;b&gt;" in text


def test_another_kind_of_feed_is_not_found(newsroom, client):
    assert client.get("/news/feed/json/").status_code == 404
    assert client.get("/news/feed/").status_code == 404


def test_readers_may_ask_for_its_date_alone(newsroom, client):
    publish(newsroom)
    assert client.head("/news/feed/rss/")["Last-Modified"]
