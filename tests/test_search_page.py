"""What the search page shows: matches marked, promoted pages first, ways on when nothing was found."""

import pytest
from bs4 import BeautifulSoup
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from pages.models import HomePage, StandardPage
from pages.search.results import SNIPPET, parts
from tests.factories import StandardPageFactory


@pytest.fixture
def home(site) -> HomePage:
    return HomePage.objects.get()


def soup(client, query: str, path: str = "/search/") -> BeautifulSoup:
    response = client.get(path, {"q": query})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(html: BeautifulSoup) -> list[str]:
    return [a.get_text().strip() for a in html.select(".result__title a")]


def promote(words: str, **target) -> None:
    SearchPromotion.objects.create(query=Query.get(words), **target)


def test_the_matching_words_are_marked_in_title_and_text(home, client):
    StandardPageFactory(
        parent=home,
        title="بوستان‌های استان",
        lead="باغبانی",
        body=[("paragraph", "<p>در این صفحه از بوستان و آبیاری شبانه سخن می‌رود.</p>")],
    )
    result = soup(client, "آبياري").select_one(".result")
    assert [mark.get_text() for mark in result.select("p mark")] == ["آبیاری"]
    assert "سخن می‌رود" in result.get_text()


def test_a_snippet_is_short_and_shows_the_place_of_the_match(home, client):
    filler = "<p>" + "متن دیگری که ربطی ندارد. " * 200 + "</p>"
    StandardPageFactory(
        parent=home,
        title="گزارش",
        body=[("paragraph", filler), ("paragraph", "<p>سرانجام قنات لایروبی شد.</p>"), ("paragraph", filler)],
    )
    text = soup(client, "قنات").select_one(".result p").get_text().strip()
    assert "قنات" in text
    assert len(text) <= SNIPPET + 10
    assert text.startswith("… ") and text.endswith(" …")


def test_what_was_written_is_never_markup(home, client):
    StandardPageFactory(parent=home, title="قنات <b>کهن</b>", lead="<script>alert(1)</script> قنات")
    html = client.get("/search/", {"q": "قنات"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;" in html


def test_parts_put_together_are_the_text():
    text = "روابط عمومی، حلقهٔ اتصال شهرداری‌هاست"
    cut = parts(text, "عمومي اتصال")
    assert "".join(piece for piece, _ in cut) == text
    assert [piece for piece, is_match in cut if is_match] == ["عمومی", "اتصال"]


def test_words_in_a_row_are_one_mark():
    assert parts("واحد روابط عمومی سازمان", "روابط عمومی") == [
        ("واحد ", False),
        ("روابط عمومی", True),
        (" سازمان", False),
    ]


def test_a_promoted_page_stands_first_and_only_once(home, client):
    for number in range(3):
        StandardPageFactory(parent=home, title=f"عوارض {number}")
    chosen = StandardPageFactory(parent=home, title="راهنمای عوارض نوسازی")
    promote("عوارض", page=chosen, description="همهٔ راه‌های پرداخت")
    html = soup(client, "عوارض")
    assert titles(html)[0] == "راهنمای عوارض نوسازی"
    assert titles(html).count("راهنمای عوارض نوسازی") == 1
    assert "همهٔ راه‌های پرداخت" in html.select_one(".result--promoted").get_text()
    assert "۴ نتیجه" in html.select_one(".results-count").get_text()


def test_a_promotion_holds_for_every_spelling_of_its_words(home, client):
    promote("ثبت‌نام", external_link_url="https://my.example.ir/", external_link_text="درگاه ثبت‌نام")
    for typed in ("ثبت نام", "ثبتنام", "ثبت‌نام"):
        assert titles(soup(client, typed))[0] == "درگاه ثبت‌نام"


def test_a_promoted_draft_stays_hidden(home, client):
    promote("قنات", page=StandardPageFactory(parent=home, title="پیش‌نویس قنات", live=False))
    assert titles(soup(client, "قنات")) == []


def test_a_misspelled_word_gets_one_that_finds_something(home, client):
    StandardPageFactory(parent=home, title="لایروبی قنات‌های کهن", lead="قنات و آبیاری")
    link = soup(client, "لایرویی").select_one(".did-you-mean a")
    assert link.get_text() == "لایروبی"
    assert titles(soup(client, link.get_text())) == ["لایروبی قنات‌های کهن"]


def test_beginnings_of_words_are_answered_with_a_plain_list(home, client):
    page = StandardPageFactory(parent=home, title="لایروبی قنات‌های کهن")
    StandardPageFactory(parent=home, title="لایروبی نهرها", live=False)
    html = soup(client, "لاير", "/search/suggestions/")
    assert [(a["href"], a.get_text()) for a in html.select("ul a")] == [(page.url, page.title)]
    assert not html.select("html"), "a piece of a page, to stand under the box"


@pytest.mark.parametrize("typed", ["", " ", "؟!", '"', "\u200c", "ککککک"])
def test_nothing_to_suggest_is_an_empty_answer(site, client, typed):
    assert not soup(client, typed, "/search/suggestions/").select("a")


def test_without_script_the_page_itself_lists_near_titles(home, client):
    StandardPageFactory(parent=home, title="لایروبی قنات‌های کهن")
    html = soup(client, "لایرو")
    assert [a.get_text() for a in html.select(".search-suggestions a")] == ["لایروبی قنات‌های کهن"]


def test_a_page_of_results_costs_the_same_for_few_and_many(home, client, django_assert_max_num_queries):
    for number in range(12):
        StandardPageFactory(parent=home, title=f"قنات {number}")
    soup(client, "قنات")
    assert StandardPage.objects.count() > 12
    with django_assert_max_num_queries(14):
        assert len(titles(soup(client, "قنات"))) == 10
