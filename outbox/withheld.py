"""Secrets never lie in the outbox: a row holds a placeholder, and the secret is derived again when the row is sent.

Each application registers its sources, as functions from a key to the words, or to None when there is nothing (any more)
to be told; such a row is refused and given up like one that no server takes.
"""

from collections.abc import Callable

from django.utils.html import escape

from .models import Outgoing

Source = Callable[[str], str | None]

_sources: dict[str, Source] = {}


class NothingToTellError(ValueError):
    """What the mail was to tell is no more."""


def register(name: str, source: Source) -> None:
    """Add a source under a name; a second registration of the name replaces the first."""
    _sources[name] = source


def fill(row: Outgoing) -> tuple[str, str]:
    """The plain text and the HTML (of a mail) with everything written in. NothingToTellError when a source has nothing."""
    text, html = row.text, getattr(row, "html", "")
    for placeholder, (name, key) in row.withheld.items():
        words = _sources[name](key)
        if words is None:
            raise NothingToTellError(f"{name} has nothing for {placeholder}")
        text, html = text.replace(placeholder, words), html.replace(placeholder, escape(words))
    return text, html
