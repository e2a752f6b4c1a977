"""The judged search sets are well formed, and every judgement follows from words that stand in the pages."""

import re
from collections import Counter

import pytest

from tests.search_quality import NAMES, Answer, Query, SearchSet, figures, holds, load

KINDS = [
    "letters",
    "digits",
    "harakat",
    "half-space",
    "plural",
    "broken plural",
    "comparative",
    "possessive",
    "ezafe",
    "verb",
    "hamza",
    "spelling",
    "number",
    "many words",
    "question",
    "phrase",
    "trap",
    "latin",
    "nothing",
    "look-alike",
]
#: The kinds of the sets that others wrote, without having seen the analyser.
BLIND_KINDS = [
    "exact",
    "two words",
    "three words and more",
    "word order",
    "letters",
    "hamza",
    "marks",
    "half-space",
    "plural and singular",
    "possessive",
    "indefinite",
    "comparative",
    "verbs",
    "digits",
    "telephones",
    "latin and addresses",
    "quotes and punctuation",
    "stop words",
    "everyday spelling",
    "other words",
    "neighbours",
    "nothing",
]

PAGES_AND_QUERIES = {"first": (80, 350), "second": (25, 120), "third": (40, 400), "fourth": (40, 450)}


@pytest.fixture(scope="module", params=NAMES)
def name(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def judged(name) -> SearchSet:
    return load(name)


def test_the_sets_are_large_enough(name, judged):
    pages, queries = PAGES_AND_QUERIES[name]
    assert len(judged.pages) >= pages
    assert len(judged.queries) >= queries


def test_every_kind_of_query_is_there(name, judged):
    count = Counter(query.kind for query in judged.queries)
    assert sorted(count) == sorted(KINDS if name in ("first", "second") else BLIND_KINDS)
    assert min(count.values()) >= 5


def test_pages_are_short_and_differ(judged):
    lengths = {page_id: len(re.findall(r"\w+", " ".join(page))) for page_id, page in judged.pages.items()}
    assert not {page_id: length for page_id, length in lengths.items() if not 60 <= length <= 150}
    titles = [title for title, _ in judged.pages.values()]
    assert len(set(titles)) == len(titles)


def test_no_query_is_asked_twice(judged):
    count = Counter(query.text for query in judged.queries)
    assert not [text for text, times in count.items() if times > 1]


def test_every_judgement_follows_from_the_words_in_the_pages(judged):
    """Relevant is what holds every word of the query in one of its forms, and nothing else."""
    texts = {page_id: f"{title} | {body}" for page_id, (title, body) in judged.pages.items()}
    wrong = {}
    for query in judged.queries:
        expected = {
            page_id
            for page_id, text in texts.items()
            if query.words and all(holds(text, forms) for forms in query.words)
        }
        if expected != query.relevant:
            wrong[query.text] = sorted(expected ^ query.relevant)
    assert not wrong


def test_words_list_no_form_in_vain(judged):
    """A form that no page holds would only hide a slip; a word of which no page holds anything has but one form."""
    texts = [f"{title} | {body}" for title, body in judged.pages.values()]
    idle = {
        word: [form for form in forms if not any(holds(text, [form]) for text in texts)]
        for word, forms in judged.words.items()
    }
    assert not {word: forms for word, forms in idle.items() if forms and len(judged.words[word]) > 1}


def test_no_word_is_left_over(judged):
    used = {forms for query in judged.queries for forms in query.words}
    assert not {word for word, forms in judged.words.items() if forms not in used}


def test_the_second_set_asks_other_things(judged):
    """It shows that nothing was fitted to the first: most of its words are its own."""
    first, second = load("first"), load("second")
    assert not set(first.pages) & set(second.pages)
    assert len(set(second.words) - set(first.words)) >= len(second.words) * 0.7
    assert len({query.text for query in second.queries} - {query.text for query in first.queries}) >= 120


# --- The measure itself ---


def answer(relevant: str, found: str) -> Answer:
    return Answer(Query("پرسش", "letters", (), frozenset(relevant)), frozenset(found))


def test_recall_is_the_share_of_the_relevant_that_was_found():
    assert figures([answer("abcd", "ab"), answer("a", "a")]).recall == 0.75


def test_precision_is_the_share_of_the_found_that_is_relevant():
    assert figures([answer("ab", "abxy"), answer("a", "a")]).precision == 0.75


def test_a_query_that_nothing_answers_is_right_only_when_nothing_is_found():
    assert figures([answer("", "")]).precision == 1
    assert figures([answer("", "x")]).precision == 0


def test_what_was_not_found_at_all_counts_for_recall_alone():
    result = figures([answer("a", ""), answer("b", "b")])
    assert (result.recall, result.precision) == (0.5, 1)
