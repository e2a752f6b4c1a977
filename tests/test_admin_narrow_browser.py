"""The admin on a telephone: no screen is wider than it, and the menu's button covers nothing that is read."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from news.models import NewsIndexPage
from pages.models import StandardPage
from tests.browser_fixtures import PHONE, log_in
from tests.crawl_content import fill
from tests.factories import MessageFactory, UserFactory

pytestmark = pytest.mark.browser

LISTS = [
    "desk:index",
    "news:index",
    "outgoing-mail:index",
    "closures:index",
    "days-off:index",
    "missed_searches",
    "setup_checklist",
    "wagtailadmin_explore_root",
    "wagtailadmin_pages:search",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_workflows:index",
    "wagtaildocs:index",
    "wagtailimages:index",
    "wagtailredirects:index",
    "wagtailsearchpromotions:index",
    "wagtailusers_users:index",
]
# The CMS hides what is wider than its main region: what does not scroll there cannot be reached.
CUT_OFF = """() => {
  const main = document.querySelector('main');
  const reachable = e => {
    for (let box = e.parentElement; box && box !== main; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== 'visible') return true;
    return false;
  };
  return [...main.querySelectorAll('a, button, input, td, th, h1, h2, p')].filter(e => {
    const {left, right, width} = e.getBoundingClientRect();
    return width > 1 && (left < -1 || right > innerWidth + 1) && !reachable(e) && !e.closest('.form-side')
      && e.checkVisibility({visibilityProperty: true});
  }).map(e => `${e.tagName} ${e.innerText.slice(0, 40)}`);
}"""
UNDER_THE_MENU = """() => {
  const button = document.querySelector('.sidebar-nav-toggle--mobile').getBoundingClientRect();
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const covered = [...range.getClientRects()].some(box => box.width > 2 && box.right > button.left + 1
      && box.left < button.right - 1 && box.top < button.bottom - 1 && box.bottom > button.top + 1);
    if (covered && texts.currentNode.data.trim() && !texts.currentNode.parentElement.closest('.w-sr-only, [hidden]'))
      found.push(texts.currentNode.data.trim());
  }
  return found;
}"""
# Words broken between two letters: a cell narrower than its longest word.
BROKEN_WORDS = """() => [...document.querySelectorAll('table.listing td')].flatMap(cell => {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/[\\u0621-\\u06cc]+/g)) {
    const range = document.createRange();
    range.setStart(texts.currentNode, word.index);
    range.setEnd(texts.currentNode, word.index + word[0].length);
    const lines = new Set([...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top)));
    if (lines.size > 1) found.push(word[0]);
  }
  return found;
})"""


@pytest.fixture
def telephone(site, pr_head, news_officer, new_page, live_server):
    """The telephone of somebody who may see everything, on a site in the middle of its work."""
    fill(pr_head, news_officer)
    everything = Client()
    everything.force_login(UserFactory(is_superuser=True, first_name="سارا"))
    page = new_page(viewport=PHONE)
    log_in(page, everything, live_server.url)
    return page


def test_no_screen_is_wider_than_a_telephone(telephone):
    newsroom, mission = NewsIndexPage.objects.get(), StandardPage.objects.get(slug="mission")
    addresses = ["/admin/", *map(reverse, LISTS)]
    addresses += [
        reverse("wagtailadmin_explore", args=[newsroom.pk]),
        reverse("wagtailadmin_pages:edit", args=[mission.pk]),
        reverse("wagtailadmin_pages:history", args=[mission.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[mission.pk, mission.revisions.first().pk]),
    ]
    wrong = {}
    for address in addresses:
        telephone.goto(address)
        telephone.wait_for_selector(".sidebar-nav-toggle--mobile")
        found = {
            "sideways": telephone.evaluate("document.documentElement.scrollWidth > innerWidth"),
            "cut off": telephone.evaluate(CUT_OFF),
            "under the menu's button": telephone.evaluate(UNDER_THE_MENU),
            "broken words": telephone.evaluate(BROKEN_WORDS),
        }
        if any(found.values()):
            wrong[address] = {fault: what for fault, what in found.items() if what}
    assert not wrong, wrong


def test_the_menu_of_the_only_row_opens_whole(telephone):
    telephone.goto(reverse("wagtailadmin_explore_root"))
    telephone.locator("table.listing .w-dropdown__toggle").last.click()
    last = telephone.locator(".w-dropdown__content a:visible").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=0.95)
    last.hover(trial=True)


def test_without_javascript_no_empty_menu_lies_over_the_page(site, pr_head, new_page, live_server):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    log_in(page, pr_head, live_server.url)
    page.goto("/admin/desk/")
    expect(page.locator("#wagtail-sidebar")).to_be_hidden()
    page.get_by_role("link", name="همهٔ پرونده‌ها").click()
    expect(page).to_have_url(re.compile(r"/admin/desk/\?"))


def test_the_numbers_of_a_long_timeline_are_seen_whole(site, pr_head, new_page, live_server):
    message = MessageFactory()
    for _number in range(12):
        message.timeline.create(kind="note", text="پیگیری شد")
    page = new_page(viewport=PHONE)
    log_in(page, pr_head, live_server.url)
    page.goto(f"/admin/desk/{message.pk}/")
    last = page.locator(".case-entry").last.bounding_box()
    assert PHONE["width"] - last["x"] - last["width"] >= 30  # «۱۲.» stands there
