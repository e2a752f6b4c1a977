"""What else than pages the search finds: applications register what they have."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from .results import Part, parts, piece


@dataclass(frozen=True)
class Finding:
    """Something with an address of its own. `at`: when it was last made public."""

    title: str
    text: str
    address: str
    at: datetime.datetime | None = None


@dataclass(frozen=True)
class Line:
    """A finding as the list shows it: title and snippet in parts, matches told apart."""

    title: list[Part]
    snippet: list[Part]
    finding: Finding


_SOURCES: list[Callable[[str], list[Finding]]] = []


def register(find: Callable[[str], list[Finding]]) -> None:
    """`find` gets the words and returns a handful, the best first."""
    if find not in _SOURCES:
        _SOURCES.append(find)


def found(query: str) -> list[Line]:
    return [
        Line(parts(finding.title, query), piece(finding.text, query), finding)
        for find in _SOURCES
        for finding in find(query)
    ]
