"""Staff in the newsroom's part of the admin."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from news.models import NewsCategory, NewsPage
from tests.factories import NewsCategoryFactory, UserFactory
from tests.newsroom import make_newsroom, publish


@pytest.fixture
def newsroom(db):
    return make_newsroom()


@pytest.fixture
def keeper(newsroom):
    client = Client()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def rows(response) -> list[str]:
    return [
        row.get_text(" ", strip=True)
        for row in BeautifulSoup(response.content, "html.parser").select("main tbody tr")
    ]


class TestList:
    def test_it_has_every_item_newest_first_with_its_jalali_date(self, newsroom, keeper):
        notice = NewsCategoryFactory(name="اطلاعیه")
        publish(newsroom, 2, category=notice)
        publish(newsroom, title="پیش‌نویس", live=False)
        found = rows(keeper.get(reverse("news:index")))
        assert len(found) == 3
        assert "اطلاعیه" in found[0]
        assert "۲ آذر ۱۴۰۵، ساعت ۱۳:۰۰" in found[0]
        assert "با حضور نمایندگان شهرداری‌ها" in found[0]

    def test_it_is_searched_and_filtered(self, newsroom, keeper):
        notice = NewsCategoryFactory(name="اطلاعیه")
        publish(newsroom, title="فراخوان همکاری", category=notice)
        publish(newsroom, title="نشست شورا")
        for query in ({"q": "فراخوان"}, {"category": notice.pk}):
            found = rows(keeper.get(reverse("news:index"), query))
            assert len(found) == 1
            assert "فراخوان همکاری" in found[0]

    @pytest.mark.parametrize(
        "ordering", ["title", "-date", "category__name", "over_title", "live", "nonsense"]
    )
    def test_it_is_sorted_by_any_column(self, newsroom, keeper, ordering):
        publish(newsroom, 2)
        assert keeper.get(reverse("news:index"), {"ordering": ordering}).status_code == 200

    def test_twelve_rows_cost_what_three_cost(self, newsroom, keeper, django_assert_max_num_queries):
        category = NewsCategoryFactory()

        def cost():
            with django_assert_max_num_queries(40) as captured:
                keeper.get(reverse("news:index"))
            return len(captured)

        publish(newsroom, 3, category=category)
        cost()
        three = cost()
        publish(newsroom, 9, category=NewsCategoryFactory())
        assert cost() == three

    def test_the_menu_leads_to_it(self, newsroom, keeper):
        home = keeper.get(reverse("wagtailadmin_home")).content.decode()
        assert reverse("news:index") in home
        assert reverse("wagtailsnippets_news_newscategory:list") in home


class TestCategories:
    def test_a_category_is_made_and_gets_an_address(self, newsroom, keeper):
        address = reverse("wagtailsnippets_news_newscategory:add")
        response = keeper.post(address, {"name": "گفت‌وگو", "slug": "", "sort_order": "3"})
        assert response.status_code == 302
        assert NewsCategory.objects.get(name="گفت‌وگو").slug == "گفتوگو"

    def test_two_names_with_one_address_are_an_error_of_the_field(self, newsroom, keeper):
        NewsCategoryFactory(name="گزارش ۱", slug="گزارش-1")
        address = reverse("wagtailsnippets_news_newscategory:add")
        response = keeper.post(address, {"name": "گزارش 1", "slug": "", "sort_order": "3"})
        assert response.status_code == 200
        assert NewsCategory.objects.count() == 1

    def test_a_category_without_a_name_has_one_fault(self, newsroom, keeper):
        response = keeper.post(
            reverse("wagtailsnippets_news_newscategory:add"), {"name": "", "sort_order": "1"}
        )
        assert response.context["form"].errors == {"name": ["پر کردن این فیلد الزامی است."]}

    def test_the_items_of_a_removed_category_stay(self, newsroom, keeper):
        category = NewsCategoryFactory()
        (item,) = publish(newsroom, category=category)
        keeper.post(reverse("wagtailsnippets_news_newscategory:delete", args=[category.pk]))
        item.refresh_from_db()
        assert item.live
        assert item.category is None


def test_an_item_is_written_previewed_and_published(newsroom, keeper, client):
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", newsroom.pk])
    assert keeper.get(address).status_code == 200
    form = {
        "title": "سایت گشایش یافت",
        "slug": "opened",
        "over_title": "روتیتر",
        "lead": "لید",
        "date": "2026-11-23 12:00",
        "body-count": "0",
        "tags": 'سايت، "روابط عمومی"، شورا',
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    response = keeper.post(address, form)
    assert response.status_code == 302
    assert "سایت گشایش یافت" in client.get("/news/opened/").content.decode()
    assert set(NewsPage.objects.get().tags.names()) == {"سایت", "روابط عمومی", "شورا"}
