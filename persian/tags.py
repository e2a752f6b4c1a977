"""Tags as Persian speakers type them. For `TAGGIT_TAGS_FROM_STRING`."""

import re

from .text import clean

_TAG = re.compile(r'"([^"]*)"|([^",،]+)')


def parse(text: str) -> list[str]:
    """Return the tags in `text`, each once, sorted: divided by a comma of either script, spaces being part of a tag.

    Quotes hold a tag together that has a comma of its own, but not a Persian one: the admin's tag field knows only the
    Latin comma, and quotes a typed line that has spaces. «سايت، روابط عمومی» → ["روابط عمومی", "سایت"].
    """
    found = (tag for quoted, bare in _TAG.findall(clean(text or "")) for tag in (quoted or bare).split("،"))
    return sorted({tag.strip() for tag in found if tag.strip()})
