"""Keeps small numbers out of what is published, so that no figure tells of a single person. Pure.

A count from one to four is not shown. Where the others and the total would give it away, the smallest of the others are
hidden as well, and where that does not help, the total (Willenborg and de Waal, "Elements of Statistical Disclosure
Control", 2001).
"""

from collections.abc import Sequence
from dataclasses import dataclass

#: The smallest count that is shown; none at all is shown too.
LEAST = 5


@dataclass(frozen=True)
class Hidden:
    """What of a column is not shown: places that hold too few, others hidden for their sake, and perhaps the total."""

    few: frozenset[int]
    others: frozenset[int]
    total: bool

    def __contains__(self, place: int) -> bool:
        return place in self.few or place in self.others


def is_few(count: int) -> bool:
    return 0 < count < LEAST


def hide(counts: Sequence[int]) -> Hidden:
    """Choose what to hide of counts whose sum is published too."""
    few = frozenset(place for place, count in enumerate(counts) if is_few(count))
    by_size = sorted((count, place) for place, count in enumerate(counts) if count >= LEAST)
    others: list[int] = []
    while few and not _is_safe(
        [counts[place] for place in few], [counts[place] for place in others], by_size
    ):
        if not by_size:
            return Hidden(few, frozenset(others), total=True)
        others.append(by_size.pop(0)[1])
    return Hidden(few, frozenset(others), total=is_few(sum(counts)))


def _is_safe(few: list[int], others: list[int], shown: list[tuple[int, int]]) -> bool:
    """Whether every small count could be at least two numbers, for somebody who knows the total and how this is done."""
    rest = sum(few) + sum(others)
    lowest = LEAST * len(others) + len(few) - 1
    largest_other = shown[0][0] if shown else rest  # the smallest are hidden first
    highest = largest_other * len(others) + (LEAST - 1) * (len(few) - 1)
    return min(LEAST - 1, rest - lowest) > max(1, rest - highest)
