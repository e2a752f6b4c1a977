"""The dialog that picks a Jalali day, in a real browser: by keyboard and touch, in the CMS's menus and dialogs."""

import datetime
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from news.models import NewsPage
from persian.calendar import format_jalali, weekday_name
from persian.dates import parse_date
from persian.working_days.models import Closure
from tests.browser_fixtures import PHONE, log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def page(pr_head, new_page, live_server):
    page = new_page()
    log_in(page, pr_head, live_server.url)
    return page


def button_of(page: Page, name: str, prefix: str = "id_"):
    return page.locator(f"#{prefix}{name} + .date-input__button")


def pick_from(page: Page, typed: str) -> None:
    """Open the dialog of a closure's first day with the keyboard, after something was typed."""
    page.goto(reverse("closures:add"))
    page.locator("#id_first_day").fill(typed)
    button_of(page, "first_day").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".date-picker")).to_be_visible()


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_the_keyboard_walks_through_the_grid_and_picks(page, witness):
    pick_from(page, "۱۴۰۵/۹/۲")
    expect(page.get_by_role("dialog", name="انتخاب تاریخ")).to_be_visible()
    grid = page.get_by_role("grid", name="آذر ۱۴۰۵")
    expect(grid.get_by_role("columnheader").first).to_have_text("ش")
    expect(grid.locator("[aria-selected=true]")).to_have_text("۲")
    for key, day in [
        ("ArrowLeft", "سه‌شنبه ۳ آذر ۱۴۰۵"),
        ("ArrowRight", "دوشنبه ۲ آذر ۱۴۰۵"),
        ("ArrowDown", "دوشنبه ۹ آذر ۱۴۰۵"),
        ("ArrowUp", "دوشنبه ۲ آذر ۱۴۰۵"),
        ("Home", "شنبه ۳۰ آبان ۱۴۰۵"),
        ("End", "جمعه ۶ آذر ۱۴۰۵"),
        ("PageDown", "یکشنبه ۶ دی ۱۴۰۵"),
        ("PageUp", "جمعه ۶ آذر ۱۴۰۵"),
        ("Shift+PageDown", "شنبه ۶ آذر ۱۴۰۶"),
        ("Shift+PageUp", "جمعه ۶ آذر ۱۴۰۵"),
    ]:
        page.keyboard.press(key)
        assert focused(page) == day, key
        expect(page.locator(".date-picker [tabindex='0']")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".date-picker")).to_be_hidden()
    expect(page.locator("#id_first_day")).to_have_value("۱۴۰۵/۰۹/۰۶")
    expect(button_of(page, "first_day")).to_be_focused()
    expect(button_of(page, "first_day")).to_have_accessible_name(re.compile("روز نخست.*جمعه ۶ آذر ۱۴۰۵"))
    page.locator("#id_reason").fill("آلودگی هوا")
    page.locator("main form [type=submit]").last.click()
    page.wait_for_url("**/closures/")
    assert Closure.objects.get().first_day == datetime.date(2026, 11, 27)
    witness.assert_quiet()


def test_escape_leaves_everything_as_it_was(page):
    pick_from(page, "۲ آذر ۱۴۰۵")
    page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    expect(page.locator(".date-picker")).to_be_hidden()
    expect(page.locator("#id_first_day")).to_have_value("۲ آذر ۱۴۰۵")
    expect(button_of(page, "first_day")).to_be_focused()


@pytest.mark.parametrize(
    ("typed", "key", "day"),
    [
        ("۱۴۰۵/۰۶/۳۱", "PageDown", "پنجشنبه ۳۰ مهر ۱۴۰۵"),
        ("۱۴۰۳/۱۲/۳۰", "Shift+PageDown", "جمعه ۲۹ اسفند ۱۴۰۴"),
        ("۱۴۰۵/۱۲/۲۹", "ArrowLeft", "یکشنبه ۱ فروردین ۱۴۰۶"),
        ("۱۴۰۵/۰۱/۰۱", "PageUp", "جمعه ۱ اسفند ۱۴۰۴"),
        ("2026-11-23", "ArrowLeft", "سه‌شنبه ۳ آذر ۱۴۰۵"),
        ("۲۹ اسفند ۱۴۰۴", "ArrowLeft", "شنبه ۱ فروردین ۱۴۰۵"),
    ],
)
def test_months_and_years_end_where_they_end(page, typed, key, day):
    pick_from(page, typed)
    page.keyboard.press(key)
    assert focused(page) == day


@pytest.mark.parametrize("typed", ["۰۰۰۰/۰۱/۰۱", "۱۴۰۵/۱۳/۰۱", "فردا", "۲ نوامبر ۱۴۰۵"])
def test_what_is_no_date_opens_it_at_today(page, typed):
    pick_from(page, typed)
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "date"
    expect(page.locator(".date-picker [aria-selected=true]")).to_have_count(0)


def test_its_calendar_is_ours(page):
    """The first days of all months from 1396 to 1409, two leap cycles, as the keyboard meets them."""
    pick_from(page, "۱۳۹۶/۰۱/۰۱")
    for month in range(14 * 12):
        day = parse_date(f"{1396 + month // 12}/{month % 12 + 1}/1")
        assert focused(page) == f"{weekday_name(day)} {format_jalali(day)}"
        page.keyboard.press("PageDown")


def test_today_is_today_in_tehran(pr_head, new_page, live_server):
    page = new_page(timezone_id="America/New_York")
    log_in(page, pr_head, live_server.url)
    page.clock.set_fixed_time(datetime.datetime(2026, 11, 23, 20, 45, tzinfo=datetime.UTC))
    pick_from(page, "")
    assert focused(page) == "سه‌شنبه ۳ آذر ۱۴۰۵"
    expect(page.locator(".date-picker [aria-current=date]")).to_have_text("۳")
    page.get_by_role("button", name="ماه بعد").click()
    page.get_by_role("button", name="امروز").click()
    expect(page.locator("#id_first_day")).to_have_value("۱۴۰۵/۰۹/۰۳")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_accessible_and_fits_a_telephone(page, theme):
    page.set_viewport_size(PHONE)
    pick_from(page, "۱۴۰۵/۹/۲")
    page.evaluate(f"document.documentElement.className = 'w-theme-{theme}'")
    results = Axe().run(page, context=".date-input")
    assert results.violations_count == 0, results.generate_report()
    box = page.locator(".date-picker").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert page.locator(".date-picker [style]").count() == 0  # nothing that a strict policy refuses
    for name in ("سال پیش", "ماه پیش", "ماه بعد", "سال بعد"):
        page.get_by_role("button", name=name).click()
    page.locator(".date-picker [data-day]").nth(14).click()
    expect(page.locator("#id_first_day")).to_have_value("۱۴۰۵/۰۹/۱۵")


def test_a_moment_keeps_its_hour_and_a_new_one_is_typed_over(page):
    item = NewsPage.objects.live().first()
    page.goto(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    date = page.locator("#id_date")
    date.fill("۱۴۰۵/۰۸/۰۲ ۱۰:۳۰")
    button_of(page, "date").click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    expect(date).to_have_value("۱۴۰۵/۰۸/۰۳ ۱۰:۳۰")
    expect(date).to_be_focused()
    page.keyboard.type("۱۷:۴۵")
    expect(date).to_have_value("۱۴۰۵/۰۸/۰۳ ۱۷:۴۵")


def test_it_works_in_the_dialog_of_the_schedule_and_escape_closes_only_itself(page):
    item = NewsPage.objects.live().first()
    page.goto(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    page.get_by_role("button", name="وضعیت").first.click()
    page.locator("[data-a11y-dialog-show*=schedule]").first.click()
    button_of(page, "go_live_at").click()
    expect(page.locator(".date-picker")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".date-picker")).to_be_hidden()
    expect(page.locator("#id_go_live_at")).to_be_visible()
    button_of(page, "go_live_at").click()
    page.keyboard.press("Enter")
    expect(page.locator("#id_go_live_at")).to_have_value(
        re.compile("^[۰-۹]{4}/[۰-۹]{2}/[۰-۹]{2} [۰-۹]{2}:۰۰$")
    )


def test_it_works_in_the_menu_of_filters(page, pr_head):
    item = NewsPage.objects.live().first()
    item.save_revision(user=pr_head.user, log_action=True)
    page.goto(reverse("wagtailadmin_pages:history", args=[item.pk]))
    page.get_by_role("button", name="فیلتر").click()
    page.locator(".w-drilldown").get_by_role("button", name="تاریخ").first.click()
    page.locator(".date-input__button:visible").first.click()
    page.keyboard.press("Shift+PageUp")
    page.keyboard.press("Enter")
    year_ago = page.get_by_role("textbox", name="از تاریخ").input_value()
    chip = page.get_by_role("button", name=f"تاریخ: {format_jalali(parse_date(year_ago))}")
    expect(chip).to_be_visible()
    expect(page.get_by_role("textbox", name="از تاریخ")).to_be_visible()


def test_a_date_block_has_it_too(page):
    """The CMS makes a block's input in the browser, from a state the server sends."""
    item = NewsPage.objects.live().first()
    page.goto(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    page.evaluate(
        """() => {
            const place = document.createElement("div");
            document.querySelector("#id_title").after(place);
            const block = window.telepath.unpack({_type: "wagtail.widgets.AdminDateInput", _args: [{}]});
            block.render(place, "day", "day", "۱۴۰۵/۰۹/۰۲");
        }"""
    )
    expect(page.locator("#day")).to_have_value("۱۴۰۵/۰۹/۰۲")
    button_of(page, "day", "").click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("#day")).to_have_value("۱۴۰۵/۰۹/۰۳")


def test_without_scripts_there_is_the_input(pr_head, new_page, live_server):
    page = new_page(java_script_enabled=False)
    log_in(page, pr_head, live_server.url)
    page.goto(reverse("closures:add"))
    expect(page.locator("#id_first_day")).to_be_visible()
    expect(page.locator(".date-input__button")).to_have_count(0)
