"""What the admin's scripts write has Persian digits too, by the rule that the server's pages follow."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from news.models import NewsIndexPage
from tests.browser_fixtures import log_in
from tests.newsroom import publish
from tests.test_persian_numbers import PROSE

pytestmark = pytest.mark.browser

ADD = """([tag, attributes, text]) => {
  const element = Object.assign(document.createElement(tag), attributes);
  element.textContent = text;
  document.body.append(element);
  return new Promise(done => setTimeout(() => done([element.textContent, element.title])));
}"""


@pytest.fixture
def page(site, pr_head, new_page, live_server):
    page = new_page()
    log_in(page, pr_head, live_server.url)
    return page


def test_the_scripts_follow_the_rule_of_the_server(page):
    page.goto("/admin/")
    for text, read in PROSE:
        assert page.evaluate(ADD, ["p", {"title": text}, text]) == [read, read]
    for kept in ("code", "textarea", "option"):
        assert page.evaluate(ADD, [kept, {}, "12"])[0] == "12"
    assert page.evaluate(ADD, ["bdi", {"dir": "ltr", "title": "12"}, "12"]) == ["12", "12"]


def test_the_bar_of_bulk_actions_counts_in_persian(page, witness):
    newsroom = NewsIndexPage.objects.get()
    for n in range(12):
        publish(newsroom, slug=f"item-{n}", title="نشست روابط عمومی‌ها")
    page.goto(reverse("wagtailadmin_explore", args=[newsroom.pk]))
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    counted = page.locator("[data-bulk-action-num-objects]")
    expect(counted).to_contain_text("۱")
    assert not any(digit in counted.inner_text() for digit in "0123456789")
    witness.assert_quiet()


def test_a_tag_keeps_the_digits_that_were_typed(page, witness):
    newsroom = NewsIndexPage.objects.get()
    page.goto(reverse("wagtailadmin_pages:add", args=["news", "newspage", newsroom.pk]))
    field = page.locator(".tagit input[type=text]").first
    field.fill("نمایشگاه 2024")
    field.press("Enter")
    expect(page.locator(".tagit-label").first).to_contain_text("نمایشگاه 2024")
    assert "نمایشگاه 2024" in page.locator("[name=tags]").input_value()
