"""Words of the admin that no catalogue reaches are Persian too."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import Collection, Page

from hamyari_site.permission_names import name_permissions
from pages.models import StandardPage
from tests.desk_fixtures import page_of

pytestmark = pytest.mark.django_db


def test_permissions_bear_persian_names_after_every_migration(site):
    permission = Permission.objects.get(codename="change_newspage")
    assert permission.name == "ویرایش خبر"
    assert Permission.objects.get(codename="view_all_messages").name == "دیدن پیام‌های همهٔ واحدها"
    Permission.objects.filter(pk=permission.pk).update(name="Can change News item")
    assert name_permissions() == 1
    assert name_permissions() == 0
    permission.refresh_from_db()
    assert permission.name == "ویرایش خبر"


def test_the_roots_of_pages_and_files_have_persian_names(site):
    assert Page.get_first_root_node().get_admin_display_title() == "ریشه"
    assert Collection.get_first_root_node().name == "ریشه"


def test_a_noun_stays_singular_after_a_number(pr_head):
    page = page_of(pr_head.get(reverse("wagtailadmin_pages:search")))
    assert re.search(r"[۰-۹]+ صفحه\s", page)
    assert "None" not in re.sub(r"<[^>]*>", "", page)


def test_a_page_that_nobody_is_known_to_have_published_has_a_dash(pr_head):
    StandardPage.objects.get(slug="mission").save_revision().publish()
    page = page_of(pr_head.get(reverse("wagtailadmin_reports:aging_pages")))
    assert "–" in page
    assert ">None<" not in re.sub(r"\s", "", page)


@pytest.mark.parametrize("kind", ["external", "email", "phone", "anchor"])
def test_the_forms_for_links_ask_in_persian(pr_head, kind):
    dialog = pr_head.get(reverse(f"wagtailadmin_choose_page_{kind}_link")).json()["html"]
    assert "متن پیوند" in dialog
    assert "Link text" not in dialog
