"""Secrets never lie in the outbox: a mail holds a placeholder, and the secret is derived again when the mail is sent.

Each application registers its sources, as functions from a key to the words, or to None when there is nothing (any more)
to be told; such a mail is refused and given up like one that no server takes.
"""

from collections.abc import Callable

from django.utils.html import escape

from .models import OutgoingMail

Source = Callable[[str], str | None]

_sources: dict[str, Source] = {}


class NothingToTellError(ValueError):
    """What the mail was to tell is no more."""


def register(name: str, source: Source) -> None:
    """Add a source under a name; a second registration of the name replaces the first."""
    _sources[name] = source


def fill(mail: OutgoingMail) -> tuple[str, str]:
    """The plain text and the HTML of a mail with everything written in. NothingToTellError when a source has nothing."""
    text, html = mail.text, mail.html
    for placeholder, (name, key) in mail.withheld.items():
        words = _sources[name](key)
        if words is None:
            raise NothingToTellError(f"{name} has nothing for {placeholder}")
        text, html = text.replace(placeholder, words), html.replace(placeholder, escape(words))
    return text, html
