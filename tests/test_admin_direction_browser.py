"""What is seen of direction in the admin only with a browser: empty inputs, stars, proposals, the bar of messages."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from news.models import NewsIndexPage
from tests.browser_fixtures import log_in
from tests.newsroom import publish

pytestmark = pytest.mark.browser


@pytest.fixture
def page(site, pr_head, new_page, live_server):
    page = new_page()
    log_in(page, pr_head, live_server.url)
    return page


def direction(control) -> str:
    return control.evaluate("element => getComputedStyle(element).direction")


def box(element) -> dict:
    element.scroll_into_view_if_needed()
    return element.bounding_box()


def test_the_cursor_of_an_empty_input_waits_where_persian_begins(page, witness):
    newsroom = NewsIndexPage.objects.get()
    page.goto(reverse("wagtailadmin_pages:add", args=["news", "newspage", newsroom.pk]))
    for name in ("title", "lead"):  # an input and a text area
        assert direction(page.locator(f"[name={name}]")) == "rtl"
    lead = page.locator("[name=lead]")
    lead.fill("C++ (a)")
    assert direction(lead) == "ltr"
    page.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name="بند", exact=True).first.click()
    assert direction(page.locator(".public-DraftEditor-content [data-block] > div").first) == "rtl"
    witness.assert_quiet()


def test_the_star_of_what_is_required_follows_the_words(page, witness):
    page.goto(reverse("closures:add"))
    heading = page.locator("#panel-reason-heading")
    assert (
        box(heading.locator(".w-required-mark"))["x"] < box(heading.locator("[data-panel-heading-text]"))["x"]
    )


def test_the_bar_of_messages_is_as_wide_as_the_page(page, witness):
    page.goto(reverse("closures:add"))
    page.locator("footer [type=submit]").first.click()
    message = page.locator(".messages li").first
    message.wait_for()
    assert box(message)["x"] == box(page.locator(".messages"))["x"]


def test_a_proposal_about_digits_reads_from_right_to_left(page, witness):
    [item] = publish(NewsIndexPage.objects.get(), slug="reading", title="کتابخانه")
    item.lead = "این کتابخانه در سال 1405 گسترش یافت"
    item.save_revision()
    page.goto(reverse("persian_editor_check", args=[item.pk]))
    proposal = page.locator(".proofread__item", has_text="گسترش").first
    before, after = box(proposal.locator(".proofread__around").first), box(proposal.locator("ins"))
    assert proposal.locator("del").inner_text().endswith("1405")
    assert after["x"] + after["width"] <= before["x"] + 1
    label = box(proposal.locator("label"))
    assert abs(before["x"] + before["width"] - label["x"] - label["width"]) < 2, "it begins at the right"
    witness.assert_quiet()


PASTE = """([editor, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/html', html);
  editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_the_cells_of_a_pasted_table_stand_apart(page, witness):
    newsroom = NewsIndexPage.objects.get()
    page.goto(reverse("wagtailadmin_pages:add", args=["news", "newspage", newsroom.pk]))
    page.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name="بند", exact=True).first.click()
    editor = page.locator(".public-DraftEditor-content").first
    editor.click()
    table = "<p>شمار کتابخانه‌ها</p><table><tr><td>شهر</td><td>شمار</td></tr><tr><td>اصفهان</td><td>۱۲</td></tr></table>"
    page.evaluate(PASTE, [editor.element_handle(), table])
    expect(editor.locator("[data-block]")).to_have_text(["شمار کتابخانه‌ها", "شهر | شمار", "اصفهان | ۱۲"])
    witness.assert_quiet()
