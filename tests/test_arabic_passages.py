"""A passage marked as Arabic keeps every letter: saved, proofread, shown. Its neighbours are Persian as ever."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from news.models import NewsIndexPage
from pages.blocks.text import BODY_FEATURES
from pages.models import StandardPage
from persian.editor_check.draft import Draft
from tests.browser_fixtures import log_in
from tests.factories import NewsPageFactory
from tests.test_admin_editing import form_of

VERSE = "وَإِذَا سَأَلَكَ عِبَادِي عَنِّي فَإِنِّي قَرِيبٌ"
HADITH = "لا يشكر الله من لا يشكر الناس"
MARKED = f'<span dir="rtl" lang="ar">{HADITH}</span>'
PARAGRAPH = f"<p>در حديث آمده است: {MARKED} و ما سپاس مي‌گوييم.</p>"


@pytest.fixture
def mission(site):
    return StandardPage.objects.get(slug="mission")


def save(client, page, *blocks):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    body = nested_form_data({"body": streamfield(list(blocks))})
    answer = client.post(address, form_of(client, address) | body | {"action-publish": "1"})
    assert answer.status_code == 302
    return Page.objects.get(pk=page.pk).specific


def verse(text: str = VERSE, translation: str = "من نزدیکم.") -> tuple:
    return ("verse", {"text": text, "translation": translation, "source": "سورهٔ بقره، آیهٔ ۱۸۶"})


def test_the_mark_goes_through_the_editor_and_back():
    converter = ContentstateConverter(BODY_FEATURES)
    state = converter.from_database_format(PARAGRAPH)
    styles = [range_["style"] for range_ in json.loads(state)["blocks"][0]["inlineStyleRanges"]]
    assert styles == ["ARABIC"]
    stored = BeautifulSoup(converter.to_database_format(state), "html.parser")
    assert stored.find("span", lang="ar", dir="rtl").text == HADITH


def test_what_is_marked_keeps_its_letters_and_the_rest_becomes_persian(pr_head, mission):
    page = save(pr_head, mission, ("paragraph", rich_text(PARAGRAPH, features=BODY_FEATURES)))
    stored = page.body[0].value.source
    assert HADITH in stored
    assert "در حدیث آمده است" in stored
    assert "می‌گوییم" in stored


def test_a_verse_keeps_its_letters_and_its_translation_becomes_persian(pr_head, visitor, mission):
    page = save(pr_head, mission, verse(f"{VERSE}\u202e", "من نزديكم."))
    assert page.body[0].value["text"] == VERSE, "without the control that could turn the text around"
    assert page.body[0].value["translation"] == "من نزدیکم."
    shown = BeautifulSoup(visitor.get("/mission/").content, "html.parser").find("blockquote", lang="ar")
    assert shown["dir"] == "rtl"
    assert shown.text.strip() == VERSE
    assert "من نزدیکم." in shown.find_parent("figure").text


def test_visitors_are_told_the_language_of_the_marked_words(pr_head, visitor, mission):
    save(pr_head, mission, ("paragraph", rich_text(PARAGRAPH, features=BODY_FEATURES)))
    shown = BeautifulSoup(visitor.get("/mission/").content, "html.parser")
    assert shown.find("span", lang="ar", dir="rtl").text == HADITH


def test_no_proposal_concerns_a_marked_passage(pr_head, site):
    page = NewsPageFactory(parent=NewsIndexPage.objects.get(), title="نشست همکاران")
    page.body = json.dumps(
        [
            {"type": "paragraph", "value": f"<p>{MARKED} كتاب</p>"},
            {"type": "verse", "value": {"text": f"{HADITH} , ها", "translation": "ترجمه ها", "source": ""}},
        ]
    )
    page.save_revision(clean=False)
    groups = Draft(page, pr_head.user).groups()
    assert [item.found for group in groups for item in group.items] == ["كتاب", "ترجمه ها"]


def test_an_editor_marks_words_by_a_button(pr_head, mission, new_page, live_server, witness):
    mission.body = json.dumps([{"type": "paragraph", "value": f"<p>{HADITH}</p>"}])
    mission.save()
    page = new_page()
    log_in(page, pr_head, live_server.url)
    page.goto(reverse("wagtailadmin_pages:edit", args=[mission.pk]))
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+A")
    page.locator("button[name=ARABIC]:visible").first.click()
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile("ARABIC"))
    page.get_by_role("button", name="ذخیرهٔ پیش‌نویس").click()
    page.wait_for_selector(".messages .success")
    draft = Page.objects.get(pk=mission.pk).get_latest_revision_as_object()
    stored = BeautifulSoup(draft.body[0].value.source, "html.parser")
    assert stored.find("span", lang="ar").text == HADITH
    witness.assert_quiet()
