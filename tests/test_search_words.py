"""Did you mean: a query that finds nothing gets close words that do, of pages that the visitor may see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page
from wagtail.search.query import And, Fuzzy, Not, PlainText

from persian.models import IndexedWord
from persian.search import close_words
from persian.search.words import distance
from tests.factories import HomePageFactory, MessageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    home = HomePageFactory(parent=Page.get_first_root_node(), slug="words", title="خانه", hero_title="خانه")
    StandardPageFactory(parent=home, title="روابط عمومی شهرداری", lead="نشانی کتابخانه‌ها و گفت‌وگوی مردمی")
    StandardPageFactory(parent=home, title="پیش‌نویس محرمانه", lead="", live=False)
    return home


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("شهردری", "شهرداری"),  # a letter too few
        ("شهردارری", "شهرداری"),  # one too many
        ("شهرداذی", "شهرداری"),  # one for another
        ("شهردرای", "شهرداری"),  # two exchanged
        ("شهدراذی", "شهرداری"),  # two slips
        ("شهردري", "شهرداری"),  # on an Arabic keyboard
        ("روباط عمومی", "روابط عمومی"),
        ("روباط عمومی شهردری", "روابط عمومی شهرداری"),
        ("نشانیشهرداری", "نشانی شهرداری"),  # two words typed as one
        ("«روباط» عمومی!", "«روابط» عمومی!"),
    ],
)
def test_a_slip_is_understood(home, typed, meant):
    assert not Page.objects.search(typed).count()
    assert close_words(typed) == meant


def test_words_are_proposed_as_somebody_wrote_them(home):
    assert close_words("گفتوگپی") == "گفت‌وگوی"


@pytest.mark.parametrize(
    "typed", ["", '"', "\x00", "قققققق", "شب", "۱۲۳۴", "شهرداری", "ق" * 10_000, "ققق " * 50]
)
def test_no_help_is_no_answer(home, typed):
    assert close_words(typed) is None


def test_nothing_is_proposed_that_the_visitor_may_not_see(home):
    assert close_words("محرمانهه") is None
    assert close_words("محرمانهه", Page.objects.all()) == "محرمانه"
    MessageFactory(title="گلایهٔ اختصاصی", name="زرین‌تاج ناشناس")
    assert not IndexedWord.objects.filter(word__in=["اختصاصی", "ناشناس"]).exists()


def test_the_whole_query_must_find_something(home):
    StandardPageFactory(parent=home, title="باغ گل‌ها")
    assert close_words("باغ شهردری") is None


@pytest.mark.parametrize(
    ("typed", "queries"),
    [
        ("شهرداری", 1),  # nothing to put right
        ("شهردری", 3),  # is the word known, what is close to it, what finds something
        ("شهدراذی", 4),  # two slips away
        ("روباط عمومی شهدراذی", 5),  # the last: does all of it find something
        ("شهردری روباط عمومیی " * 2, 1),
        ("ققققق ططططط ضضضضض", 3),
        ("ق" * 10_000, 0),
    ],
)
def test_a_query_of_any_length_costs_a_few_questions(home, typed, queries, django_assert_num_queries):
    public = Page.objects.live()
    with django_assert_num_queries(queries):
        close_words(typed, public)


def test_a_site_without_pages_proposes_nothing(home):
    assert close_words("شهردری", Page.objects.none()) is None


def test_fuzzy_finds_close_words(home):
    both = Page.objects.exclude(pk=home.pk)
    assert [page.title for page in both.search(Fuzzy("شهردری"))] == ["روابط عمومی شهرداری"]
    assert [page.title for page in both.search(Fuzzy("روباط شهردری", operator="and"))] == [
        "روابط عمومی شهرداری"
    ]
    assert both.search(And([PlainText("عمومی"), Not(Fuzzy("شهردری"))])).count() == 0
    assert both.search(Fuzzy('"')).count() == 0


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("ab", "ab", 0), ("ab", "ba", 1), ("abc", "ab", 1), ("abcd", "badc", 2), ("", "ab", 2)],
)
def test_distances(one, other, slips):
    assert distance(one, other, 3) == slips


@given(one=st.text("abc", max_size=6), other=st.text("abc", max_size=6))
def test_a_distance_is_the_same_both_ways(one, other):
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)
    assert (distance(one, other, 1) <= 1) == (distance(one, other, 9) <= 1)
