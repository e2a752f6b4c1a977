"""No query fails: two thousand of the worst that can be typed, over pages and while typing."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Not, Or, Phrase, PlainText

from tests.factories import HomePageFactory

EXAMPLES = 2000

SYNTAX = [
    '"',
    "'",
    "\\",
    "*",
    "(",
    ")",
    ":",
    "^",
    "-",
    "+",
    "&",
    "|",
    "!",
    "<->",
    "%",
    "%s",
    "_",
    "{",
    "}",
    "\x00",
]
WORDS = [
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "title:",
    "zq",
    "کتاب‌ها",
    "می‌شود",
    "۱۴۰۵",
    "e5",
    "1e5",
    "a.b@c.ir",
    "۰۹۱۲-۳۴۵",
]
anything = st.text(max_size=60)
hostile = st.lists(st.sampled_from([*SYNTAX, *WORDS, " ", "\u200c", "\u202e", "😀"]), max_size=12).map(
    "".join
)
long = st.builds(lambda piece, times: piece * times, st.text(min_size=1, max_size=5), st.just(10_000))
typed = st.one_of(hostile, anything, long)


@pytest.fixture
def home(db):
    return HomePageFactory(
        parent=Page.get_first_root_node(), slug="hostile", title="کتاب‌ها", hero_title="خانه"
    )


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=typed, shape=st.integers(0, 5))
@example(text='"', shape=0)
@example(text=" \t\u200c", shape=0)
@example(text="\x00", shape=0)
@example(text="کتاب" * 2500, shape=0)
def test_no_query_fails(home, text, shape):
    pages = Page.objects.live()
    match shape:
        case 0:
            results = pages.search(text)
        case 1:
            results = pages.search(text, operator="or", fields=["title"])
        case 2:
            results = pages.autocomplete(text)
        case 3:
            results = pages.search(Phrase(text))
        case 4:
            results = pages.search(Or([PlainText(text), And([Not(Phrase(text)), PlainText(text)])]))
        case _:
            results = pages.search(Not(PlainText(text)), order_by_relevance=False)
    assert len(results) <= pages.count()


@settings(
    max_examples=300,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=typed)
def test_no_text_fails_to_be_indexed(home, text):
    home.hero_title, home.title = text, text
    get_search_backend().add(home)
    assert Page.objects.search(Not(PlainText("کتاب"))).count() >= 1


@pytest.mark.parametrize("nothing", ["", " ", '"', "'", "*", "()", "\x00", "\u200c", "😀", "«»", "٪", "-"])
def test_symbols_alone_find_nothing(home, nothing):
    assert list(Page.objects.search(nothing)) == []
    assert list(Page.objects.autocomplete(nothing)) == []


def test_words_between_symbols_are_found(home):
    for typed_text in ('"کتاب', "کتاب*", "(کتاب", "کتاب\x00", "-کتاب", "کتاب!!", "کتاب:"):
        assert [page.title for page in Page.objects.search(typed_text)] == ["کتاب‌ها"]
