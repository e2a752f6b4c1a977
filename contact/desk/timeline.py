"""How the desk shows what has happened to a case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from contact.actions.routing import described
from contact.models import Attachment, Message, TimelineEntry

#: These lead to the case from which they came.
_ABOUT_ANOTHER = (TimelineEntry.Kind.MERGED, TimelineEntry.Kind.SPLIT, TimelineEntry.Kind.REDACTED)


@dataclass
class Shown:
    """One entry: what it adds in words, whether the sender sees it and its text, and its files."""

    entry: TimelineEntry
    words: str
    is_public: bool
    is_text_public: bool
    other: tuple[int, str] | None = None
    files: list[Attachment] = field(default_factory=list)


def shown(case: Message) -> tuple[list[Shown], list[Attachment]]:
    """The entries, the oldest first, and the files that belong to none of them. Two queries, however many there are."""
    files: dict[int | None, list[Attachment]] = {}
    for file in case.attachments.filter(draft=None):
        files.setdefault(file.entry_id, []).append(file)
    entries = [_shown(entry, files.pop(entry.pk, [])) for entry in case.timeline.all()]
    return entries, [file for rest in files.values() for file in rest]


def _shown(entry: TimelineEntry, files: Iterable[Any]) -> Shown:
    is_public = entry.kind in TimelineEntry.PUBLIC
    other = None
    if entry.kind in _ABOUT_ANOTHER and entry.data.get("case"):
        other = (int(entry.data["case"]), str(entry.data.get("code", "")))
    text_public = is_public and entry.kind not in TimelineEntry.INTERNAL_TEXT
    return Shown(entry, described(entry), is_public, text_public, other, list(files))
