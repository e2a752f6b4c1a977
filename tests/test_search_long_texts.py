"""A text longer than the index takes is saved, and found by its beginning; the same on both databases."""

import itertools
import time

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Page
from wagtail.search.query import Phrase

from pages.models import SiteDocument, StandardPage
from persian.analysis.lexicon import words
from persian.search import entries
from tests.factories import HomePageFactory, StandardPageFactory
from tests.test_search_backend import found, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    return HomePageFactory(
        parent=Page.get_first_root_node(), slug="search-tests", title="خانه", hero_title="خانه"
    )


def long_text(characters):
    """Pairs of words, each pair another: more of them than an index can take."""
    known = sorted(word for word in words() if 4 <= len(word) <= 7 and word.isalpha())
    first = "زرافه‌ها نخستین سطر\n"
    pairs = (
        f"{one} {other}"
        for step in itertools.count(1)
        for one, other in zip(known, known[step:], strict=False)
    )
    made, size = [first], len(first)
    while size < characters:
        made.append(next(pairs))
        size += len(made[-1]) + 1
    return " ".join(made)


def test_a_token_of_any_length_is_no_error(home):
    longest = "ب" * 200
    page(home, f"بلند {longest}", " ".join(f"{'پ' * 95}{number}" for number in range(6000)))
    assert found("بلند") == [f"بلند {longest}"]
    assert found(longest) == [f"بلند {longest}"]
    assert found(f"{'پ' * 95}9") == [f"بلند {longest}"]


def test_a_page_of_two_million_characters_is_found_by_its_beginning(home):
    StandardPageFactory(parent=home, title="سفرنامهٔ دراز", lead=long_text(2_000_000), body=[])
    begun = time.process_time()
    Page.objects.get(title="سفرنامهٔ دراز").specific.save()
    assert time.process_time() - begun < 15
    for query in ["سفرنامه", "زرافه", "نخستین سطرها", Phrase("نخستین سطر")]:
        assert found(query) == ["سفرنامهٔ دراز"]
    assert found("سفرنامه", fields=["title"]) == ["سفرنامهٔ دراز"]
    assert found("زرافه", fields=["title"]) == []
    assert found("زرافه", StandardPage.objects.all(), fields=["lead"]) == ["سفرنامهٔ دراز"]


def test_the_title_and_short_fields_stand_before_a_long_one(home):
    page(home, "سفرنامهٔ دراز", "پایان با کرگدن", lead=long_text(600_000))
    assert found("کرگدن") == ["سفرنامهٔ دراز"]
    assert found("کرگدن", StandardPage.objects.all(), fields=["body"]) == ["سفرنامهٔ دراز"]


def test_two_long_fields_are_no_error(home):
    page(home, "سفرنامهٔ دراز", long_text(400_000), lead=long_text(390_000))
    assert found("زرافه", StandardPage.objects.all(), fields=["lead"]) == ["سفرنامهٔ دراز"]


def test_a_document_with_a_thousand_tags_is_found_by_its_title(db):
    document = SiteDocument.objects.create(
        title="آیین‌نامهٔ زرافه", file=ContentFile(b"%PDF", name="rules.pdf")
    )
    document.tags.add(*(f"برچسب {number}" for number in range(1000)))
    document.save()
    assert SiteDocument.objects.search("آیین نامه").count() == 1
    assert SiteDocument.objects.search("برچسب 999").count() == 1


def test_words_beyond_the_last_position_are_found_but_not_as_a_phrase(home):
    page(home, "شمارش", f"{'یک دو ' * (entries.LAST_POSITION // 2)} کرگدن سفید")
    assert found("سفید کرگدن") == ["شمارش"]
    assert found(Phrase("یک دو")) == ["شمارش"]
    assert found(Phrase("کرگدن سفید")) == []


def test_a_text_of_ordinary_length_is_taken_whole(home):
    one = page(home, "سفرنامهٔ دراز", long_text(150_000) + " کرگدن")
    assert entries.entry_of(one).body.size < entries.MOST_BYTES
    assert found("کرگدن") == ["سفرنامهٔ دراز"]
