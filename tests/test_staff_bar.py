"""The CMS's bar on public pages and in previews: its checks for staff, nothing at all for visitors."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import expect

from pages.models import StandardPage
from tests.browser_fixtures import PHONE, log_in

pytestmark = pytest.mark.django_db


def test_visitors_have_no_bar_and_nobody_asks_who_they_are(site, visitor, pr_head):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = visitor.get("/mission/")
    assert not [query["sql"] for query in queries if "session" in query["sql"] or "auth_" in query["sql"]]
    assert "userbar" not in page.content.decode()
    assert "digits.js" not in page.content.decode()
    assert "Cookie" not in page.get("Vary", "")
    assert "wagtail-userbar" in pr_head.get("/mission/").content.decode()


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}])
def test_staff_have_the_bar_in_persian_within_the_screen(
    site, pr_head, new_page, live_server, witness, viewport
):
    page = new_page(viewport=viewport, locale="en-GB")
    log_in(page, pr_head, live_server.url)
    page.goto("/mission/")
    page.locator(".w-userbar-trigger").click()
    items = page.locator(".w-userbar-items")
    expect(items.get_by_role("menuitem", name="ویرایش")).to_be_visible()
    expect(items).to_be_in_viewport(ratio=1)
    assert items.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert items.evaluate("e => getComputedStyle(e).fontFamily").startswith("Vazirmatn")
    witness.assert_quiet()  # nor does the page itself have anything to mend


def test_the_editor_is_told_what_is_not_accessible(site, pr_head, new_page, live_server, witness):
    mission = StandardPage.objects.get(slug="mission")
    mission.body = [("heading", {"text": "سرعنوان", "level": "h3"}), ("paragraph", "<p>متن</p>")]
    mission.save_revision()
    page = new_page()
    log_in(page, pr_head, live_server.url)
    page.goto(reverse("wagtailadmin_pages:edit", args=[mission.pk]))
    page.locator("[data-side-panel-toggle=checks]").click()
    panel = page.locator("[data-checks-panel]")
    expect(panel.get_by_text("ترتیب سطح سرعنوان‌ها درست نیست")).to_be_visible(timeout=20_000)
    expect(panel).to_contain_text("از روی سطحی نپرید")
    # The CMS writes what it found to the console too; the content policy has nothing to say.
    assert all(complaint.startswith("axe.run results") for complaint in witness.complaints), (
        witness.complaints
    )
