"""Staff at work in a real browser: nothing is asked of other hosts, and the content policy gets in nobody's way."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect
from wagtail.models import Collection, Site

from hamyari_site.permissions import KEEPER, PR_HEAD
from news.models import NewsIndexPage
from pages.models import GoalsPage, SiteImage, StandardPage
from tests.factories import SiteImageFactory, UserFactory

pytestmark = pytest.mark.browser

PASSWORD = "پل-خواجو-۱۴۰۵"


def member(group: str, username: str):
    user = UserFactory(username=username)
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name=group))
    return user


def sign_in(page, username: str) -> None:
    page.goto(reverse("wagtailadmin_login"))
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(".login-form [type=submit]").click()
    page.wait_for_url("**/admin/")


@pytest.fixture
def page(site, new_page):
    """The PR head's browser, signed in."""
    member(PR_HEAD, "kabiri")
    page = new_page()
    sign_in(page, "kabiri")
    return page


def edit(page, instance) -> None:
    page.goto(reverse("wagtailadmin_pages:edit", args=[instance.pk]))
    page.wait_for_selector("#id_title")


def publish(page) -> None:
    page.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("[name=action-publish]").first.click()
    page.wait_for_load_state("load")


def test_the_dashboard_is_persian_quiet_and_in_our_own_font(page, witness):
    assert page.evaluate("document.documentElement.dir") == "rtl"
    page.evaluate("document.fonts.ready")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith("Vazirmatn")
    assert page.evaluate(
        "[...document.fonts].some(f => f.family.includes('Vazirmatn') && f.status === 'loaded')"
    )
    expect(page.locator(".sidebar-mark:visible, #wagtail-sidebar img").first).to_be_visible()
    witness.assert_quiet()


def test_a_page_gets_new_words_in_rich_text_and_the_preview_shows_them(page, witness, visitor):
    mission = StandardPage.objects.get(slug="mission")
    edit(page, mission)
    editor = page.locator("[data-contentpath=body] [contenteditable=true]").first
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" افزودهٔ آزمون.")
    expect(page.locator("[name=body-1-value]")).to_have_value(re.compile("افزودهٔ"))
    page.locator("[data-side-panel-toggle=preview]").first.click()
    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.locator("main")).to_contain_text("افزودهٔ آزمون.", timeout=15_000)
    publish(page)
    assert "افزودهٔ آزمون." in visitor.get("/mission/").content.decode()
    witness.assert_quiet()


def test_blocks_are_chosen_with_a_preview_and_a_table_is_filled(page, witness, visitor):
    mission = StandardPage.objects.get(slug="mission")
    edit(page, mission)
    page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    options = page.locator("[role=option]")
    expect(options).to_have_count(12)
    page.locator(".w-combobox__option-preview").nth(3).click()
    preview = page.locator(".w-combobox-preview__iframe")
    expect(preview.content_frame.locator("blockquote")).to_be_visible(timeout=10_000)
    inside = "e => { const r = e.getBoundingClientRect(); return document.elementFromPoint(r.x + r.width / 2, r.y + 9) }"
    assert options.first.evaluate(f"e => e.contains(({inside})(e))"), (
        "the chooser stands under something else"
    )
    options.filter(has=page.locator("use[href='#icon-table']")).click()
    table = page.locator(".typed-table-block").last
    table.scroll_into_view_if_needed()
    table.locator("[data-append-column]").click()
    page.locator(".add-column-menu button").first.click()
    table.locator("thead input[type=text]").first.fill("نام")
    table.locator("[data-add-row]").click()
    table.locator("tbody input[type=text]").first.fill("اصفهان")
    publish(page)
    assert "اصفهان" in visitor.get("/mission/").content.decode().split("<table")[1]
    witness.assert_quiet()


def test_a_link_to_a_page_is_chosen_in_the_modal(page, witness):
    edit(page, Site.objects.get(is_default_site=True).root_page)
    chooser = page.locator("#id_hero_link_page-chooser")
    chooser.scroll_into_view_if_needed()
    chooser.locator(".chosen [data-w-dropdown-target=toggle]").click()
    page.locator("[data-chooser-action-choose]:visible").first.click()
    choices = page.locator(".modal-content a.choose-page")
    expect(choices.first).to_be_visible(timeout=10_000)
    title = choices.last.inner_text().strip()
    choices.last.click()
    expect(chooser.locator("[data-chooser-title]")).to_contain_text(title)
    witness.assert_quiet()


def test_an_image_is_uploaded_and_given_a_focal_point(page, witness, tmp_path):
    file = tmp_path / "pol-khaju.png"
    Image.new("RGB", (800, 600), "navy").save(file)
    page.goto(reverse("wagtailimages:add_multiple"))
    page.locator("#fileupload").set_input_files(str(file))
    page.wait_for_selector("#upload-list .upload-complete", timeout=15_000)
    image = SiteImage.objects.get()
    page.goto(reverse("wagtailimages:edit", args=[image.pk]))
    picture = page.locator(".jcrop-holder")
    box = picture.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 180, steps=5)
    page.mouse.up()
    page.locator("form[action*='/images/'] button[type=submit]").first.click()
    page.wait_for_load_state("load")
    image.refresh_from_db()
    assert image.has_focal_point()
    witness.assert_quiet()


def test_the_goals_are_reordered_with_the_mouse(page, witness, visitor):
    goals = GoalsPage.objects.get()
    first, second = [goal.title for goal in goals.goals.all()[:2]]
    edit(page, goals)
    page.locator(
        "#inline_child_goals-0 [data-inline-panel-child-move-down], #id_goals-0-move-down"
    ).first.click()
    publish(page)
    text = visitor.get("/goals/").content.decode()
    assert text.index(second) < text.index(first)
    witness.assert_quiet()


def test_a_news_item_takes_an_image_from_the_library(page, witness):
    SiteImageFactory(title="پل خواجو", collection=Collection.get_first_root_node())
    newsroom = NewsIndexPage.objects.get()
    page.goto(reverse("wagtailadmin_pages:add", args=["news", "newspage", newsroom.pk]))
    page.locator("#id_title").fill("گشایش نمایشگاه")
    chooser = page.locator("#id_main_image-chooser")
    chooser.scroll_into_view_if_needed()
    chooser.locator("[data-chooser-action-choose]:visible").first.click()
    modal = page.locator(".modal-content")
    expect(modal.locator("a[data-chooser-modal-choice]").first).to_be_visible(timeout=10_000)
    modal.locator("a[data-chooser-modal-choice]").first.click()
    expect(chooser).to_contain_text("پل خواجو")
    witness.assert_quiet()


@pytest.mark.parametrize(
    "name",
    [
        "wagtailimages:index",
        "wagtaildocs:index",
        "wagtailredirects:index",
        "setup_checklist",
        "wagtailadmin_account",
        "wagtailadmin_reports:site_history",
        "outgoing-mail:index",
    ],
)
def test_the_other_screens_are_quiet_too(page, witness, name):
    page.goto(reverse(name))
    page.wait_for_load_state("networkidle")
    witness.assert_quiet()


def test_a_colleague_is_invited_and_accepts(site, new_page, witness, settings):
    settings.EMAIL_CONFIGURED = False
    member(KEEPER, "negahban")
    keeper = new_page()
    sign_in(keeper, "negahban")
    keeper.goto(reverse("wagtailusers_users:add"))
    keeper.locator("[name=first_name]").fill("سارا")
    keeper.locator("[name=last_name]").fill("نصیری")
    keeper.locator("[name=email]").fill("sara@example.ir")
    keeper.get_by_label("کارشناس خبر").check()
    keeper.locator("#w-editor-form [type=submit]").first.click()
    link = keeper.locator("#invitation-link").input_value()
    expect(keeper.locator("[data-copy]")).to_be_visible()

    colleague = new_page(java_script_enabled=False)  # choosing a password needs no scripts
    colleague.goto(link[len(settings.SITE_URL) :])
    colleague.locator("[name=new_password1]").fill(PASSWORD)
    colleague.locator("[name=new_password2]").fill(PASSWORD)
    colleague.locator("[type=submit]").click()
    colleague.wait_for_url("**/admin/")
    assert "سارا" in colleague.locator("h1").inner_text()
    witness.assert_quiet()
