"""A citizen searches: what is public is found; whatever is typed gets a page."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from pages.models import ContactDetails


def found(client, query: str) -> list[str]:
    html = client.get("/search/", {"q": query}).content
    return [a["href"] for a in BeautifulSoup(html, "html.parser").select("main ol a, main ul a")]


def test_a_word_of_a_page_finds_the_page(site, client):
    assert any(link.endswith("/approach/") for link in found(client, "مهندسی تفاهم"))


def test_an_arabic_keyboard_finds_it_too(site, client):
    assert any(link.endswith("/approach/") for link in found(client, "مهندسي تفاهم"))


def test_news_are_found(site, client):
    assert any("/news/" in link for link in found(client, "گشایش"))


def test_the_units_own_numbers_lead_to_the_contact_page_and_follow_a_change(site, client):
    details = ContactDetails.for_site(site)
    assert any(link.endswith("/contact/") for link in found(client, f"تلفن {details.telephone}"))
    details.address = "خیابان نمونه، کوچهٔ بادام"
    details.save()
    assert [link for link in found(client, "كوچه بادام") if link.endswith("/contact/")]


def test_drafts_are_not_found(site, client):
    assert not any("participation" in link for link in found(client, "راهبرد مشارکت"))


def test_what_was_typed_is_repeated_as_it_was_typed(site, client):
    assert "«۳۲۶۷ ۳۰۷۵»" in client.get("/search/", {"q": "۳۲۶۷  ۳۰۷۵"}).content.decode()


def test_nothing_found_says_so_and_helps(site, client):
    html = client.get("/search/", {"q": "کهکشان"}).content.decode()
    assert "کهکشان" in html
    assert "یافت نشد" in html


def test_what_was_typed_is_shown_as_text(site, client):
    html = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "\\",
        "   ",
        "*",
        "AND",
        "NOT",
        "a AND",
        "(",
        "\x00",
        "هدف\x00ها",
        "%",
        "_",
        "۰۰",
        "\u200c",
        "😀",
        "NEAR(",
        "-",
        "هدف" * 3333,
    ],
)
def test_no_query_is_an_error(site, client, query):
    response = client.get(f"/search/?q={quote(query)}")
    assert response.status_code == 200
    assert 'dir="rtl"' in response.content.decode()


@pytest.mark.parametrize("number", ["abc", "0", "-1", "99999", "1e9", "۲", "%00"])
def test_no_page_number_is_an_error(site, client, number):
    assert client.get(f"/search/?q=%D8%B1%D9%88%D8%A7%D8%A8%D8%B7&page={number}").status_code == 200
