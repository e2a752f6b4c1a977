"""Tags typed in the admin's own tag field, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from news.models import NewsIndexPage, NewsPage
from tests.browser_fixtures import log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def page(site, pr_head, new_page, live_server):
    page = new_page()
    log_in(page, pr_head, live_server.url)
    return page


def test_tags_typed_in_one_line_become_tags_of_their_own_and_their_chips_can_be_removed(page, witness):
    newsroom = NewsIndexPage.objects.get()
    page.goto(reverse("wagtailadmin_pages:add", args=["news", "newspage", newsroom.pk]))
    page.locator("#id_title").fill("گشایش نمایشگاه")
    field = page.locator(".tagit-new input")
    for typed in ("آزمون، شهرداری", "پل خواجو"):
        field.fill(typed)
        field.press("Enter")
    page.locator("footer [name=action-publish], footer [type=submit]").first.click()
    page.wait_for_url("**/edit/")
    item = NewsPage.objects.get(draft_title="گشایش نمایشگاه").get_latest_revision_as_object()
    assert sorted(tag.name for tag in item.tags.all()) == ["آزمون", "شهرداری", "پل خواجو"]

    chips = page.locator(".tagit-choice")
    expect(chips).to_have_count(3)
    label = chips.first.locator(".tagit-label")
    close = chips.first.locator(".tagit-close")
    assert label.evaluate("e => getComputedStyle(e).fontFamily").startswith("Vazirmatn")
    icon = close.bounding_box()
    assert icon["x"] + icon["width"] <= label.bounding_box()["x"], (
        "the cross stands on the word, not after it"
    )
    close.click()
    expect(chips).to_have_count(2)
    witness.assert_quiet()
