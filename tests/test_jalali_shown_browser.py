"""Dates that the admin's own scripts write, in a browser that speaks English and stands elsewhere."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Comment

from news.models import NewsPage
from tests.browser_fixtures import log_in

pytestmark = pytest.mark.browser


def test_a_comment_bears_the_same_jalali_date_on_every_machine(pr_head, new_page, live_server):
    item = NewsPage.objects.live().first()
    comment = Comment.objects.create(
        page=item, user=pr_head.user, text="تیتر کوتاه‌تر شود", contentpath="title"
    )
    Comment.objects.filter(pk=comment.pk).update(
        created_at=datetime.datetime(2026, 11, 23, 20, 45, tzinfo=datetime.UTC)
    )
    page = new_page(locale="en-US", timezone_id="America/New_York")
    log_in(page, pr_head, live_server.url)
    page.goto(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    date = page.locator(".comment-header__date").first
    expect(date).to_contain_text("۳ آذر ۱۴۰۵")
    expect(date).to_contain_text("۰:۱۵")
    expect(date.locator("time")).to_have_attribute("datetime", "2026-11-23T20:45:00.000Z")
