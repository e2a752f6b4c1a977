"""Jalali dates typed in a real browser, where scripts watch every date input: what was typed stays."""

import datetime
import zoneinfo

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from news.models import NewsPage
from persian.working_days.models import Closure
from tests.browser_fixtures import PHONE, log_in

pytestmark = pytest.mark.browser
TYPED = ["۱۴۰۵/۹/۲", "۲ آذر ۱۴۰۵", "1405-09-02"]


@pytest.fixture
def page(pr_head, new_page, live_server):
    page = new_page()
    log_in(page, pr_head, live_server.url)
    return page


@pytest.mark.parametrize("typed", TYPED)
def test_what_was_typed_stays_and_is_saved(page, typed):
    page.goto(reverse("closures:add"))
    page.locator("#id_first_day").fill(typed)
    page.locator("#id_reason").fill("آلودگی هوا")  # the date loses the focus here
    expect(page.locator("#id_first_day")).to_have_value(typed)
    page.locator("main form [type=submit]").last.click()
    page.wait_for_url("**/closures/")
    assert Closure.objects.get().first_day == datetime.date(2026, 11, 23)


def test_a_moment_typed_in_the_editor_stays_and_is_saved(page):
    item = NewsPage.objects.live().first()
    page.goto(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    date = page.locator("#id_date")
    date.fill("۱۴۰۵/۸/۲ ساعت ۱۰:۳۰")
    date.press("Tab")
    expect(date).to_have_value("۱۴۰۵/۸/۲ ساعت ۱۰:۳۰")
    page.keyboard.press("Control+s")
    page.wait_for_load_state("networkidle")
    moment = datetime.datetime(2026, 10, 24, 10, 30, tzinfo=zoneinfo.ZoneInfo("Asia/Tehran"))
    expect(
        page.locator("[data-w-messages-target=container] .success, .messages .success").first
    ).to_be_visible()
    item.refresh_from_db()
    assert item.get_latest_revision_as_object().date == moment


def test_a_year_s_holidays_can_be_read_and_typed_on_a_telephone(page, witness):
    page.set_viewport_size(PHONE)
    page.goto(reverse("holiday-years:year", args=[1405]))
    inputs = page.locator("[name$='-name']:not([type=hidden]), [name$='-date']")
    assert inputs.count() > 30
    cut = inputs.evaluate_all("fields => fields.filter(f => f.scrollWidth > f.clientWidth).map(f => f.value)")
    assert not cut
    assert page.locator("[name='days-0-date']").input_value() == "۱۴۰۵/۰۱/۰۱"
    witness.assert_quiet()
