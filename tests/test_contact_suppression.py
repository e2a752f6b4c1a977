"""No small count is published, nor can one be worked out of what is: tried on every table of a few counts."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact.suppression import LEAST, hide

COUNTS = (0, 1, 2, 3, 4, 5, 6, 7, 9)


def published(counts):
    """What a reader sees: each place a number, «few» or «hidden», and the sum or nothing."""
    hidden = hide(counts)
    cells = tuple(
        "few" if place in hidden.few else "hidden" if place in hidden else count
        for place, count in enumerate(counts)
    )
    return cells, None if hidden.total else sum(counts)


def test_numbers_of_five_and_more_stay_as_they_are():
    assert published([12, 0, 5, 40]) == ((12, 0, 5, 40), 57)


def test_a_small_number_takes_another_along_so_that_the_sum_does_not_tell_it():
    assert published([12, 3, 8, 40]) == ((12, "few", "hidden", 40), 63)


def test_where_nothing_helps_the_sum_is_hidden():
    assert published([4, 4]) == (("few", "few"), None)
    assert published([3]) == (("few",), None)
    assert published([0, 2, 0]) == ((0, "few", 0), None)


def test_a_small_sum_is_not_shown():
    assert published([1, 2, 0])[1] is None


@pytest.mark.parametrize("places", [1, 2, 3, 4])
def test_every_small_count_could_be_another_one(places):
    """For each table that somebody could see, a small count has two values or more among the tables that look like it."""
    seen = {}
    for counts in product(COUNTS, repeat=places):
        cells, total = published(counts)
        # What somebody works out who knows that hidden ones are five or more, and nothing else.
        for guess in _tables_like(cells, total):
            for place, cell in enumerate(cells):
                if cell == "few":
                    seen.setdefault((cells, total, place), set()).add(guess[place])
    assert all(len(values) > 1 for values in seen.values())


def _tables_like(cells, total):
    ways = [
        range(1, LEAST) if cell == "few" else range(LEAST, 20) if cell == "hidden" else (cell,)
        for cell in cells
    ]
    if total is None or "few" not in cells:
        yield tuple(way[0] for way in ways)
        yield tuple(way[-1] for way in ways)
        return
    *most, last = ways
    for guess in product(*most):
        rest = total - sum(guess)
        if rest in last:
            yield (*guess, rest)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=14))
def test_no_small_count_is_ever_shown(counts):
    cells, total = published(counts)
    assert not any(isinstance(cell, int) and 0 < cell < LEAST for cell in cells)
    assert total is None or total == 0 or total >= LEAST
