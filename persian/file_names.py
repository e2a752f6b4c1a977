"""The names of uploaded files keep their half-spaces: ZWNJ is spelling, and Django counts it among what cannot be printed."""

import html
import re

from django.http.multipartparser import MultiPartParser

from .text import ZWNJ

_SPELLING = ZWNJ + "\u200d"


def install() -> None:
    """Let Django's parser of forms read names this way. Doing it twice is harmless."""
    MultiPartParser.sanitize_file_name = _sanitize  # type: ignore[method-assign]


def _sanitize(self: MultiPartParser, file_name: str) -> str | None:
    """As Django does: the last part of a path, without controls; None for a name of which nothing stays."""
    last = re.split(r"[/\\]", html.unescape(file_name))[-1]
    name = "".join(sign for sign in last if sign.isprintable() or sign in _SPELLING)
    seen = name.translate(dict.fromkeys(map(ord, _SPELLING)))
    return None if seen in ("", ".", "..") else name
