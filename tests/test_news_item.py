"""A visitor reads an item of news, by its address and by its short one."""

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from news.models import NewsPage
from tests.factories import NewsCategoryFactory, NewsPageFactory, StandardPageFactory
from tests.newsroom import make_newsroom, picture, publish, soup


@pytest.fixture
def newsroom(db):
    return make_newsroom()


@pytest.fixture
def item(newsroom):
    (item,) = publish(
        newsroom,
        category=NewsCategoryFactory(name="اطلاعیه", slug="notice"),
        body=[("paragraph", "<p>متن کامل خبر</p>")],
        main_image=picture(),
        image_caption="نمایندگان در نشست",
    )
    item.tags.add("شورا")
    item.save()
    return item


class TestReading:
    def test_it_has_all_its_parts(self, item, client):
        page = soup(client.get(f"/news/{item.slug}/"))
        main = page.main
        assert main.h1.text == item.title
        assert main.select_one(".page-header__eyebrow").text == item.over_title
        assert main.select_one(".page-header__lead").text == item.lead
        assert "متن کامل خبر" in main.select_one(".flow").text
        assert "نمایندگان در نشست" in main.figcaption.text
        assert "علی رضایی" in main.figcaption.text
        assert "آخرین به‌روزرسانی" in main.text
        assert page.head.find("link", rel="canonical")["href"] == item.full_url

    def test_its_date_is_jalali_for_people_and_iso_for_machines(self, item, client):
        date = soup(client.get(f"/news/{item.slug}/")).select_one(".news-meta time")
        assert date.text == "۲ آذر ۱۴۰۵، ساعت ۱۲:۰۰"
        assert date["datetime"].startswith("2026-11-23T")

    def test_its_category_and_tags_lead_to_their_lists(self, item, client):
        page = soup(client.get(f"/news/{item.slug}/"))
        links = [page.select_one(".news-meta a"), page.select_one("a[rel=tag]")]
        assert [link.text.strip() for link in links] == ["اطلاعیه", "شورا"]
        assert all(item.title in client.get(link["href"]).content.decode() for link in links)

    def test_its_short_address_can_be_copied_whole(self, item, client, settings):
        address = soup(client.get(f"/news/{item.slug}/")).select_one(".short-address")
        assert address["dir"] == "ltr"
        assert address.text == f"{settings.SITE_URL}/n/{item.pk}/"

    def test_an_item_of_a_title_alone_is_a_whole_page(self, newsroom, client):
        bare = NewsPageFactory(parent=newsroom, over_title="", lead="")
        page = soup(client.get(f"/news/{bare.slug}/"))
        assert page.h1.text == bare.title
        assert page.main.figure is None

    def test_it_costs_the_same_with_and_without_neighbours(
        self, newsroom, item, client, django_assert_max_num_queries
    ):
        def cost():
            with django_assert_max_num_queries(30) as captured:
                client.get(f"/news/{item.slug}/")
            return len(captured)

        cost()  # makes the renditions
        alone = cost()
        publish(newsroom, 12)
        assert cost() == alone


class TestMainImage:
    def test_the_browser_chooses_format_and_size(self, item, client):
        figure = soup(client.get(f"/news/{item.slug}/")).select_one(".news-image picture")
        assert [source["type"] for source in figure.find_all("source")] == ["image/avif", "image/webp"]
        image = figure.img
        assert (image["width"], image["height"]) == ("480", "270")
        assert [size.split()[-1] for size in image["srcset"].split(", ")] == ["480w", "960w", "1440w"]
        assert image["sizes"]
        assert all(link.startswith("/media/") for link in (image["src"], *image["srcset"].split(", ")))

    def test_what_it_shows_is_said(self, item, client):
        def alt():
            return soup(client.get(f"/news/{item.slug}/")).select_one(".news-image img")["alt"]

        assert alt() == ""
        item.main_image.description = "سالن نشست"
        item.main_image.save()
        assert alt() == "سالن نشست"
        item.image_alt = "نمایندگان گرد یک میز"
        item.save()
        assert alt() == "نمایندگان گرد یک میز"

    def test_cards_are_cropped_around_the_focal_point(self, newsroom):
        """A tall image, red at its foot, where its focal point is: the crop is red."""
        image = picture(size=(400, 1600), color=(20, 90, 120))
        with image.get_willow_image() as _, Image.open(image.file.path) as original:
            original.load()
        original.paste((200, 20, 20), (0, 1200, 400, 1600))
        original.save(image.file.path)

        def colour():
            with Image.open(image.get_rendition("fill-480x300").file.path) as crop:
                return crop.getpixel((crop.width // 2, crop.height // 2))

        assert colour()[2] > 90
        image.focal_point_x, image.focal_point_y = 200, 1450
        image.focal_point_width = image.focal_point_height = 100
        image.save()
        assert colour()[0] > 150

    def test_the_image_stands_for_the_item_where_it_is_shared(self, item):
        assert item.sharing_image == item.main_image
        item.social_image = picture()
        assert item.sharing_image == item.social_image

    def test_an_item_outlives_its_image(self, item, client):
        item.main_image.delete()
        assert client.get(f"/news/{item.slug}/").status_code == 200


class TestShortAddress:
    def test_it_leads_to_the_item_wherever_it_stands_today(self, item, client):
        response = client.get(item.short_address)
        assert (response.status_code, response["Location"]) == (301, f"/news/{item.slug}/")
        assert response["Cache-Control"] == "no-cache"
        item.slug = "نام-تازه"
        item.save()
        assert client.get(item.short_address, follow=True).context["page"].title == item.title

    def test_persian_digits_are_understood(self, item, client):
        persian = str(item.pk).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        assert client.get(f"/n/{persian}/")["Location"] == f"/news/{item.slug}/"

    def test_without_its_last_slash_it_still_leads_there(self, item, client):
        assert client.get(f"/n/{item.pk}", follow=True).status_code == 200

    def test_what_is_no_public_news_is_not_found(self, newsroom, item, client):
        other = StandardPageFactory(parent=newsroom.get_parent())
        (draft,) = publish(newsroom, live=False)
        (private,) = publish(newsroom)
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        numbers = [
            other.pk,
            newsroom.pk,
            draft.pk,
            private.pk,
            0,
            999999,
            "9" * 18,
            "9" * 400,
            "abc",
            "-1",
            "%00",
        ]
        assert {number: client.get(f"/n/{number}/").status_code for number in numbers} == dict.fromkeys(
            numbers, 404
        )

    def test_it_is_for_reading(self, item, client):
        assert client.post(item.short_address).status_code == 405


class TestRules:
    def test_news_stands_under_the_news_index_and_holds_nothing(self):
        assert [model.__name__ for model in NewsPage.allowed_parent_page_models()] == ["NewsIndexPage"]
        assert NewsPage.allowed_subpage_models() == []

    def test_there_is_one_newsroom(self, newsroom):
        assert not type(newsroom).can_create_at(newsroom.get_parent())

    def test_what_editors_type_is_cleaned(self, newsroom):
        item = NewsPage(title="خبر كوتاه", over_title="روابط\x00 عمومي", lead="\u202eوارونه", slug="x")
        newsroom.add_child(instance=item)
        item.full_clean()
        assert (item.title, item.over_title, item.lead) == ("خبر کوتاه", "روابط عمومی", "وارونه")

    def test_a_name_of_symbols_is_no_category(self, db):
        with pytest.raises(ValidationError):
            NewsCategoryFactory.build(name="٪٪٪", slug="").full_clean()

    def test_the_tree_has_no_problems(self, newsroom, item):
        assert not any(Page.find_problems())


def test_a_draft_can_be_previewed_before_it_has_an_address(newsroom, rf):
    item = NewsPage(title="خبر تازه", slug="new", lead="لید", body=[("paragraph", "<p>متن</p>")])
    item.path, item.depth = newsroom.path + "0001", newsroom.depth + 1
    response = item.make_preview_request()
    assert response.status_code == 200
    response.render()
    assert "خبر تازه" in response.content.decode()
