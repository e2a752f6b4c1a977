"""Tags as Persian speakers type them. For `TAGGIT_TAGS_FROM_STRING`."""

import re

from .text import clean

_TAG = re.compile(r'"([^"]*)"|([^",،]+)')


def parse(text: str) -> list[str]:
    """Return the tags in `text`, each once, sorted: divided by a comma of either script, spaces being part of a tag.

    Quotes hold a tag together that has a comma of its own. «سايت، روابط عمومی» → ["روابط عمومی", "سایت"].
    """
    found = (quoted or bare for quoted, bare in _TAG.findall(clean(text or "")))
    return sorted({tag.strip() for tag in found if tag.strip()})
