"""Searching through Wagtail's own interface: what is found, in which order, and with which options, on either database."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from modelsearch.backends.base import FilterFieldError
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import (
    MATCH_ALL,
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    Not,
    Or,
    Phrase,
    PlainText,
)

from news.models import NewsPage
from pages.models import SiteDocument, SiteImage, StandardPage
from tests.factories import (
    HomePageFactory,
    NewsCategoryFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    SiteImageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    return HomePageFactory(
        parent=Page.get_first_root_node(), slug="search-tests", title="خانه", hero_title="خانه"
    )


@pytest.fixture
def newsroom(home):
    return NewsIndexPageFactory(parent=home, title="تازه‌ها", lead="")


def page(home, title, text="", **fields):
    body = [{"type": "paragraph", "value": f"<p>{text}</p>"}] if text else []
    return StandardPageFactory(
        parent=home, title=title, lead=fields.pop("lead", ""), body=json.dumps(body), **fields
    )


def found(query, queryset=None, **options):
    queryset = Page.objects.all() if queryset is None else queryset
    return [one.title for one in queryset.search(query, **options)]


# --- What is found ---


def test_a_page_is_found_by_the_words_of_its_title_its_lead_and_its_text(home):
    page(home, "راهنمای شهروندان", "نشانی دفتر مرکزی", lead="پاسخ پرسش‌ها")
    for query in ("شهروندان", "راهنمای", "نشانی دفتر", "پاسخ", "دفتر شهروندان"):
        assert found(query) == ["راهنمای شهروندان"]
    assert found("نشانی بیمارستان") == []


@pytest.mark.parametrize("query", ["نشاني", "پسماند ۱۴۰۵", "پسماند 1405", "پسمـاند", "پَسماند"])
def test_letters_digits_and_vowel_signs_make_no_difference(home, query):
    page(home, "نشانی مرکز پسماند", "در سال ۱۴۰۵")
    assert found(query) == ["نشانی مرکز پسماند"]


def test_a_word_is_found_in_another_form(home):
    page(home, "فهرست کتاب‌ها")
    assert found("کتاب") == ["فهرست کتاب‌ها"]
    assert found("کتابها") == ["فهرست کتاب‌ها"]


def test_or_finds_any_word_and_shows_first_what_has_all(home):
    page(home, "بودجهٔ شهر")
    page(home, "بودجه و پسماند")
    page(home, "پسماند تر")
    assert found("بودجه پسماند", operator="or")[0] == "بودجه و پسماند"
    assert len(found("بودجه پسماند", operator="or")) == 3
    assert found("بودجه پسماند") == ["بودجه و پسماند"]


def test_a_phrase_is_found_in_its_order(home):
    page(home, "شورای شهر اصفهان")
    page(home, "اصفهان شهر شورای عالی")
    assert found(Phrase("شورای شهر")) == ["شورای شهر اصفهان"]
    assert found(Phrase("شوراي شهر")) == ["شورای شهر اصفهان"]
    assert found(Phrase("اصفهان")) == ["اصفهان شهر شورای عالی", "شورای شهر اصفهان"]


def test_queries_are_combined(home):
    page(home, "بودجهٔ شهر")
    page(home, "پسماند شهر")
    page(home, "پسماند روستا")
    budget, waste, city = PlainText("بودجه"), PlainText("پسماند"), PlainText("شهر")
    ours = StandardPage.objects.all()
    both = ["پسماند شهر", "بودجهٔ شهر"]
    assert found(And([waste, city]), ours) == ["پسماند شهر"]
    assert found(waste & ~city, ours) == ["پسماند روستا"]
    assert found(Not(city), ours) == ["پسماند روستا"]
    assert found(Or([budget, And([waste, city])]), ours) == both
    assert found(Or([budget, Not(waste)]), ours) == ["بودجهٔ شهر"]
    assert found(Not(Not(city)), ours) == both
    assert found(And([Not(budget), Not(city)]), ours) == ["پسماند روستا"]
    assert found(Not(Or([budget, waste])), ours) == []
    assert found(And([MATCH_ALL, city]), ours) == both
    assert found(And([MATCH_NONE, city]), ours) == []
    assert found(Boost(city, 3), ours) == both
    assert found(Fuzzy("بودجه"), ours) == ["بودجهٔ شهر"]
    assert len(found(MATCH_ALL, ours)) == 3
    assert found(MATCH_NONE, ours) == []


# --- In which order ---


def test_exact_before_stems_the_title_before_the_text_and_the_newest_first(home):
    now = timezone.now()

    def at(days, title, text=""):
        page(home, title, text, first_published_at=now - datetime.timedelta(days=days))

    at(1, "گزارش ماه", "کتاب‌ها در گفت‌وگوهای مردم")  # other forms, in the text
    at(2, "کتاب‌ها و خبرها", "گفت‌وگوها")  # other forms, one of them in the title
    at(3, "گفت‌وگوهای کتاب‌ها")  # other forms, all in the title
    at(4, "گزارش سال", "گفت‌وگو دربارهٔ کتاب")  # the words, in the text
    at(5, "کتاب سال", "گفت‌وگو")  # the words, one of them in the title
    at(7, "گفت‌وگو و کتاب")  # the words, all in the title
    at(6, "کتاب گفت‌وگو")
    assert found("کتاب گفت‌وگو") == [
        "کتاب گفت‌وگو",
        "گفت‌وگو و کتاب",
        "کتاب سال",
        "گزارش سال",
        "گفت‌وگوهای کتاب‌ها",
        "کتاب‌ها و خبرها",
        "گزارش ماه",
    ]


def test_the_score_falls_from_tier_to_tier(home):
    page(home, "گزارش", "پسماند")
    page(home, "پسماند")
    scored = Page.objects.search("پسماند").annotate_score("score")
    assert [one.title for one in scored] == ["پسماند", "گزارش"]
    first, second = [one.score for one in scored]
    assert first > second > 0


def test_the_caller_may_order_instead(home):
    for title in ("پسماند ب", "پسماند الف", "پسماند پ"):
        page(home, title)
    by_title = Page.objects.order_by("-title")
    assert found("پسماند", by_title, order_by_relevance=False) == [
        one.title for one in by_title if "پسماند" in one.title
    ]


# --- With which options ---


def test_named_fields_are_searched_alone(home):
    page(home, "پسماند", "بودجه", lead="شورا")
    page(home, "بودجه", "شورا شورا شورا", lead="پسماند")
    page(home, "شورا", "پسماند پسماند", lead="بودجه")
    ours = StandardPage.objects.all()
    assert found("پسماند", ours, fields=["title"]) == ["پسماند"]
    assert found("پسماند", ours, fields=["lead"]) == ["بودجه"]
    assert found("پسماند", ours, fields=["body"]) == ["شورا"]
    assert sorted(found("پسماند", ours, fields=["title", "lead"])) == ["بودجه", "پسماند"]
    assert found(Phrase("شورا شورا"), ours, fields=["body"]) == ["بودجه"]
    assert found("پسماند", ours, fields=[]) == []


def test_a_named_field_holds_other_forms_too(home):
    page(home, "گزارش", "متن بلندتر از هر بخش دیگر این صفحه", lead="فهرست کتاب‌ها")
    assert found("کتاب", StandardPage.objects.all(), fields=["lead"]) == ["گزارش"]
    assert found("کتاب", StandardPage.objects.all(), fields=["body"]) == []


def test_filters_of_the_queryset_hold(home, newsroom):
    page(home, "پسماند زنده")
    page(home, "پسماند پیش‌نویس", live=False)
    NewsPageFactory(parent=newsroom, title="پسماند در خبرها")
    assert len(found("پسماند")) == 3
    assert "پسماند پیش‌نویس" not in found("پسماند", Page.objects.live())
    assert found("پسماند", NewsPage.objects.live()) == ["پسماند در خبرها"]
    assert found("پسماند", Page.objects.type(NewsPage)) == ["پسماند در خبرها"]
    assert found("پسماند", Page.objects.child_of(newsroom)) == ["پسماند در خبرها"]
    assert found("پسماند", Page.objects.none()) == []
    with pytest.raises(FilterFieldError):
        found("پسماند", Page.objects.filter(seo_title="x"))


def test_results_are_cut_counted_and_asked_once(home, django_assert_num_queries):
    for number in range(7):
        page(home, f"پسماند {number}")
    results = Page.objects.search("پسماند")
    assert results.count() == 7
    assert [one.title for one in results[1:3]] == ["پسماند 5", "پسماند 4"]
    assert results[0].title == "پسماند 6"
    assert results[5:10].count() == 2
    with django_assert_num_queries(2):
        assert len(Page.objects.search("پسماند")[:3]) == 3
        assert Page.objects.search("پسماند").count() == 7


def test_a_search_is_one_query_with_one_match_whatever_is_found(home):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            list(Page.objects.live().search("پسماند شهر"))
        return [query["sql"] for query in queries]

    page(home, "پسماند شهر")
    few = asked()
    for number in range(20):
        page(home, f"پسماند شهر {number}")
    assert len(few) == 1
    assert asked() == few


def test_facets_count_what_is_found(newsroom):
    events, reports = NewsCategoryFactory(name="رویداد"), NewsCategoryFactory(name="گزارش")
    for category, title in (
        (events, "پسماند ۱"),
        (events, "پسماند ۲"),
        (reports, "پسماند ۳"),
        (reports, "دیگر"),
    ):
        NewsPageFactory(parent=newsroom, title=title, category=category, lead="")
    assert dict(NewsPage.objects.search("پسماند").facet("category_id")) == {events.pk: 2, reports.pk: 1}
    with pytest.raises(FilterFieldError):
        NewsPage.objects.search("پسماند").facet("lead")


def test_results_can_be_part_of_another_query(home):
    first = page(home, "پسماند")
    page(home, "دیگر")
    inner = Page.objects.search("پسماند").get_queryset()
    assert [one.pk for one in Page.objects.filter(pk__in=inner.values("pk"))] == [first.pk]


# --- Other models ---


def test_images_and_documents_are_found_by_title_tags_and_persian_digits(home):
    image = SiteImageFactory(title="نمای دفتر ۱۴۰۵")
    image.tags.add("گردهمایی")
    image.save()
    SiteDocument.objects.create(title="آیین‌نامهٔ پسماند", file="a.pdf")
    backend = get_search_backend()
    assert list(backend.search("دفتر 1405", SiteImage)) == [image]
    assert list(backend.search("گردهمايي", SiteImage)) == [image]
    assert list(backend.autocomplete("دفت", SiteImage)) == [image]
    assert [one.title for one in backend.search("آیین نامه", SiteDocument)] == ["آیین‌نامهٔ پسماند"]
    assert list(backend.search("پسماند", SiteImage)) == []


# --- While typing ---


def completed(typed, queryset=None, **options):
    queryset = Page.objects.all() if queryset is None else queryset
    return [one.title for one in queryset.autocomplete(typed, **options)]


def test_the_last_word_may_be_begun_only(home):
    page(home, "راهنمای شهروندان")
    for typed in ("راه", "راهنمای شه", "شهر", "راهنماي", "شهروندان را"):
        assert completed(typed) == ["راهنمای شهروندان"]
    for typed in ("هنمای", "را شهروندان", "راهنمای پ"):
        assert completed(typed) == []


def test_whole_words_come_first_while_typing_and_other_forms_last(home):
    page(home, "شهر")
    page(home, "شهروند")
    page(home, "از شهرها")
    assert completed("شهر") == ["شهر", "از شهرها", "شهروند"]
    assert completed("شهرها") == ["از شهرها", "شهر"]


@pytest.mark.parametrize("typed", ["شهرداری هاي استان", "شهرداریهای اس", "مدیر شهرداری‌ها", "مدیرِ شهرداريها"])
def test_other_forms_of_a_word_are_found_while_typing(home, typed):
    page(home, "نشست مدیران شهرداری‌های استان")
    page(home, "کارشناسان فرمانداری")
    assert completed(typed) == ["نشست مدیران شهرداری‌های استان"]
    assert completed(typed, fields=["title"]) == ["نشست مدیران شهرداری‌های استان"]


def test_completion_knows_fields_and_operators(home):
    page(home, "راهنمای شهروندان")
    assert completed("راهن", fields=["title"]) == ["راهنمای شهروندان"]
    assert completed("بودجه شهر", operator="or") == ["راهنمای شهروندان"]
    assert completed("بودجه شهر") == []


# --- What changes ---


def test_a_change_is_found_at_once(home):
    first = page(home, "پسماند")
    first.title = "بودجه"
    first.save()
    assert found("پسماند") == []
    assert found("بودجه") == ["بودجه"]
    first.unpublish()
    assert found("بودجه", Page.objects.live()) == []
    first.delete()
    assert found("بودجه") == []
