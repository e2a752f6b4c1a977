"""Mixed texts are read in the right order: Persian sentences that begin with a foreign name, telephone numbers in prose."""

import pytest

from contact.models import ContactPage
from pages.models import ContactDetails, HomePage
from persian.reading_order import in_reading_order
from persian.telephone_order import spans
from tests.factories import StandardPageFactory

NUMBERS = [
    "۰۳۱-۳۲۶۷۳۰۷۵",
    "۰۹۱۲ ۳۴۵ ۶۷۸۹",
    "021-88776655",
    "(021) 88776655",
    "(۰۳۱)۳۲۶۷۳۰۷۵",
    "+98 912 345 6789",
    "+989123456789",
    "٠٣١–٣٢٦٧٣٠٧٥",
    "۰۳۱-۳۲۶۷۳۰۷۵-۸",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_in_groups_is_isolated(number):
    assert in_reading_order(f"<p>تلفن {number}، داخلی ۳۴۰</p>") == (
        f'<p>تلفن <bdi class="unbroken" dir="ltr">{number}</bdi>، داخلی ۳۴۰</p>'
    )
    assert in_reading_order(f"({number})") == f'(<bdi class="unbroken" dir="ltr">{number}</bdi>)'


@pytest.mark.parametrize(
    "text",
    [
        "سال‌های ۱۳۹۰-۱۴۰۵",
        "از ساعت ۰۸:۰۰-۱۴:۰۰",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "بند ۰۱-۱۲ و ۵ + ۳",
        "http://example.ir/021-88776655/",
        "A021-88776655",
        "شمارهٔ ۱۲۳-۴۵۶-۷۸۹",
        "۰۹۱۲۳۴۵۶۷۸۹ ۰۹۳۵۱۲۳۴۵۶۷",
        "۰٫۵-۰٫۷ درصد",
    ],
)
def test_what_is_no_telephone_or_keeps_its_order_by_itself_stays(text):
    assert in_reading_order(f"<p>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<a href="tel:+98-31-32673075" title="۰۳۱-۳۲۶۷۳۰۷۵">زنگ بزنید</a>',
        '<bdi dir="ltr">۰۳۱-۳۲۶۷۳۰۷۵</bdi>',
        "<textarea>تلفن ۰۳۱-۳۲۶۷۳۰۷۵</textarea>",
        '<select><option value="1">تلفن ۰۳۱-۳۲۶۷۳۰۷۵</option></select>',
        "<code>021-88776655</code>",
    ],
)
def test_attributes_fields_and_what_runs_from_left_to_right_stay(html):
    assert in_reading_order(html) == html


def test_the_place_of_a_number_is_told():
    text = "تلفن ۰۳۱-۳۲۶۷۳۰۷۵ و ۰۹۱۲ ۳۴۵ ۶۷۸۹."
    assert [text[start:end] for start, end in spans(text)] == ["۰۳۱-۳۲۶۷۳۰۷۵", "۰۹۱۲ ۳۴۵ ۶۷۸۹"]


def test_a_page_isolates_the_numbers_of_its_texts(site, client):
    page = StandardPageFactory(
        parent=HomePage.objects.get(),
        title="راهنما",
        lead="تلفن ۰۳۱-۳۲۶۷۳۰۷۵ هر روز پاسخ می‌دهد.",
        body=[("paragraph", "<p>همراه ما ۰۹۱۲ ۳۴۵ ۶۷۸۹ است.</p>")],
    )
    html = client.get(page.url).content.decode()
    assert 'تلفن <bdi class="unbroken" dir="ltr">۰۳۱-۳۲۶۷۳۰۷۵</bdi> هر روز' in html
    assert 'ما <bdi class="unbroken" dir="ltr">۰۹۱۲ ۳۴۵ ۶۷۸۹</bdi> است' in html


@pytest.mark.parametrize("typed", ["تلفن", "32673075", "031"])
def test_a_search_result_shows_the_number_in_its_order(site, client, typed):
    details = ContactDetails.objects.get()
    details.area_code, details.telephone = "031", "32673075"
    details.save()
    ContactPage.objects.get().save()
    html = client.get("/search/", {"q": typed}).content.decode()
    number = html[html.index("result__title") :]
    number = number[: number.index("</li>")].replace("<mark>", "").replace("</mark>", "")
    assert '<bdi class="unbroken" dir="ltr">۰۳۱-۳۲۶۷۳۰۷۵</bdi>' in number


@pytest.mark.parametrize(
    ("html", "settled"),
    [
        ("<bdi>ISO 9001 به سازمان رسید</bdi>", '<bdi dir="rtl">ISO 9001 به سازمان رسید</bdi>'),
        ("<bdi>(ISO 9001) گواهی‌نامه</bdi>", '<bdi dir="rtl">(ISO 9001) گواهی‌نامه</bdi>'),
        ('<h1 class="x" dir="auto">C++ و جاوا</h1>', '<h1 dir="rtl" class="x">C++ و جاوا</h1>'),
        ("<p><b>COVID-19</b> در استان</p>", '<p dir="rtl"><b>COVID-19</b> در استان</p>'),
        ("<bdi><mark>ISO</mark> در سازمان</bdi>", '<bdi dir="rtl"><mark>ISO</mark> در سازمان</bdi>'),
        ("<li>IT و <ul><li>شبکه</li></ul></li>", '<li dir="rtl">IT و <ul><li>شبکه</li></ul></li>'),
    ],
)
def test_a_persian_text_that_begins_with_a_foreign_name_runs_from_right_to_left(html, settled):
    assert in_reading_order(html) == settled


@pytest.mark.parametrize(
    "html",
    [
        "<bdi>C++</bdi>",
        "<bdi>گواهی‌نامهٔ ISO 9001</bdi>",
        "<p>&quot;سلام&quot; گفت</p>",
        "<p>The Persian word «سلام» is the usual greeting in this city.</p>",
        '<p dir="ltr">ISO به سازمان رسید</p>',
        '<div dir="ltr"><p>ISO به سازمان رسید</p></div>',
        "<span>ISO به سازمان رسید</span>",
        "<bdi>۱۴۰۵</bdi>",
        "<p>ISO</p><p>به سازمان رسید</p>",
    ],
)
def test_every_other_text_keeps_the_direction_that_it_has(html):
    assert in_reading_order(html) == html


FIRST_WORD_RIGHTMOST = """() => [...document.querySelectorAll("h1 bdi, .prose p, nav a bdi")]
  .filter(e => e.textContent.trim().startsWith("ISO 9001 به"))
  .map(e => {
    const text = document.createTreeWalker(e, NodeFilter.SHOW_TEXT).nextNode(), range = document.createRange();
    const box = (from, to) => { range.setStart(text, from); range.setEnd(text, to); return range.getBoundingClientRect(); };
    return box(0, 3).left > box(text.data.indexOf("سازمان"), text.data.length).left;
  })"""


@pytest.mark.browser
def test_the_foreign_word_that_opens_a_headline_stands_at_its_right(site, new_page):
    sentence = "ISO 9001 به سازمان رسید"
    page = StandardPageFactory(
        parent=HomePage.objects.get(),
        title=sentence,
        show_in_menus=True,
        body=[("paragraph", f"<p>{sentence}</p>")],
    )
    browser = new_page()
    browser.goto(page.url)
    seen = browser.evaluate(FIRST_WORD_RIGHTMOST)
    assert len(seen) >= 2
    assert all(seen)
