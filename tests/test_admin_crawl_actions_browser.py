"""What a browser shows only after somebody did something: blocks added, choosers searched, files refused, sessions ended."""

from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Locator, Page

from news.models import NewsIndexPage, NewsPage
from pages.models import GoalsPage, HomePage, StandardPage
from tests.crawl import Crawl

pytestmark = pytest.mark.browser

FOOTER_MENU = "footer [data-w-dropdown-target=toggle]"
PING = """document.querySelector('[data-controller~=w-session]').dispatchEvent(
  new CustomEvent('w-session:ping', {bubbles: true}))"""


def edit(page: Page, instance) -> None:
    page.goto(reverse("wagtailadmin_pages:edit", args=[instance.pk]))
    page.wait_for_selector("#id_title")


def mission() -> StandardPage:
    return StandardPage.objects.get(slug="mission")


def editor(page: Page) -> Locator:
    return page.locator("[data-contentpath=body] [contenteditable=true]").first


def open_panel(page: Page, name: str) -> None:
    toggle = page.locator(f"[data-side-panel-toggle={name}]").first
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()


def then_read(crawl: Crawl, wait: int = 400) -> None:
    """What scripts ask the server for, or show with a delay, has come by then."""
    crawl.page.wait_for_timeout(wait)
    crawl.read()


def blocks(crawl: Crawl) -> None:
    """One of every kind; the list of kinds is searched, and searched in vain."""
    page = crawl.page
    edit(page, mission())
    add, kinds = page.locator("[data-contentpath=body] .c-sf-add-button"), page.locator("[role=option]")
    add.last.click()
    kinds.first.wait_for()
    count = kinds.count()
    for words in ("تصویر", "ناپیدا"):
        page.keyboard.type(words)
        then_read(crawl)
    page.keyboard.press("Escape")
    for n in range(count):
        add.last.click()
        kinds.nth(n).click()
    table = page.locator(".typed-table-block").last
    table.locator("[data-append-column]").click()
    crawl.read()
    page.locator(".add-column-menu button").first.click()
    table.locator("[data-add-row]").click()
    editor(page).click()
    page.keyboard.type("/")
    then_read(crawl)
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+A")
    then_read(crawl)


def saved_empty(crawl: Crawl) -> None:
    """Pages with all their panels opened once, published without a word: the errors."""
    page = crawl.page
    for instance in (
        mission(),
        NewsPage.objects.live().last(),
        GoalsPage.objects.get(),
        HomePage.objects.get(),
    ):
        edit(page, instance)
        page.locator("#id_title").fill("")
        for add in page.locator("button[id$=-ADD]:enabled:visible").all():
            add.click()
        page.locator(FOOTER_MENU).first.click()
        crawl.read()
        page.locator("[name=action-publish]").first.click()
        page.locator(".error-message").first.wait_for()
        crawl.read()


def published(crawl: Crawl) -> None:
    page = crawl.page
    edit(page, StandardPage.objects.get(slug="training"))
    page.locator("#id_title").fill("آموزش همکاران")
    then_read(crawl)  # not saved yet
    page.locator(FOOTER_MENU).first.click()
    page.locator("[name=action-publish]").first.click()
    page.locator(".messages .success").first.wait_for()
    crawl.read()


def side_panels(crawl: Crawl) -> None:
    page = crawl.page
    edit(page, mission())
    for name in ("status", "preview", "checks"):
        open_panel(page, name)
        then_read(crawl, 1000)
    open_panel(page, "status")
    page.locator("[data-a11y-dialog-show=set-privacy]:visible").first.click()
    page.locator("#set-privacy [value=password]").check()
    crawl.read()
    page.locator("#set-privacy [type=submit]").click()
    then_read(crawl)


def comments(crawl: Crawl) -> None:
    page = crawl.page
    edit(page, mission())
    open_panel(page, "comments")
    page.locator("[data-comment-add]:visible, [data-component=add-comment-button]:visible").first.click()
    then_read(crawl)
    page.locator(".comment textarea").last.fill("این جمله کوتاه‌تر شود")
    page.locator(".comment__button--primary").last.click()
    then_read(crawl)
    page.locator(".comment [aria-haspopup]:visible").first.click()
    crawl.read()


def proposals(crawl: Crawl) -> None:
    """Tags, found and not found; the calendar."""
    page = crawl.page
    edit(page, NewsPage.objects.live().last())
    field = page.locator(".tagit input").first
    field.scroll_into_view_if_needed()
    for words in ("نما", "ناپیدا"):
        field.fill("")
        field.press_sequentially(words)
        then_read(crawl, 700)
    page.locator("#id_date ~ button, .date-input__button:visible").first.click()
    page.locator("dialog.date-picker[open]").wait_for()
    page.keyboard.press("PageDown")
    crawl.read()


def links(crawl: Crawl) -> None:
    """The link chooser of texts, each kind of link sent empty."""
    page = crawl.page
    edit(page, mission())
    editor(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+K")
    modal = page.locator(".modal-content")
    kinds = modal.locator(".link-types a")
    kinds.first.wait_for()
    modal.locator("[name=q]").fill("ناپیدا")
    then_read(crawl, 700)
    for n in range(kinds.count()):
        kinds.nth(n).click()
        then_read(crawl)
        if (send := modal.locator("form [type=submit]")).count():
            send.last.click()
            then_read(crawl)


def choosers(crawl: Crawl) -> None:
    """The image chooser: searched in vain, then a new image without a file."""
    page = crawl.page
    page.goto(reverse("wagtailadmin_pages:add", args=["news", "newspage", NewsIndexPage.objects.get().pk]))
    chooser = page.locator("#id_main_image-chooser")
    chooser.scroll_into_view_if_needed()
    chooser.locator("[data-chooser-action-choose]:visible").first.click()
    modal = page.locator(".modal-content")
    modal.locator("[name=q]").fill("ناپیدا")
    then_read(crawl, 700)
    modal.locator("[role=tab]").last.click()
    modal.locator("[type=submit]:visible").last.click()
    then_read(crawl)


def files(crawl: Crawl, folder: Path) -> None:
    """An image, the same again, a broken one, one of a format that is refused; a server that fails, then none."""
    page = crawl.page
    good, broken, refused = folder / "پل.png", folder / "شکسته.png", folder / "برنامه.zip"
    Image.new("RGB", (80, 60), "navy").save(good)
    broken.write_bytes(b"x")
    refused.write_bytes(b"x")
    page.goto(reverse("wagtailimages:add_multiple"))
    for n, file in enumerate((good, good, broken, refused)):
        page.locator("#fileupload").set_input_files(str(file))
        page.locator("#upload-list > .upload-complete, #upload-list > .upload-failure").nth(n).wait_for()
    crawl.read()
    page.locator("#upload-list form [type=submit]").first.click()
    page.locator(".messages .success").first.wait_for()
    crawl.read()
    for fail in (lambda route: route.fulfill(status=500, body=""), lambda route: route.abort()):
        page.route("**/multiple/add/", fail)
        page.locator("#fileupload").set_input_files(str(good))
        then_read(crawl, 600)
        page.unroute("**/multiple/add/")


def sidebar(crawl: Crawl) -> None:
    page = crawl.page
    page.goto("/admin/")
    for toggle in page.locator("#wagtail-sidebar nav button[aria-haspopup]:visible").all():
        toggle.click()
        then_read(crawl, 300)
        page.keyboard.press("Escape")


def menus(crawl: Crawl) -> None:
    page = crawl.page
    page.goto(reverse("wagtailadmin_explore", args=[NewsIndexPage.objects.get().pk]))
    for toggle in page.locator("main [data-w-dropdown-target=toggle]:visible").all()[:5]:
        toggle.click()
        crawl.read()
        page.keyboard.press("Escape")
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    then_read(crawl, 200)
    page.keyboard.press("?")
    then_read(crawl, 200)


def approval(crawl: Crawl) -> None:
    page = crawl.page
    edit(page, NewsPage.objects.get(slug="waiting"))
    page.locator(FOOTER_MENU).first.click()
    page.locator(
        "footer [data-workflow-action-name=reject], [data-workflow-action-name=reject]:visible"
    ).first.click()
    page.locator(".modal-content textarea").wait_for()
    crawl.read()


def sessions(crawl: Crawl) -> None:
    """Somebody else saves the same page; the session ends; the network is gone."""
    page = crawl.page
    edit(page, mission())
    other = page.context.new_page()
    edit(other, mission())
    other.locator("#id_title").fill("مأموریت")
    other.locator("footer [type=submit]").first.click()
    other.wait_for_load_state("load")
    page.locator("#id_title").fill("رسالت")
    page.evaluate(PING)
    then_read(crawl, 800)
    page.locator("footer [type=submit]").first.click()
    then_read(crawl)
    other.close()
    cookies = page.context.cookies()
    edit(page, mission())
    page.context.clear_cookies()
    page.locator("#id_title").fill("رسالت")
    page.evaluate(PING)
    then_read(crawl, 800)
    page.context.set_offline(True)
    page.evaluate(PING)
    then_read(crawl, 800)
    page.context.set_offline(False)
    page.goto(reverse("wagtailadmin_login"))
    page.locator("[name=username]").fill("modir")
    page.locator("[name=password]").fill("نادرست")
    page.locator(".login-form [type=submit]").click()
    then_read(crawl)
    page.context.add_cookies(cookies)


@pytest.mark.long
def test_what_actions_bring_up_is_persian(busy_site, everything, browse, tmp_path):
    crawl = browse(everything)
    for act in (
        blocks,
        saved_empty,
        published,
        side_panels,
        comments,
        proposals,
        links,
        choosers,
        menus,
        approval,
    ):
        act(crawl)
    files(crawl, tmp_path)
    sessions(crawl)
    crawl.assert_persian()


def test_the_menu_of_each_role_is_persian(
    busy_site, pr_head, news_officer, answering_officer, system_keeper, browse
):
    for person in (pr_head, news_officer, answering_officer, system_keeper):
        crawl = browse(person)
        sidebar(crawl)
        crawl.assert_persian()
