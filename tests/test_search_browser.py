"""Suggestions under the search box, in a real browser: by keyboard, and without script."""

import pytest

from pages.models import HomePage
from tests.browser_fixtures import PHONE
from tests.factories import StandardPageFactory
from tests.test_browser_public import assert_accessible, assert_fits


@pytest.fixture
def titles(site) -> list[str]:
    home = HomePage.objects.get()
    return [StandardPageFactory(parent=home, title=f"لایروبی قنات {name}").title for name in ("کهن", "نو")]


def test_suggestions_are_reached_and_left_by_keyboard(titles, new_page, witness):
    page = new_page(viewport=PHONE)
    page.goto("/search/")
    box = page.locator("main input[name=q]")
    box.press_sequentially("لاير")
    links = page.locator("main [data-suggestions-list] a")
    links.first.wait_for()
    assert sorted(links.all_inner_texts()) == sorted(titles)
    assert "پیشنهادها" in page.locator("main [data-suggestions-status]").inner_text()
    assert_accessible(page)
    assert_fits(page)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == links.first.inner_text()
    page.keyboard.press("Escape")
    assert not links.first.is_visible()
    assert page.evaluate("document.activeElement.name") == "q"
    assert box.input_value() == "لاير", "nothing that was typed is lost"
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")
    witness.assert_quiet()


def test_a_suggestion_leads_to_its_page(titles, new_page):
    page = new_page()
    page.goto("/mission/")
    page.locator("header input[name=q]").press_sequentially("لایروبی قنات کهن")
    page.locator("header [data-suggestions-list] a").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "لایروبی قنات کهن"


def test_without_script_the_search_page_lists_them(titles, new_page):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/search/")
    page.locator("main input[name=q]").fill("لایرو")
    page.locator("main form[role=search] button").click()
    assert sorted(page.locator("main .search-suggestions a").all_inner_texts()) == sorted(titles)
