"""Text pasted from Word looks the same and is clean underneath, in a real browser too."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect
from wagtail.models import Page

from pages.models import StandardPage
from persian.hygiene import clean_markup
from persian.pasted import clean_pasted
from tests.browser_fixtures import log_in

CLEANED = {
    "می¬شود": "می‌شود",
    "کتاب\u00adها": "کتاب‌ها",
    "می\u200fشود": "می‌شود",
    "کتاب\u00a0ما": "کتاب ما",
    "ﺳﻼﻡ": "سلام",
    # What is seen, or is not inside a Persian word, stays.
    "¬p و x¬y": "¬p و x¬y",
    "سـلام, 12%": "سـلام, 12%",
    "پایان\u200f (Word)": "پایان\u200f (Word)",
    "۵ ﷼ و محمد ﷺ": "۵ ﷼ و محمد ﷺ",
}


@pytest.mark.parametrize(("pasted", "kept"), CLEANED.items())
def test_what_word_leaves_inside_words_goes(pasted, kept):
    assert clean_pasted(pasted) == kept


def test_drawn_arabic_letters_become_persian_ones_and_marked_passages_stay():
    html = '<p>ﻛﺘﺎﺏ&nbsp;ما <span lang="ar">قال\u00a0ﻛﺘﺎﺏ</span></p>'
    assert clean_markup(html) == '<p>کتاب ما <span lang="ar">قال\u00a0ﻛﺘﺎﺏ</span></p>'


@given(st.text(alphabet="می شود¬\u00ad\u200f\u200c\u00a0ﻛﺏa&nbsp;"))
def test_cleaning_again_changes_nothing(text):
    assert clean_pasted(clean_pasted(text)) == clean_pasted(text)


# The shape of what Word puts on the clipboard; the words are ours.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><style>p.MsoNormal {mso-style-parent:""; font-family:"B Nazanin"; direction:rtl;}</style></head>
<body lang=EN-US style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal dir=RTL style='text-align:right;mso-pagination:none'><span lang=AR-SA style='font-size:14.0pt;
font-family:"B Nazanin"'>نشست\u00a0روابط عمومي برگزار می¬شود<o:p></o:p></span></p>
<p class=MsoListParagraph dir=RTL style='mso-list:l0 level1 lfo1'><b><span lang=FA>ﻛﺘﺎﺏ¬ها</span></b><span
style='mso-spacerun:yes'>\u00a0</span></p>
<!--EndFragment--></body></html>"""

PASTE = """(editor, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "متن");
  editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_a_paste_from_word_in_the_editor(site, pr_head, new_page, live_server, witness):
    mission = StandardPage.objects.get(slug="mission")
    mission.body = json.dumps([{"type": "paragraph", "value": "<p>آغاز</p>"}])
    mission.save()
    page = new_page()
    log_in(page, pr_head, live_server.url)
    page.goto(reverse("wagtailadmin_pages:edit", args=[mission.pk]))
    editor = page.locator(".public-DraftEditor-content").first
    editor.click()
    page.keyboard.press("Control+End")
    editor.evaluate(PASTE, WORD)
    expect(page.locator("[name=body-0-value]")).to_have_value(
        re.compile("برگزار|\\\\u0628\\\\u0631\\\\u06af")
    )
    page.get_by_role("button", name="ذخیرهٔ پیش‌نویس").click()
    page.wait_for_selector(".messages .success")
    stored = Page.objects.get(pk=mission.pk).get_latest_revision_as_object().body[0].value.source
    words = BeautifulSoup(stored, "html.parser").get_text(" ")
    assert "نشست روابط عمومی برگزار می‌شود" in words
    assert "کتاب‌ها" in words
    assert not re.search(r"mso|Mso|style|class|lang|o:p|\u00a0|¬", stored)
    witness.assert_quiet()
