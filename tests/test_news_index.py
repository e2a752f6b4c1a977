"""A visitor browses the news: the list, its pages, categories and tags, and the newest items on the home page."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import PageViewRestriction

from news.index import PER_PAGE
from news.models import NewsCategory, NewsPage
from tests.factories import NewsCategoryFactory, NewsPageFactory
from tests.newsroom import make_newsroom, picture, publish, soup, titles


@pytest.fixture
def newsroom(db):
    return make_newsroom()


def test_the_newest_item_comes_first_and_the_later_made_of_two_at_the_same_time(newsroom, client):
    older, newer = publish(newsroom, 2)
    twin = NewsPageFactory(parent=newsroom, date=newer.date)
    assert titles(client.get("/news/")) == [twin.title, newer.title, older.title]


def test_a_card_says_over_title_lead_category_and_jalali_date(newsroom, client):
    publish(newsroom, category=NewsCategoryFactory(name="اطلاعیه"))
    card = soup(client.get("/news/")).select_one(".card")
    assert "با حضور نمایندگان شهرداری‌ها" in card.text
    assert "در این نشست" in card.text
    assert "اطلاعیه" in card.text
    assert card.time.text == "۲ آذر ۱۴۰۵"
    assert card.time["datetime"].startswith("2026-11-23T")


def test_an_empty_newsroom_says_so(newsroom, client):
    response = client.get("/news/")
    assert response.status_code == 200
    assert "هنوز خبری منتشر نشده است" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", 1),
        ("1", 1),
        ("2", 2),
        ("۲", 2),
        ("abc", 1),
        ("0", 2),
        ("-1", 2),
        ("99999", 2),
        ("%00", 1),
        ("9" * 500, 2),
    ],
)
def test_any_page_number_gets_a_sensible_page(newsroom, client, asked, shown):
    publish(newsroom, PER_PAGE + 2)
    response = client.get(f"/news/?page={asked}")
    assert response.status_code == 200
    assert response.context["items"].number == shown
    assert len(titles(response)) == (PER_PAGE if shown == 1 else 2)


def test_a_page_of_the_list_knows_itself_and_its_neighbours(newsroom, client):
    publish(newsroom, 2 * PER_PAGE + 1)
    address = newsroom.full_url
    head = soup(client.get("/news/?page=2")).head
    assert head.find("link", rel="canonical")["href"] == f"{address}?page=2"
    assert head.find("link", rel="prev")["href"] == address
    assert head.find("link", rel="next")["href"] == f"{address}?page=3"
    assert "۲" in head.title.text
    first = soup(client.get("/news/?page=abc")).head
    assert first.find("link", rel="canonical")["href"] == address
    assert first.find("link", rel="prev") is None


def test_every_page_of_the_list_tells_when_the_list_was_updated(newsroom, client):
    publish(newsroom, PER_PAGE + 1)
    oldest = NewsPage.objects.order_by("date").first()
    NewsPage.objects.filter(pk=oldest.pk).update(last_published_at=timezone.now() - timedelta(days=90))
    first, second = (soup(client.get(f"/news/?page={page}")) for page in (1, 2))
    assert first.select_one(".last-updated time") == second.select_one(".last-updated time")


class TestCategories:
    @pytest.fixture
    def notices(self, newsroom):
        return NewsCategoryFactory(name="اطلاعیه", slug="اطلاعیه-ها")

    def test_a_category_has_a_list_of_its_own(self, newsroom, notices, client):
        publish(newsroom, title="خبر دیگر")
        publish(newsroom, title="فراخوان", category=notices)
        response = client.get(f"/news/category/{notices.slug}/")
        page = soup(response)
        assert titles(response) == ["فراخوان"]
        assert page.h1.text == "اطلاعیه"
        assert page.select_one(".news-filters [aria-current]").text == "اطلاعیه"
        assert page.head.find("link", rel="canonical")["href"] == (
            f"{newsroom.full_url}category/{quote(notices.slug)}/"
        )

    def test_the_list_leads_to_every_category_and_its_links_work(self, newsroom, notices, client):
        links = soup(client.get("/news/")).select(".news-filters a")
        assert [client.get(link["href"]).status_code for link in links] == [200, 200]

    def test_a_category_without_items_says_so(self, newsroom, notices, client):
        assert "هنوز خبری منتشر نشده است" in client.get(f"/news/category/{notices.slug}/").content.decode()

    @pytest.mark.parametrize("typed", ["اطلاعيه-ها", "اطلاعیهـ-ها"])
    def test_another_spelling_leads_to_the_one_address(self, newsroom, notices, client, typed):
        response = client.get(f"/news/category/{typed}/")
        assert response.status_code == 301
        assert response["Location"] == f"/news/category/{quote(notices.slug)}/"
        feed = client.get(f"/news/category/{typed}/feed/rss/")
        assert feed["Location"] == f"/news/category/{quote(notices.slug)}/feed/rss/"

    @pytest.mark.parametrize(
        "unknown", ["nothing", "ناشناخته", "a" * 3000, "%00", "%E2%80%8C", "'", '"', "..", "-", "٪"]
    )
    def test_an_unknown_category_is_the_designed_404(self, newsroom, notices, client, unknown):
        for address in (
            f"/news/category/{unknown}/",
            f"/news/category/{unknown}/feed/rss/",
            f"/news/tag/{unknown}/",
        ):
            response = client.get(address)
            assert response.status_code == 404, address
            assert soup(response).h1.text == "این صفحه یافت نشد"

    def test_the_slug_of_a_category_is_made_of_its_name_and_folded(self):
        category = NewsCategory(name=" گزارش تصويري ۱ ")
        category.clean()
        assert (category.name, category.slug) == ("گزارش تصویری ۱", "گزارش-تصویری-1")


class TestTags:
    def test_items_with_a_tag_are_listed(self, newsroom, client):
        publish(newsroom, title="خبر دیگر")
        (item,) = publish(newsroom, title="نشست شورا")
        item.tags.add("شورا")
        item.save()
        assert titles(client.get("/news/tag/شورا/")) == ["نشست شورا"]
        assert client.get("/news/tag/شورا/feed/rss/").status_code == 404

    def test_a_tag_that_no_public_item_has_does_not_exist_for_visitors(self, newsroom, client):
        Tag.objects.create(name="محرمانه", slug="محرمانه")
        (draft,) = publish(newsroom, live=False)
        draft.tags.add("پیش‌نویس")
        draft.save()
        for tag in Tag.objects.all():
            assert client.get(f"/news/tag/{tag.slug}/").status_code == 404


class TestWhatThePublicDoesNotSee:
    @pytest.fixture
    def hidden(self, newsroom):
        category = NewsCategoryFactory(slug="notice")
        (draft,) = publish(newsroom, title="پیش‌نویس خبر", live=False, category=category)
        (scheduled,) = publish(newsroom, title="خبر فردا", live=False, category=category)
        scheduled.go_live_at = timezone.now() + timedelta(days=1)
        scheduled.save_revision().publish()
        (private,) = publish(newsroom, title="خبر درونی", category=category)
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        for item in (draft, scheduled, private):
            item.tags.add("نهان")
            item.save()
        return [draft, scheduled, private]

    @pytest.mark.parametrize(
        "address",
        ["/", "/news/", "/news/category/notice/", "/news/feed/rss/", "/news/category/notice/feed/atom/"],
    )
    def test_it_stands_in_no_list(self, newsroom, hidden, client, address):
        (seen,) = publish(newsroom, title="خبر امروز", category=hidden[0].category)
        text = client.get(address).content.decode()
        assert seen.title in text
        assert not any(item.title in text for item in hidden)

    def test_it_has_no_address_for_visitors(self, newsroom, hidden, client):
        assert client.get("/news/tag/نهان/").status_code == 404
        for item in hidden:
            assert client.get(item.short_address).status_code == 404
            assert client.get(f"/news/{item.slug}/").status_code in (302, 404)


class TestQueries:
    """Lists cost the same however many items they hold."""

    def cost(self, client, address, django_assert_num_queries):
        client.get(address)  # makes the renditions
        with django_assert_num_queries(1000, exact=False) as captured:
            client.get(address)
        return len(captured)

    @pytest.mark.parametrize(
        "address",
        ["/", "/news/", "/news/category/notice/", "/news/tag/شورا/", "/news/feed/rss/", "/news/?page=2"],
    )
    def test_twelve_items_cost_what_three_cost(
        self, newsroom, client, address, django_assert_max_num_queries
    ):
        category = NewsCategoryFactory(slug="notice")

        def add(count):
            for item in publish(newsroom, count, category=category):
                item.main_image = picture(size=(320, 240))
                item.tags.add("شورا")
                item.save()

        def cost():
            client.get(address)  # makes the renditions
            with django_assert_max_num_queries(30) as captured:
                assert client.get(address).status_code == 200
            return len(captured)

        add(3)
        three = cost()
        add(9)
        assert cost() == three


def test_the_home_page_shows_the_newest_items(newsroom, client):
    items = publish(newsroom, 8)
    page = soup(client.get("/"))
    assert [link.text for link in page.select(".card__link")] == [item.title for item in items[:1:-1]]
    assert page.select_one(".section__more")["href"] == "/news/"


@pytest.mark.parametrize(("published", "shown"), [(1, 1), (2, 2), (3, 3), (4, 3), (5, 3), (6, 6), (7, 6)])
def test_the_news_of_the_home_page_fill_their_rows_of_three(newsroom, client, published, shown):
    publish(newsroom, published)
    assert len(soup(client.get("/")).select(".card__link")) == shown


def test_a_home_page_without_news_has_no_empty_section(newsroom, client):
    assert soup(client.get("/")).find(id="latest-news") is None
