"""What a new site still lacks: a registry of set-up items, filled by each app and shown in the admin."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class SetupItem:
    """One line of the checklist.

    `who` names the group that can settle it; `url` is where (empty when it is settled outside the admin).
    """

    label: Text
    done: bool
    who: Text = ""
    url: str = ""
    help: Text = ""


Source = Callable[[HttpRequest], Iterable[SetupItem]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source of items: a callable that takes the request and yields them. Usable as a decorator."""
    if source not in _sources:
        _sources.append(source)
    return source


def items(request: HttpRequest) -> list[SetupItem]:
    """All items, those still to do first; the order is otherwise that of registration."""
    found = [item for source in _sources for item in source(request)]
    return sorted(found, key=lambda item: item.done)
