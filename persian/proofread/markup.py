"""Proofreading of HTML: the words between its tags, and nothing of the tags themselves.

The words of a block are one text, whatever inline tags stand among them: «می <b>شود</b>» is seen. Blocks are apart. What
is marked as another language (`lang="ar"`), and code, is one foreign character: neither read nor changed.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from html import escape, unescape

from .characters import FOREIGN
from .core import propose
from .model import Proposal

_TOKEN = re.compile(
    r"""<!--(?:.*?-->|.*+)|<(?:"[^"]*"|'[^']*'|[^'"<>])*+>|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]{1,32});|[^<&]+|.""",
    re.DOTALL,
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_LANGUAGE = re.compile(r"""\slang\s*=\s*["']?([A-Za-z]{2,3})""")
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "del",
        "em",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    )
)
_CODE = frozenset(("code", "kbd", "pre", "samp", "script", "style"))
_VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))

Span = tuple[int, int]


def propose_html(html: str) -> list[Proposal]:
    """Return the proposals for an HTML text; their places are those in `words(html)`."""
    return propose(words(html))


def words(html: str) -> str:
    """Return what a reader sees of `html`, blocks apart by newlines."""
    return "".join(character for character, _span in _characters(html))


def accept_html(html: str, proposals: Iterable[Proposal]) -> str:
    """Return `html` with these of its proposals carried out, its tags untouched. ValueError when one is of another text."""
    characters = list(_characters(html))
    result, done = [], 0
    for proposal in sorted(proposals, key=lambda proposal: proposal.start):
        place = characters[proposal.start : proposal.end]
        if "".join(character for character, _span in place) != proposal.found:
            raise ValueError("A proposal was made for another text.")
        pieces = _pieces(proposal.found, proposal.replacement)
        for (_character, (start, end)), piece in zip(place, pieces, strict=True):
            result += [html[done:start], escape(piece, quote=False)]
            done = end
    return "".join([*result, html[done:]])


def arabic_spans(html: str) -> list[Span]:
    """Return where in `html` the elements stand, tags included, that are marked as Arabic or another foreign language."""
    return [span for span, is_language in _foreign(html) if is_language]


def _pieces(found: str, replacement: str) -> list[str]:
    """Return what becomes of each character of `found`, so that the tags between two of them stay where they were."""
    pieces = [""] * len(found)
    for _tag, start, end, new_start, new_end in SequenceMatcher(
        None, found, replacement, autojunk=False
    ).get_opcodes():
        new = replacement[new_start:new_end]
        if start == end:  # inserted: it goes with the character before it, or with the first
            if start:
                pieces[start - 1] += new
            else:
                pieces[0] = new + pieces[0]
            continue
        for index in range(start, end):
            pieces[index] += new[index - start : index - start + 1]
        pieces[end - 1] += new[end - start :]
    return pieces


def _characters(html: str) -> Iterator[tuple[str, Span]]:
    """Yield each character that a reader sees, and its place in the source."""
    foreign = dict(span for span, _is_language in _foreign(html))
    hidden_until = 0
    for match in _TOKEN.finditer(html):
        start, end = match.span()
        if start < hidden_until:
            continue
        token = match.group()
        if start in foreign:
            hidden_until = foreign[start]
            yield FOREIGN, (start, hidden_until)
        elif tag := _TAG.match(token):
            if tag[2].lower() not in _INLINE:
                yield "\n", (end, end)
        elif token.startswith("<!--"):
            continue
        elif token.startswith("&") and len(token) > 1:
            text = unescape(token)
            for character in text[:1] or FOREIGN:
                yield (character if len(text) == 1 else FOREIGN), (start, end)
        else:
            for place in range(start, end):
                yield html[place], (place, place + 1)


def _foreign(html: str) -> Iterator[tuple[Span, bool]]:
    """Yield the outermost elements that are not to be read: their places, and whether a language marks them."""
    opened: tuple[int, str, bool] | None = None
    depth = 0
    for match in _TOKEN.finditer(html):
        tag = _TAG.match(match.group())
        if not tag:
            continue
        name, is_end = tag[2].lower(), bool(tag[1])
        if opened is None:
            language = _LANGUAGE.search(match.group())
            is_marked = language is not None and language[1].lower() not in ("fa", "fas", "per")
            if not is_end and name not in _VOID and (is_marked or name in _CODE):
                opened, depth = (match.start(), name, is_marked), 1
        elif name == opened[1] and not match.group().endswith("/>"):
            depth += -1 if is_end else 1
            if not depth:
                yield (opened[0], match.end()), opened[2]
                opened = None
    if opened is not None:
        yield (opened[0], len(html)), opened[2]
