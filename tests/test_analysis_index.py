"""The promises that the two databases build on: tokens that both keep whole, and a text found by its own words."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from persian.analysis import (
    VERSION,
    autocomplete_terms,
    autocomplete_text,
    fold,
    index_text,
    lexicon,
    matches,
    query_terms,
    tokenize,
    version,
)

ROOT = Path(__file__).parent.parent
LETTERS = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيكةۀؤئأإءًٌٍَُِّْ\u200cـ"
PERSIAN = st.text(alphabet=LETTERS + " \n۰۱۲۳٤٥6789.،-/", max_size=60)
ANY = st.one_of(st.text(max_size=60), PERSIAN)
TEXT = """شهرداری نیکان از ۲ آذر ۱۴۰۵ ثبت‌نام کلاس‌های تابستانی را در فرهنگ‌سراها آغاز می‌کند. شهروندان می‌توانند با شماره‌های
۰۳۱-۳۲۶۷۳۰۷۵ و ۰۹۱۳ ۱۲۳ ۴۵۶۷ تماس بگیرند یا به نشانی info@nikan.example پیام بفرستند. هزینهٔ هر دوره ۱۲۵٬۰۰۰ تومان است."""


def satisfied(alternatives, tokens) -> bool:
    return any(all(token in tokens for token in alternative) for alternative in alternatives)


def is_found(text: str, query: str, *, exact: bool = False) -> bool:
    """What a database would answer: every term of the query has an alternative whose tokens all stand in the index."""
    tokens = set(index_text(text).split())
    terms = query_terms(query)
    return bool(terms) and all(satisfied(term.exact if exact else term.loose, tokens) for term in terms)


@given(ANY)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@settings(max_examples=400)
@given(ANY)
def test_every_token_is_letters_and_digits(text):
    for token in [*index_text(text).split(" "), *autocomplete_text(text).split(" ")]:
        assert token == "" or (token.isalnum() and token == token.casefold())


@settings(max_examples=400)
@given(ANY)
def test_a_text_is_found_by_each_of_its_own_words(text):
    tokens = set(index_text(text).split())
    for word in tokenize(text):
        for term in query_terms(text[word.start : word.end]):
            assert satisfied(term.loose, tokens)


@settings(max_examples=400)
@given(ANY, ANY)
def test_what_matches_exactly_matches_loosely(text, query):
    assert not is_found(text, query, exact=True) or is_found(text, query)


@given(ANY, ANY)
def test_marked_places_lie_in_the_text_in_order(text, query):
    last = 0
    for start, end in matches(text, query):
        assert last <= start < end <= len(text)
        last = end


@settings(max_examples=400)
@given(st.text(max_size=500))
def test_any_text_is_a_query_of_bounded_size(text):
    assert len(query_terms(text)) <= 12
    assert len(autocomplete_terms(text)) <= 12
    assert sum(len(term.loose) for term in query_terms(text)) <= 12 * 60


@pytest.mark.parametrize(
    "query", ['"', "'", "   ", "\x00", "%", "()&|!<->", "***", "\u200c\u200c", "_", "", "😀", "\ud800"]
)
def test_a_query_of_symbols_has_no_terms(query):
    assert query_terms(query) == []
    assert autocomplete_terms(query) == []
    assert matches("متن نمونه", query) == []


@pytest.mark.parametrize(
    "text", [TEXT, "کتاب " * 500, "۱ " * 500, "می‌شود‌ها‌یی" * 100, "و" * 3000, "a1" * 2000]
)
def test_the_index_grows_with_the_text_and_no_faster(text):
    once, ten_times = len(index_text(text)), len(index_text(" ".join([text] * 10)))
    assert once <= 40 * len(text)
    assert ten_times <= 11 * once + 400


def test_it_needs_nothing_but_the_standard_library():
    without_packages = [sys.executable, "-S", "-c", "from persian.analysis import VERSION; print(VERSION)"]
    ran = subprocess.run(without_packages, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == VERSION


def test_words_keep_their_places_in_the_text_as_given():
    text = "در كتـــاب‌هایِ ﷲ، ۱۲٬۳۰۰ PDF"
    assert [(text[token.start : token.end], token.surface) for token in tokenize(text)] == [
        ("در", "در"),
        ("كتـــاب‌هایِ", "کتابهای"),
        ("ﷲ", "الله"),
        ("۱۲٬۳۰۰", "12300"),
        ("PDF", "pdf"),
    ]


def test_the_match_is_marked_where_it_stands():
    assert [TEXT[start:end] for start, end in matches(TEXT, "کلاسها")] == ["کلاس‌های"]
    assert [TEXT[start:end] for start, end in matches(TEXT, "09131234567")] == ["۰۹۱۳ ۱۲۳ ۴۵۶۷"]
    assert matches("برای ثبت نام بیایید", "ثبتنام") == [(5, 12)]


def test_another_list_or_another_rule_means_another_version(monkeypatch):
    monkeypatch.setattr(lexicon, "source", lambda: b"another list")
    other_list = version()
    monkeypatch.undo()
    monkeypatch.setattr("persian.analysis.index_text", lambda text: "other tokens")
    assert len({VERSION, other_list, version()}) == 3


def test_the_database_keeps_each_token_whole(db):
    tokens = sorted(set(index_text(f"{TEXT} covid-19 1e5a 19covid A4 ﷲ دایرةالمعارف ﺷﻬﺮ").split()))
    text = " ".join(tokens)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT unnest(tsvector_to_array(to_tsvector('simple', %s)))", [text])
        else:
            cursor.execute("CREATE VIRTUAL TABLE temp.kept USING fts5(text, tokenize='unicode61')")
            cursor.execute("CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab(temp, kept, 'row')")
            cursor.execute("INSERT INTO temp.kept VALUES (%s)", [text])
            cursor.execute("SELECT term FROM temp.kept_words")
        kept = sorted(row[0] for row in cursor.fetchall())
        if connection.vendor == "sqlite":
            cursor.execute("DROP TABLE temp.kept_words")
            cursor.execute("DROP TABLE temp.kept")
    assert kept == tokens


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("پرسش‌های متداول", "پرسش های متد"),
        ("پرسش‌های متداول", "پرسشها"),
        ("ثبت نام کلاس‌ها", "ثبتنا"),
        ("اطاق بازرگانی", "اطا"),
        ("اطاق بازرگانی", "اتا"),
        ("راهنمای covid-19", "covid1"),
        ("تلفن ۰۳۱-۳۲۶۷۳۰۷۵", "۰۳۱۳۲"),
    ],
)
def test_a_title_is_completed_while_it_is_typed(title, typed):
    tokens = autocomplete_text(title).split()
    *whole, last = autocomplete_terms(typed)
    assert all(set(spellings) & set(tokens) for spellings in whole)
    assert any(token.startswith(spelling) for spelling in last for token in tokens)
