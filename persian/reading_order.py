"""Finished HTML whose mixed texts are read in the right order, whoever wrote them and in whichever template they stand.

A browser gives `<bdi>`, `dir="auto"` and plain paragraphs the direction of their first letter. That turns «ISO 9001 به سازمان
رسید» around: a Persian sentence may begin with a foreign name. Here such a text runs from right to left when at least a
third of its letters do; a foreign text with a Persian word in it stays as it is. Telephone numbers: `telephone_order`.
"""

import html as entities
import re
from unicodedata import bidirectional

from .numbers import running_parts
from .telephone_order import isolated, spans

_OPENING = re.compile(r"<(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^>]*)>", re.DOTALL)
_DIRECTION = re.compile(r"""\sdir\s*=\s*(["']?)(?P<value>\w+)\1""")
#: Elements that begin with their first letter's direction without saying so.
_BY_FIRST_LETTER = frozenset({"bdi", "li", "p", "td"})
_SHARE = 3
# An element whose direction is its first letter's, and that letter a Latin one: without any, and without a telephone
# number that nobody isolated, a page stays as it is, and is spared the work of being taken apart.
_MAY_MISLEAD = re.compile(
    r"""<(?:(?:bdi|li|p|td)\b(?![^>]*\sdir\s*=)|[^>]*\sdir\s*=\s*["']?auto)[^>]*>(?:<[^>]*>|[^\w<]|[\d_])*+[A-Za-z]"""
)
_ISOLATED = re.compile(r"""\sdir=["']ltr["'][^>]*>\s*$""")

Part = tuple[str, bool | None]


def in_reading_order(html: str) -> str:
    """Return `html` with the directions of mixed texts written out and its telephone numbers isolated.

    Attributes, code, text areas, options and what runs from left to right already stay byte for byte.
    """
    if not _MAY_MISLEAD.search(html) and all(
        _ISOLATED.search(html, start - 60, start) for start, _ in spans(html)
    ):
        return html
    parts = list(running_parts(html, also_kept=("option",)))
    return "".join(
        isolated(part) if is_text else part if is_text is None else _settled(parts, at)
        for at, (part, is_text) in enumerate(parts)
    )


def _settled(parts: list[Part], at: int) -> str:
    """The tag at `at`, with `dir="rtl"` if the first letter of its element would mislead."""
    tag = parts[at][0]
    opening = _OPENING.fullmatch(tag)
    if not opening:
        return tag
    direction = _DIRECTION.search(opening["rest"])
    if direction["value"] != "auto" if direction else opening["name"] not in _BY_FIRST_LETTER:
        return tag
    if not runs_from_right_although_it_begins_left(_text(parts, at, opening["name"])):
        return tag
    rest = _DIRECTION.sub("", opening["rest"])
    return f'<{opening["name"]} dir="rtl"{rest}>'


def _text(parts: list[Part], at: int, name: str) -> str:
    """What people read in the element that opens at `at`; of one that begins with a Persian letter no more than that."""
    depth, text = 0, ""
    for part, is_text in parts[at:]:
        if is_text:
            text += entities.unescape(part)
            if _first(text) in ("R", "AL"):
                return text
        elif is_text is False:
            opens = re.match(rf"<(/?){name}\b", part)
            depth += (-1 if opens[1] else 1) if opens else 0
            if depth == 0:
                break
    return text


def _first(text: str) -> str:
    return next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "")


def runs_from_right_although_it_begins_left(text: str) -> bool:
    """Whether the first letter of a text is foreign, and at least a third of its letters are not."""
    if _first(text) != "L":
        return False
    kinds = [bidirectional(sign) for sign in text]
    right = kinds.count("R") + kinds.count("AL")
    return right * _SHARE >= right + kinds.count("L")
