"""Counters of the admin: Persian digits where people read, plain ones where machines do."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Collection

from news.models import NewsIndexPage
from pages.models import GoalsPage, StandardPage
from tests.desk_fixtures import page_of
from tests.newsroom import picture, publish, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(site):
    index = NewsIndexPage.objects.get()
    for n in range(52):
        publish(index, slug=f"item-{n}", title="نشست روابط عمومی‌ها")
    return index


def test_a_long_list_counts_in_persian_and_pages_in_plain_digits(newsroom, pr_head):
    page = page_of(pr_head.get(reverse("wagtailadmin_explore", args=[newsroom.pk])))
    assert re.search(r"۱ تا ۵۰ از ۵\d", page)
    assert re.search(r"صفحهٔ ۱ از ۲", page)
    assert "?p=2" in page
    assert f"/admin/pages/{newsroom.pk}/" in page


def test_the_size_of_an_image_is_read_in_persian_and_cropped_in_plain_digits(site, pr_head):
    image = picture((800, 600), title="پل خواجو", collection=Collection.get_first_root_node())
    page = page_of(pr_head.get(reverse("wagtailimages:edit", args=[image.pk])))
    assert "۸۰۰×۶۰۰" in page
    assert 'data-original-width="800"' in page
    assert re.search(r"[۰-۹]+(٫[۰-۹])?\s(کیلوبایت|بایت)", page)


def test_forms_keep_what_machines_read(site, pr_head):
    goals = GoalsPage.objects.get()
    page = soup(pr_head.get(reverse("wagtailadmin_pages:edit", args=[goals.pk])))
    assert page.select_one("[name=goals-TOTAL_FORMS]")["value"] == str(goals.goals.count())
    assert page.select_one("[name=goals-0-ORDER]")["value"] == "1"


def test_a_preview_shows_the_page_as_visitors_see_it(site, pr_head):
    mission = StandardPage.objects.get(slug="mission")
    mission.title = "برنامهٔ 2 ساله"
    mission.save_revision()
    page = page_of(pr_head.get(reverse("wagtailadmin_pages:view_draft", args=[mission.pk])))
    assert "برنامهٔ 2 ساله" in page
    assert "برنامهٔ ۲ ساله" in page_of(pr_head.get(reverse("wagtailadmin_pages:edit", args=[mission.pk])))


def test_the_public_page_is_left_as_it_was_written(site, visitor):
    mission = StandardPage.objects.get(slug="mission")
    mission.title = "برنامهٔ 2 ساله"
    mission.save_revision().publish()
    assert "برنامهٔ 2 ساله" in visitor.get("/mission/").content.decode()
