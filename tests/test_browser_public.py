"""Every public page in a real browser, at a phone's width and a desk's: accessible, self-contained, usable without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from news.models import NewsPage
from tests.browser_fixtures import DESKTOP, PHONE

PAGES = [
    "/",
    "/mission/",
    "/goals/",
    "/approach/",
    "/training/",
    "/news/",
    "/news/category/notice/",
    "/contact/",
    "/contact/sent/",
    "/search/",
    "/search/?q=روابط",
    "/search/?q=کهکشان",
    "/accessibility/",
    "/privacy/",
    "/service-level/",
    "/sitemap/",
    "/no-such-page/",
]
# The levels our accessibility statement names, and axe's own good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def assert_accessible(page) -> None:
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()


def assert_fits(page) -> None:
    """Nobody should have to scroll sideways."""
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px too wide"


@pytest.fixture
def addresses(site):
    item = NewsPage.objects.live().first()
    return [*PAGES, item.url]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360px", "1280px"])
def test_no_accessibility_violation_and_no_foreign_request(addresses, new_page, witness, viewport):
    page = new_page(viewport=viewport)
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert_fits(page)
        assert_accessible(page)
    witness.complaints = [text for text in witness.complaints if "404" not in text]
    witness.assert_quiet()


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_nothing_is_wider_than_the_screen(addresses, new_page, width):
    page = new_page(viewport={"width": width, "height": 800})
    for address in addresses:
        page.goto(address)
        assert_fits(page)


def test_a_form_with_errors_is_accessible_and_its_summary_takes_focus(site, new_page, witness):
    page = new_page(viewport=PHONE)
    page.goto("/contact/")
    page.locator(".topic-list a").first.click()
    page.locator("main form[method=post] button[type=submit][value=review]").last.click()
    page.wait_for_selector("[role=alert]")
    assert page.evaluate("document.activeElement.closest('[role=alert]') !== null")
    assert_accessible(page)


def test_a_citizen_without_javascript_writes_and_gets_a_code(site, new_page, witness):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    page.locator("main a[href$='/contact/']").first.click()
    page.locator(".topic-list a").first.click()
    form = page.locator("main form[method=post]")
    form.get_by_label("انتقاد", exact=True).check()
    form.locator("[name=title]").fill("روشنايي معبر")  # with the letters of an Arabic keyboard
    form.locator("[name=body]").fill("چراغ‌هاي كوچه سه شب است خاموش مانده.")
    form.locator("[name=name]").fill("زهرا نمونه")
    form.locator("[name=mobile]").fill("٠٩١٣٠٠٠٠٠٠٠")
    form.get_by_label("با تلفن", exact=True).check()
    form.locator("button[value=review]").last.click()
    page.wait_for_timeout(3100)  # nobody looks it over faster
    page.locator("button[value=send]").click()
    page.wait_for_url("**/contact/sent/**")
    assert "کد رهگیری" in page.locator("main").inner_text()
    witness.assert_quiet()


def test_the_menu_of_a_phone_opens_without_javascript(site, new_page):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    link = page.locator("header nav a[href$='/goals/']")
    assert not link.is_visible()
    page.locator("header summary").first.click()
    link.click()
    page.wait_for_url("**/goals/")


def test_the_keyboard_skips_to_the_content(site, new_page):
    page = new_page()
    page.goto("/mission/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_persian_font_is_our_own(site, new_page):
    page = new_page()
    page.goto("/mission/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px Vazirmatn', 'سلام')")
    assert "Vazirmatn" in page.evaluate("getComputedStyle(document.body).fontFamily")
