"""A telephone number in the middle of a Persian text keeps its order, wherever an editor wrote it."""

import pytest

from contact.models import ContactPage
from pages.models import ContactDetails, HomePage
from persian.telephone_order import isolate_telephones, spans
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
    assert isolate_telephones(f"<p>تلفن {number}، داخلی ۳۴۰</p>") == (
        f'<p>تلفن <bdi dir="ltr">{number}</bdi>، داخلی ۳۴۰</p>'
    )
    assert isolate_telephones(f"({number})") == f'(<bdi dir="ltr">{number}</bdi>)'


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
    assert isolate_telephones(f"<p>{text}</p>") == f"<p>{text}</p>"


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
    assert isolate_telephones(html) == html


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
    assert 'تلفن <bdi dir="ltr">۰۳۱-۳۲۶۷۳۰۷۵</bdi> هر روز' in html
    assert 'ما <bdi dir="ltr">۰۹۱۲ ۳۴۵ ۶۷۸۹</bdi> است' in html


@pytest.mark.parametrize("typed", ["تلفن", "32673075", "031"])
def test_a_search_result_shows_the_number_in_its_order(site, client, typed):
    details = ContactDetails.objects.get()
    details.area_code, details.telephone = "031", "32673075"
    details.save()
    ContactPage.objects.get().save()
    html = client.get("/search/", {"q": typed}).content.decode()
    number = html[html.index("result__title") :]
    number = number[: number.index("</li>")].replace("<mark>", "").replace("</mark>", "")
    assert '<bdi dir="ltr">۰۳۱-۳۲۶۷۳۰۷۵</bdi>' in number
