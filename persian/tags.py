"""Tags as Persian speakers type and read them. For `TAGGIT_TAGS_FROM_STRING` and `TAGGIT_STRING_FROM_TAGS`."""

import re
from collections.abc import Iterable
from typing import Any

from .sorting import sort_key
from .text import clean

_TAG = re.compile(r'"([^"]*)"|([^",،]+)')


def parse(text: str) -> list[str]:
    """Return the tags in `text`, each once, sorted: divided by a comma of either script, spaces being part of a tag.

    Quotes hold a tag together that has a comma of its own, but not a Persian one: the admin's tag field knows only the
    Latin comma, and quotes a typed line that has spaces. «سايت، روابط عمومی» → ["روابط عمومی", "سایت"].
    """
    found = (tag for quoted, bare in _TAG.findall(clean(text or "")) for tag in (quoted or bare).split("،"))
    # The order of the code points: the library compares the result with names that it has sorted so.
    return sorted({tag.strip() for tag in found if tag.strip()})


def join(tags: Iterable[Any]) -> str:
    """Return the names of `tags` for the field in which they are edited, in the order of the alphabet."""
    names = sorted((tag.name for tag in tags), key=sort_key)
    return ", ".join(f'"{name}"' if "," in name or " " in name else name for name in names)
