"""What the search page shows: matches marked, promoted pages first, ways on when nothing was found."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from news.models import NewsIndexPage
from pages.models import HomePage, StandardPage
from pages.search.results import SNIPPET, parts
from tests.factories import NewsPageFactory, StandardPageFactory


@pytest.fixture
def home(site) -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def newsroom(site) -> NewsIndexPage:
    return NewsIndexPage.objects.get()


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


def test_fields_and_paragraphs_of_a_snippet_are_told_apart(home, client):
    StandardPageFactory(
        parent=home,
        title="آب شهر",
        lead="قنات و آبیاری",
        body=[
            ("callout", {"tone": "important", "title": "هشدار", "text": "<p>آب را هدر ندهید.</p>"}),
            ("paragraph", "<p>لایروبی هر پاییز انجام می‌شود</p>"),
        ],
    )
    text = " ".join(soup(client, "قنات").select_one(".result p").get_text().split())
    assert text == "قنات و آبیاری · هشدار · آب را هدر ندهید. لایروبی هر پاییز انجام می‌شود"


@pytest.mark.parametrize("label", ["مهم", "بخش"])
def test_the_settings_of_a_block_are_not_words_of_the_page(home, client, label):
    StandardPageFactory(
        parent=home,
        title="آب شهر",
        body=[
            ("heading", {"text": "قنات", "level": "h2"}),
            ("callout", {"tone": "important", "title": "", "text": "<p>آب را هدر ندهید.</p>"}),
        ],
    )
    assert "آب شهر" not in titles(soup(client, label))


@pytest.mark.parametrize(
    "typed", ["۴ خرداد ۱۴۰۳", "1403/03/04", "۱۴۰۳/۳/۴", "4 خرداد", "خرداد ۱۴۰۳", "٤ خرداد ١٤٠٣"]
)
def test_news_are_found_by_their_day(client, newsroom, typed):
    day = datetime.datetime(2024, 5, 24, 1, 0, tzinfo=timezone.get_default_timezone())
    NewsPageFactory(parent=newsroom, title="جلسهٔ شورا", lead="شورا گرد هم آمد.", date=day)
    NewsPageFactory(parent=newsroom, title="جلسهٔ دیگر", date=day - datetime.timedelta(days=40))
    html = soup(client, typed)
    assert titles(html) == ["جلسهٔ شورا"]
    assert html.select_one(".result p").get_text().strip() == "شورا گرد هم آمد.", "not the day alone"


def test_words_typed_on_a_latin_keyboard_are_offered_in_persian(home, client):
    StandardPageFactory(parent=home, title="لایروبی قنات‌های کهن")
    assert soup(client, "rkhj").select_one(".did-you-mean a").get_text() == "قنات"


def test_who_asks_in_a_sentence_gets_pages_with_some_of_its_words(home, client):
    StandardPageFactory(parent=home, title="لایروبی قنات‌های کهن", lead="زمان لایروبی")
    html = soup(client, "چگونه از لایروبی قنات باخبر شوم")
    assert "چیزی یافت نشد" in html.select_one(".results-count").get_text()
    assert titles(html)[0] == "لایروبی قنات‌های کهن"
    assert not soup(client, "ککککک").select(".result")


def test_the_title_of_a_later_page_says_which(home, client):
    for number in range(12):
        StandardPageFactory(parent=home, title=f"قنات {number}")
    first, second = (
        BeautifulSoup(
            client.get("/search/", {"q": "قنات", "page": page}).content, "html.parser"
        ).title.get_text()
        for page in (1, 2)
    )
    assert second.startswith("جست‌وجوی «قنات»، صفحهٔ ۲")
    assert "صفحه" not in first


@pytest.mark.parametrize("query", ["لایرویی", "ککککک", "لایرویی قناط", "کککک ططططط ضضضضض"])
def test_a_page_without_results_costs_a_few_queries_more(home, client, query, django_assert_max_num_queries):
    StandardPageFactory(parent=home, title="لایروبی قنات‌های کهن")
    soup(client, query)
    with django_assert_max_num_queries(17) as asked:
        soup(client, query)
    close = [
        one["sql"]
        for one in asked.captured_queries
        if "indexedword" in one["sql"] or "COUNT(*) FROM (" in one["sql"]
    ]
    assert 2 <= len(close) <= 5


def test_a_list_within_a_list_is_a_line_of_its_own_words(home, client):
    StandardPageFactory(
        parent=home,
        title="آب شهر",
        body=[("paragraph", "<ul><li>قنات<ul><li>لایروبی</li></ul></li><li>نهر</li></ul>")],
    )
    assert titles(soup(client, "قنات لایروبی")) == ["آب شهر"]
    assert "قنات لایروبی" in " ".join(soup(client, "قنات").select_one(".result p").get_text().split())
