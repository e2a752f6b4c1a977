"""Telephone numbers inside running text: beside Persian words the groups of «۰۳۱-۳۲۶۷۳۰۷۵» and "+98 912 345 6789" change
places (UAX #9, rules W2 and W4). Fields show theirs by `persian.telephone`; this is for prose.

A number counts as a telephone's if it begins with 0 or +, is in groups or has a plus, and is 8 to 15 digits long. Ranges such
as «۱۳۹۰-۱۴۰۵» begin with neither, and do stand from right to left.
"""

import re
from collections.abc import Iterator

_JOINT = "[ \u00a0\u2010-\u2013-]"
_NUMBER = re.compile(rf"(?<![\w+.:/@=&#?-])(?:\([0۰٠]\d{{1,4}}\)|\+|[0۰٠])(?:{_JOINT}?\d)++(?![\w@]|[./:]\w)")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the telephone numbers of `text` begin and end, those whose order is at risk."""
    for found in _NUMBER.finditer(text):
        digits = sum(sign.isdecimal() for sign in found[0])
        if 8 <= digits <= 15 and digits < len(found[0]):
            yield found.span()


def isolated(text: str) -> str:
    """Return the text of a piece of HTML with a `<bdi>` from left to right around each telephone number."""
    pieces, done = [], 0
    for start, end in spans(text):
        pieces += [text[done:start], '<bdi class="unbroken" dir="ltr">', text[start:end], "</bdi>"]
        done = end
    return "".join([*pieces, text[done:]])
